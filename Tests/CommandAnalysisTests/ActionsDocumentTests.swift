import CommandAnalysis
import TestSupport
import Testing

@Suite struct `the document of actions` {
    private static let groups = [
        "## The host", "## The network", "## The guard", "## Data", "## Platforms",
        "## Development", "## What cannot be told",
    ]

    private func page(of action: Action) throws -> RepositoryFile {
        try RepositoryFile("docs/actions/\(action.rawValue).md")
    }

    @Test func `has a row for each action, in the order of the code, and no other`() throws {
        let document = try RepositoryFile("docs/actions.md")
        let rows = try Self.groups.flatMap { try document.table(under: $0, columns: 3) }
        #expect(
            rows.map { $0[0] }
                == Action.allCases.map { "[\($0.rawValue)](actions/\($0.rawValue).md)" }
        )
        #expect(
            rows.map { $0[2] }
                == Action.allCases.map { $0.attributes.map(\.rawValue).joined(separator: " ") }
        )
        #expect(rows.allSatisfy { !$0[1].isEmpty })
    }

    @Test func `says the kind of each attribute, and of no other`() throws {
        let rows = try RepositoryFile("docs/actions.md").table(under: "## Attributes", columns: 3)
        #expect(
            rows.map { [$0[0], $0[1]] }
                == ActionAttribute.allCases.map { [$0.rawValue, "\($0.kind)"] }
        )
        #expect(rows.allSatisfy { !$0[2].isEmpty })
    }

    @Test func `has a page for each action, and no other`() throws {
        let pages = try RepositoryFile.paths(under: "docs/actions", suffix: ".md")
        #expect(pages.sorted() == Action.allCases.map { "docs/actions/\($0.rawValue).md" }.sorted())
        for action in Action.allCases {
            #expect(try page(of: action).lines.first == "# `\(action.rawValue)`")
        }
    }

    @Test func `has the attributes of each action on its page`() throws {
        for action in Action.allCases {
            let page = try page(of: action)
            guard !action.attributes.isEmpty else {
                #expect(page.lines.contains("It has none."), "\(action.rawValue)")
                continue
            }
            let rows = try page.table(under: "## Attributes", columns: 2)
            #expect(rows.map { $0[0] } == action.attributes.map(\.rawValue), "\(action.rawValue)")
            #expect(rows.allSatisfy { !$0[1].isEmpty }, "\(action.rawValue)")
        }
    }
}
