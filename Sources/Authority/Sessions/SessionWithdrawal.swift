import AuditTrail
import PolicyEngine

/// Why a session that was admitted may not go on, after a reload or a lock.
struct SessionWithdrawal: Hashable, Sendable {
    let cause: AuditEvent.SessionEnded.Cause
    let reason: String

    /// Nil where it may go on.
    ///
    /// `hostKeys` is the one that the target proved. Before that, a session could still take any of
    /// those that were pinned when it was admitted, so all of them must be pinned yet.
    init?(
        of place: ResolvedAddress,
        to plan: SessionPlan,
        provedBy hostKeys: Set<[UInt8]>,
        begunAt beginning: Timestamp,
        inventory: Inventory,
        locks: Locks,
        at now: Timestamp
    ) {
        let name = place.target.name
        if let locked = locks.reason(against: name, at: now) {
            self.init(.locked, locked)
            return
        }
        // Its records name the former one, and the later ones must not name two.
        guard let principal = inventory.principal(named: plan.principal.name),
            principal.owner == plan.principal.owner
        else {
            self.init(.removed, "`\(plan.principal.name)` does not act for the same owner any more")
            return
        }
        guard let kind = plan.kind, let target = inventory.target(named: name),
            !inventory.grants(
                allowing: kind,
                to: plan.principal.name,
                as: place.login,
                on: name
            ).isEmpty
        else {
            self.init(.removed, "the grant for it is gone")
            return
        }
        // A key that only ran out since was good when it was proved.
        let pins = TargetPins(of: target, without: inventory.revocations, at: beginning)
        guard pins.blobs.isSuperset(of: hostKeys) else {
            self.init(.removed, "the host key of `\(name)` is not pinned any more")
            return
        }
        return nil
    }

    private init(_ cause: AuditEvent.SessionEnded.Cause, _ reason: String) {
        self.cause = cause
        self.reason = reason
    }
}
