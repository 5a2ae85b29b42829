import AuditTrail
import Foundation
import Glibc
import TestSupport

/// Lets sessions run, kills one process in the midst of them, and collects what there is to be seen after.
struct FaultRun: Sendable {
    /// What one moment left behind.
    struct Evidence: Sendable {
        let moment: FaultMoment
        /// Nil where nobody was left to be killed.
        let killed: Int32?
        let clients: [(client: FaultClient, processID: Int32, outcome: Outcome?)]
        /// Of the audit trail, just before the kill.
        let acknowledged: [AuditRecord]
        /// Once everybody is gone, and everything was closed or the time for that is over.
        let records: [AuditRecord]
        let firstSequence: Int64
        /// What the trail still has open then.
        let open: [String]
        /// Where they are.
        let recordings: String
    }

    /// LIMIT: a client whose end comes later than this hangs; longer than `setup-timeout`, after which a
    /// target that is silent is given up.
    static let endLimit = Duration.seconds(30)
    /// LIMIT: until all is closed: commands on a target that cannot be reached are ended after pauses.
    static let closeLimit = Duration.seconds(60)

    /// The name under which the lab is brought up again.
    let name: String
    let lab: Lab
    /// On the targets.
    let folder: String

    func run(_ moment: FaultMoment) async throws -> Evidence {
        let trail = try FaultTrail(of: lab)
        let before = try trail.lastSequence()
        let clients = moment.work.enumerated().map { index, work in
            FaultClient(
                token: "fault-\(moment.seed)-\(moment.number)-\(index)",
                work: work,
                alias: ["alice.web1", "bob.web1", "copilot.db1"][index],
                folder: folder
            )
        }
        return try await withClients(clients) { children in
            let seen = try await reach(moment, children, trail, before)
            // Not a wait for anything: it is what makes the moment a random one.
            try await Task.sleep(for: moment.pause)
            let acknowledged = try seen ?? trail.records(after: before)
            let killed = try lab.kill(moment, among: children)
            try await settle(moment, killed, clients, children)
            var outcomes: [Outcome?] = []
            for child in children { outcomes.append(try await end(of: child)) }
            // Starts what was killed and must be there; the rest goes on.
            _ = try await Lab.up(name)
            _ = try await eventually(within: Self.closeLimit) { try trail.open().isEmpty }
            return Evidence(
                moment: moment,
                killed: killed,
                clients: zip(clients, zip(children, outcomes)).map {
                    ($0, $1.0.processID, $1.1)
                },
                acknowledged: acknowledged,
                records: try trail.records(after: before),
                firstSequence: before + 1,
                open: try trail.open(),
                recordings: "\(try lab.state)/recordings"
            )
        }
    }

    /// Starts all, and kills what is left of them when the body is through.
    private func withClients<Value: Sendable>(
        _ clients: [FaultClient],
        _ started: [ChildProcess] = [],
        _ body: ([ChildProcess]) async throws -> Value
    ) async throws -> Value {
        guard started.count < clients.count else { return try await body(started) }
        return try await clients[started.count].command(lab).start { child in
            try await withClients(clients, started + [child], body)
        }
    }

    /// Waits for the event of a moment, or for the end of the first client where it does not come.
    ///
    /// Gives the records where the trail was looked at anyway.
    private func reach(
        _ moment: FaultMoment,
        _ children: [ChildProcess],
        _ trail: FaultTrail,
        _ before: Int64
    ) async throws -> [AuditRecord]? {
        let first = children[0]
        switch moment.event {
        case .clientsStarted: break
        case .printed(let lines):
            try await first.reachedOrEnded { $0.output.count { $0 == 10 } >= lines }
        case .firstClientEnded:
            try await first.reachedOrEnded { $0.end != nil }
        case .recorded(let kind):
            let reader = try SQLiteReader(path: trail.path)
            var records: [AuditRecord] = []
            while !records.contains(where: { $0.kind == kind }), first.progress.end == nil {
                try await Task.sleep(for: .milliseconds(1))
                records = try FaultTrail.records(after: before, in: reader)
            }
            try reader.close()
            return records
        }
        return nil
    }

    /// Whoever talks says a last thing.
    private func settle(
        _ moment: FaultMoment,
        _ killed: Int32?,
        _ clients: [FaultClient],
        _ children: [ChildProcess]
    ) async throws {
        for (client, child) in zip(clients, children) where client.work == .talk {
            child.write("still \(client.token)\n")
            child.closeInput()
        }
        guard moment.victim == .authority, let killed else { return }
        let isGone = try await eventually(within: Self.endLimit) { !Machine.exists(Int(killed)) }
        guard isGone else { throw Lab.Failure(description: "the authority outlives SIGKILL") }
    }

    /// Nil where it does not end.
    private func end(of child: ChildProcess) async throws -> Outcome? {
        do {
            return try await child.finished(within: Self.endLimit)
        } catch is TimedOut {
            return nil
        }
    }
}

extension ChildProcess {
    fileprivate func reachedOrEnded(
        _ condition: @escaping @Sendable (Progress) -> Bool
    ) async throws {
        do {
            try await reached("event", within: FaultRun.endLimit, condition)
        } catch let error as TimedOut {
            guard progress.end != nil else { throw error }
        }
    }
}
