import AuditTrail
import TestSupport

/// What a run of many moments saw, in figures.
struct FaultTally: CustomStringConvertible {
    private(set) var moments = 0
    private(set) var killed = 0
    private var perVictim: [String: Int] = [:]
    private var ends: [String: Int] = [:]
    private var causes: [String: Int] = [:]
    private var commands = 0
    private var recovered = 0
    private var records = 0

    mutating func count(_ evidence: FaultRun.Evidence) {
        moments += 1
        records += evidence.records.count
        recovered += evidence.records.count { $0.kind == .recordingRecovered }
        if evidence.killed != nil {
            killed += 1
            perVictim[evidence.moment.victim.rawValue, default: 0] += 1
        }
        for (_, _, outcome) in evidence.clients {
            commands += 1
            ends[outcome.map { "\($0.end)" } ?? "hangs", default: 0] += 1
        }
        for cause in evidence.causes { causes[cause, default: 0] += 1 }
    }

    var description: String {
        func line(_ title: String, _ counts: [String: Int]) -> String {
            let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            return "\(title): \(parts.joined(separator: ", "))"
        }
        return [
            "\(moments) moments, \(killed) with a kill, \(commands) clients, \(records) records",
            line("killed", perVictim), line("clients", ends), line("sessions", causes),
            "recordings closed for their recorder: \(recovered)",
        ].joined(separator: "\n")
    }
}

extension FaultRun.Evidence {
    /// Why the sessions ended, as the trail has it.
    var causes: [String] {
        records.compactMap { record in
            guard case .sessionEnded(let end) = record.event else { return nil }
            let detail = end.remoteEnd == .unreachable ? ": \(end.detail ?? "")" : ""
            return end.cause.rawValue + (end.remoteEnd.map { " (\($0.state)\(detail))" } ?? "")
        }
    }

    var summary: String {
        let ends = clients.map { $0.outcome.map { "\($0.end)" } ?? "hangs" }
        return "\(killed.map { "killed \($0)" } ?? "nobody to kill"); clients: "
            + "\(ends.joined(separator: ", ")); sessions: \(causes.joined(separator: ", "))"
    }
}
