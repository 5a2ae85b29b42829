import Foundation

/// A file of this repository, which a test holds against the code.
package struct RepositoryFile {
    /// What the file does not hold as the test expects it.
    package enum Failure: Error {
        case headingNotOnce(String, count: Int)
        case noTable(under: String)
        case cellCount(line: String, expected: Int)
        case nameTwice(String)
        case noFolder(String)
    }

    package let lines: [String]

    /// `path` begins at the root of the repository.
    package init(_ path: String) throws {
        let text = try String(contentsOfFile: Self.path(path), encoding: .utf8)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// Where something is that begins at the root of the repository.
    package static func path(_ path: String) -> String {
        URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: path).path
    }

    /// The files in a folder and in its folders, from the root of the repository.
    package static func paths(under folder: String, suffix: String) throws -> [String] {
        guard let files = FileManager.default.enumerator(atPath: path(folder)) else {
            throw Failure.noFolder(folder)
        }
        let paths = files.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }
        guard !paths.isEmpty else { throw Failure.noFolder(folder) }
        return paths.map { "\(folder)/\($0)" }
    }

    /// The cells of the first table under a heading of Markdown, without the head of the table and
    /// without backticks.
    package func table(under heading: String, columns: Int) throws -> [[String]] {
        let places = lines.indices.filter { lines[$0] == heading }
        guard let place = places.first, places.count == 1 else {
            throw Failure.headingNotOnce(heading, count: places.count)
        }
        let section = lines[(place + 1)...].prefix { !$0.hasPrefix("#") }
        let rows = section.drop { !$0.hasPrefix("|") }.prefix { $0.hasPrefix("|") }
        // The head and the line below it.
        guard rows.count > 2 else { throw Failure.noTable(under: heading) }
        return try rows.dropFirst(2).map { line in
            let cells = line.dropFirst().dropLast().split(
                separator: "|",
                omittingEmptySubsequences: false
            )
            guard cells.count == columns else {
                throw Failure.cellCount(line: line, expected: columns)
            }
            return cells.map {
                $0.replacing("`", with: "").trimmingCharacters(in: .whitespaces)
            }
        }
    }
}
