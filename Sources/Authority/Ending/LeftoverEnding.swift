import AuditTrail
import Logging
import PolicyEngine

/// Ends on their targets what the sessions run that a crash left open, and closes these sessions.
///
/// They stay open in the audit trail until then, so that a crash in the midst of it leaves them to
/// the next start.
final class LeftoverEnding {
    private let services: Services
    private var machine: LeftoverMachine
    /// Called after each that is done with.
    var closed: (() -> Void)?

    /// From now on no transport of ours can be taken for one of theirs.
    init(_ leftovers: [LeftoverSession], _ services: Services) {
        self.services = services
        machine = LeftoverMachine(leftovers)
        services.takenMarks.formUnion(
            leftovers.compactMap { RemoteScript.Transport($0.transport)?.mark }
        )
    }

    /// Whether there is something that does not merely wait for a target to come back.
    var isBusy: Bool { machine.isBusy }

    /// Begins as many as may be ended at once; the others follow.
    func begin() {
        while let leftover = machine.taken() { end(leftover) }
    }

    private func end(_ leftover: LeftoverSession) {
        guard let transport = RemoteScript.Transport(leftover.transport) else {
            return giveUp(leftover, "its transport is not on record in numbers")
        }
        guard let address = services.snapshot.inventory.address(of: leftover) else {
            return giveUp(leftover, "its target or login is not in the inventory any more")
        }
        RemoteEnding.run(transport, at: address, about: leftover.attribution, services) {
            [weak self] outcome in
            self?.tried(leftover, outcome, mayRetry: outcome.remoteEnd == .unreachable)
        }
    }

    private func giveUp(_ leftover: LeftoverSession, _ reason: String) {
        let outcome = RemoteEnding.Outcome(remoteEnd: .unreachable, detail: reason)
        services.reactor.later { [weak self] in
            self?.tried(leftover, outcome, mayRetry: false)
        }
    }

    private func tried(
        _ leftover: LeftoverSession,
        _ outcome: RemoteEnding.Outcome,
        mayRetry: Bool
    ) {
        let id = leftover.id
        switch machine.tried(id, mayRetry: mayRetry) {
        case .record: record(leftover, outcome)
        case .pause(let pause):
            services.logger.warning(
                "what a crash left cannot be ended yet",
                metadata: ["session.id": "\(id)", "reason": "\(outcome.detail ?? "")"]
            )
            _ = services.reactor.after(pause) { [weak self] in
                self?.machine.pauseEnded(id)
                self?.begin()
            }
        }
        begin()
    }

    private func record(_ leftover: LeftoverSession, _ outcome: RemoteEnding.Outcome) {
        services.logger.notice(
            "what a crash left is dealt with",
            metadata: [
                "session.id": "\(leftover.id)", "end": "\(outcome.remoteEnd)",
                "detail": "\(outcome.detail ?? "")",
            ]
        )
        let event = AuditEvent.SessionEnded.recovered(outcome.remoteEnd, detail: outcome.detail)
        services.auditor.record([(.sessionEnded(event), leftover.attribution)]) { [weak self] _ in
            guard let self else { return }
            machine.recorded(leftover.id)
            closed?()
        }
    }
}

extension Inventory {
    /// Where it ran, as far as that is still a target and a login of it.
    func address(of leftover: LeftoverSession) -> ResolvedAddress? {
        let about = leftover.attribution
        guard let target = about.target.flatMap(TargetName.init).flatMap(target(named:)),
            let login = about.login.flatMap(Login.init)
        else { return nil }
        return offered(login, on: target)
    }
}
