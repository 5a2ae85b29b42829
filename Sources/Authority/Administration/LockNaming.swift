import AuditTrail
import PolicyEngine

/// Whom or what an administrator means by the subject of a lock.
///
/// A slip of the finger must not lock what nobody knows while what was meant goes on: a target has
/// to be in the inventory, or be called `target:NAME`. A principal says its kind already, and may be
/// one that is not in the inventory yet, or any more: it is locked all the same.
struct LockNaming {
    /// Why nothing is locked or unlocked.
    struct Refusal: Error, Hashable, CustomStringConvertible {
        let description: String
    }

    /// What a name of a target begins with that need not be in the inventory.
    static let targetPrefix = "target:"
    /// As many names as are read at a glance.
    static let suggestions = 3

    let inventory: Inventory
    let locks: Locks

    /// What is to be locked.
    func locking(_ text: String) throws(Refusal) -> LockSubject {
        let subject = try named(text)
        switch subject {
        case .principal, .allAgents: return subject
        case .target(let name) where text.hasPrefix(Self.targetPrefix) || isTarget(name):
            return subject
        case .target(let name):
            throw Refusal(
                description: "no target is called `\(name)`"
                    + meant(inventory.principals.map(\.name), name)
                    + "; a target that is not in the inventory is `\(Self.targetPrefix)\(name)`"
            )
        }
    }

    /// What is to be unlocked: something that is locked at this moment.
    func unlocking(_ text: String, at moment: Timestamp) throws(Refusal) -> LockSubject {
        let subject = try named(text)
        guard locks.contains(subject, at: moment) else {
            let locked = locks.principals(at: moment).compactMap { PrincipalName($0) }
            throw Refusal(
                description: "\(subject) is not locked"
                    + (subject.name.map { meant(locked, $0) } ?? "")
                    + "; `sallyport locks` shows what is"
            )
        }
        return subject
    }

    /// Whether the inventory has it.
    func isKnown(_ subject: LockSubject) -> Bool {
        switch subject {
        case .principal(let name): PrincipalName(name).flatMap(inventory.principal) != nil
        case .target(let name): isTarget(name)
        case .allAgents: true
        }
    }

    private func named(_ text: String) throws(Refusal) -> LockSubject {
        if text == "all-agents" { return .allAgents }
        if let principal = PrincipalName(text) { return .principal(principal.description) }
        let name =
            text.hasPrefix(Self.targetPrefix) ? text.dropFirst(Self.targetPrefix.count) : text[...]
        guard let target = TargetName(String(name)) else {
            let shown = PrintableText.escaped(text, limit: 64)
            throw Refusal(
                description: "`\(shown)` is no principal, no target and not `all-agents`"
            )
        }
        return .target(target.name)
    }

    private func isTarget(_ name: String) -> Bool {
        TargetName(name).flatMap(inventory.target) != nil
    }

    /// The same name with its kind in front.
    private func meant(_ principals: [PrincipalName], _ name: String) -> String {
        let found = principals.filter { $0.name == name }.sorted().prefix(Self.suggestions)
        guard !found.isEmpty else { return "" }
        return " (did you mean \(found.map { "`\($0)`" }.joined(separator: " or "))?)"
    }
}
