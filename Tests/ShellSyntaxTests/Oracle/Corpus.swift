import TestSupport

/// `Tests/Fixtures/syntax`: texts that are read and never run.
enum Corpus {
    /// Those of one line, and those of several, which lines `%%` separate.
    static var texts: [String] { get throws { try texts("lines.txt", "texts.txt") } }

    /// What people type and what is in small scripts; `scripts/bench parse` measures with these.
    static var typical: [String] {
        get throws { try texts("typical-lines.txt", "typical-texts.txt") }
    }

    private static func texts(_ lines: String, _ blocks: String) throws -> [String] {
        let folder = "Tests/Fixtures/syntax"
        let lines = try RepositoryFile("\(folder)/\(lines)").lines
        let blocks = try RepositoryFile("\(folder)/\(blocks)").lines
            .split(separator: "%%", omittingEmptySubsequences: false)
            .map { $0.joined(separator: "\n") }
        return lines.filter { !$0.isEmpty } + blocks
    }
}
