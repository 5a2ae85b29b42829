import Foundation
import TestSupport
import Testing

/// The known weaknesses in SECURITY.md, against the tests that it names.
@Suite struct `the document of weaknesses` {
    private struct Row {
        let weaknesses: Substring
        let answer: Substring

        /// The names of tests, in italics.
        var tests: [Substring] { answer.matches(of: /\*([^*]+)\*/).map(\.output.1) }
    }

    private func rows() throws -> [Row] {
        let lines = try RepositoryFile("SECURITY.md").lines
        let start = try #require(lines.firstIndex(of: "## Known weaknesses of this kind"))
        let section = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
        return section.filter { $0.hasPrefix("| CVE-") }.map { line in
            let cells = line.split(separator: "|")
            return Row(weaknesses: cells[0], answer: cells.count == 3 ? cells[2] : "")
        }
    }

    @Test func `names tests that exist`() throws {
        let tests = try RepositoryFile.paths(under: "Tests", suffix: "swift").map {
            try RepositoryFile($0).lines.joined(separator: "\n")
        }
        for name in Set(try rows().flatMap(\.tests)) {
            #expect(tests.contains { $0.contains("func `\(name)`") }, "\(name)")
        }
    }

    @Test func `says of each where it is fixed or what shows that it is not here`() throws {
        let rows = try rows()
        #expect(rows.count > 30)
        for row in rows {
            #expect(
                !row.tests.isEmpty || row.answer.contains("fixed in")
                    || row.answer.contains("[below]"),
                "\(row.weaknesses)"
            )
        }
    }
}
