package import AuditTrail
import PolicyEngine

/// Who and what is kept out just now, as the audit trail says.
package struct Locks: Hashable, Sendable {
    /// One lock in force.
    struct Lock: Hashable, Sendable {
        let until: Timestamp?
        let reason: String
    }

    private var locks: [LockSubject: Lock] = [:]

    package init(_ entries: [LockEntry] = []) {
        for entry in entries {
            locks[entry.subject] = Lock(until: entry.until, reason: entry.reason)
        }
    }

    mutating func lock(_ subject: LockSubject, until: Timestamp?, reason: String) {
        locks[subject] = Lock(until: until, reason: reason)
    }

    mutating func unlock(_ subject: LockSubject) { locks[subject] = nil }

    /// Whether a lock is in force, of just this subject.
    func contains(_ subject: LockSubject, at moment: Timestamp) -> Bool {
        reason(of: subject, at: moment) != nil
    }

    /// The principals that are locked by name.
    func principals(at moment: Timestamp) -> [String] {
        locks.keys.compactMap { subject in
            guard case .principal(let name) = subject, contains(subject, at: moment) else {
                return nil
            }
            return name
        }
    }

    /// Why this principal, or the human behind it, may do nothing; nil where it may.
    func reason(against principal: Principal, at moment: Timestamp) -> String? {
        var subjects: [LockSubject] = [.principal(principal.name.description)]
        // An agent never outlasts its owner.
        if let owner = principal.owner { subjects.append(.principal(owner.description)) }
        switch principal.name.kind {
        case .agent: subjects.append(.allAgents)
        case .human, .service: break
        }
        return subjects.lazy.compactMap { reason(of: $0, at: moment) }.first
    }

    func reason(against target: TargetName, at moment: Timestamp) -> String? {
        reason(of: .target(target.name), at: moment)
    }

    private func reason(of subject: LockSubject, at moment: Timestamp) -> String? {
        guard let lock = locks[subject] else { return nil }
        if let until = lock.until, until <= moment { return nil }
        return lock.reason.isEmpty
            ? "\(subject) is locked" : "\(subject) is locked: \(lock.reason)"
    }
}
