import Foundation
import TestSupport

/// A session as `sallyport sessions --json` shows it.
struct ListedSession: Decodable, Sendable {
    struct RemoteEnd: Decodable, Sendable {
        let state: String
        let processes: Int?
    }

    struct Command: Decodable, Sendable { let text: String }

    let id: String
    let command: Command
    let hasTerminal: Bool
    let isLive: Bool
    let startedAt: String?
    let cause: String?
    let remoteEnd: RemoteEnd?

    var isStarted: Bool { startedAt != nil }

    /// `client-closed ended`: why it ended, and what became of its command.
    var ending: String { "\(cause ?? "live") \(remoteEnd?.state ?? "unknown")" }
}

extension Lab {
    /// The newest sessions.
    func sessions() async throws -> [ListedSession] {
        let outcome = try await sallyport("sessions", "--json", "--limit", "1000").run()
        guard outcome.succeeded else { throw Failure(description: "sessions: \(outcome)") }
        return try outcome.lines.map {
            try JSONDecoder().decode(ListedSession.self, from: Data($0.utf8))
        }
    }

    /// How the newest session whose command has a text in it ended, once that is on record.
    func ending(ofSessionWith text: String, within limit: Duration) async throws -> String? {
        try await ending(within: limit) { $0.command.text.contains(text) }
    }

    func ending(
        within limit: Duration,
        ofSession isMeant: (ListedSession) -> Bool
    ) async throws -> String? {
        var ending: String?
        _ = try await eventually(within: limit) {
            let session = try await sessions().first(where: isMeant)
            ending = session.flatMap { $0.isLive ? nil : $0.ending }
            return ending != nil
        }
        return ending
    }
}
