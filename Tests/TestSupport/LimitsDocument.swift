/// `docs/limits.md`, which a test of every target holds against the code.
package struct LimitsDocument {
    private let file: RepositoryFile

    package init() throws {
        file = try RepositoryFile("docs/limits.md")
    }

    /// The limits by their names in a section with the columns `name`, `limit`, `of`.
    package func limits(under heading: String) throws -> [String: String] {
        let rows = try file.table(under: heading, columns: 3).map { ($0[0], $0[1]) }
        return try Dictionary(rows) { _, _ in throw RepositoryFile.Failure.nameTwice(heading) }
    }

    /// The limits in several sections.
    package func limits(under headings: [String]) throws -> [String: String] {
        try headings.reduce(into: [:]) { all, heading in
            try all.merge(limits(under: heading)) { _, _ in
                throw RepositoryFile.Failure.nameTwice(heading)
            }
        }
    }
}
