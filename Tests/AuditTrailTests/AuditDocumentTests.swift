import AuditTrail
import Foundation
import TestSupport
import Testing

@Suite struct `the description of the audit trail` {
    private let text: String

    init() throws {
        text = try RepositoryFile("docs/formats/audit.md").lines.joined(separator: "\n")
    }

    /// What stands in backticks behind such words, to the end of the item.
    private func words(behind beginning: String) throws -> Set<String> {
        let start = try #require(text.range(of: "- \(beginning):"), "\(beginning)").upperBound
        let item = text[start...].split(separator: "\n- ", maxSplits: 1)[0]
            .split(separator: "\n\n", maxSplits: 1)[0]
        return Set(item.matches(of: /`([a-z0-9-]+)`/).map { String($0.1) })
    }

    @Test func `names every cause and every topic, and no other`() throws {
        #expect(
            try words(behind: "`cause` of a connection")
                == Set(AuditEvent.ConnectionEnded.Cause.allCases.map(\.rawValue))
        )
        #expect(
            try words(behind: "`cause` of a session")
                == Set(AuditEvent.SessionEnded.Cause.allCases.map(\.rawValue))
        )
        #expect(
            try words(behind: "`topic`") == Set(AuditEvent.Notice.Topic.allCases.map(\.rawValue))
        )
    }
}
