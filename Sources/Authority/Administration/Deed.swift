import AuditTrail
import PlainText

/// What an administrator did to a running authority, as it is told back.
enum Deed: Hashable {
    case locked(LockSubject, until: Timestamp?, isKnown: Bool)
    case unlocked(LockSubject)
    case terminatedSession(String)
    case terminatedConnection(String)
    case reloaded(Reloaded)

    /// One line; `sessions` is how many end by it.
    func text(ending sessions: Int) -> String {
        switch self {
        case .locked(let subject, let until, let isKnown):
            let end = until.map { "until \($0)" } ?? "until it is unlocked"
            let unknown = isKnown ? "" : " (not in the inventory)"
            return "locked \(subject)\(unknown), \(end); \(Self.ending(sessions))"
        case .unlocked(let subject): return "unlocked \(subject)"
        case .terminatedSession(let id):
            return sessions == 0 ? "session `\(id)` is ending already" : "ended session `\(id)`"
        case .terminatedConnection(let id):
            return "ended connection `\(id)`; \(Self.ending(sessions))"
        case .reloaded(let reloaded): return "\(reloaded); \(Self.ending(sessions))"
        }
    }

    /// What they run on targets is ended after that, and the end record says how that went.
    private static func ending(_ sessions: Int) -> String {
        switch sessions {
        case ...0: "no session ends by it"
        case 1: "1 session ends by it"
        default: "\(sessions) sessions end by it"
        }
    }
}

/// Settings and inventory that a reload brought into force.
struct Reloaded: Hashable, CustomStringConvertible {
    let version: UInt64
    let principals: Int
    let targets: Int
    let grants: Int
    /// Settings that count after a restart only.
    let awaitingRestart: [String]

    var description: String {
        let restart =
            awaitingRestart.isEmpty
            ? "" : "; a restart is needed for \(awaitingRestart.joined(separator: ", "))"
        return "load \(version) is in force: \(principals.counted("principal")), "
            + "\(targets.counted("target")), \(grants.counted("grant"))\(restart)"
    }
}
