import TestSupport

/// `Tests/Fixtures/syntax`: texts that are read and never run.
enum Corpus {
    /// Those of one line, and those of several, which lines `%%` separate.
    static var texts: [String] {
        get throws {
            let lines = try RepositoryFile("Tests/Fixtures/syntax/lines.txt").lines
            let blocks = try RepositoryFile("Tests/Fixtures/syntax/texts.txt").lines
                .split(separator: "%%", omittingEmptySubsequences: false)
                .map { $0.joined(separator: "\n") }
            return lines.filter { !$0.isEmpty } + blocks
        }
    }
}
