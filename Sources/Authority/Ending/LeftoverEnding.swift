import AuditTrail
import Logging
import PolicyEngine

/// Ends on their targets what the sessions run that a crash left open, and closes these sessions.
///
/// They stay open in the audit trail until then, so that a crash in the midst of it leaves them to
/// the next start.
final class LeftoverEnding {
    private let services: Services
    private let leftovers: [LeftoverSession]
    /// How those ended that no crash cut short, by the session.
    private var knownEnds: [String: HandedEnd]
    /// How many ends are not durable yet.
    private var recording = 0
    private var hasBegun = false
    /// Called after each that is done with.
    var closed: (() -> Void)?

    /// From now on no transport of ours can be taken for one of theirs.
    ///
    /// `ends` are those of sessions that another release saw end.
    init(
        _ leftovers: [LeftoverSession],
        _ services: Services,
        knowing ends: [HandedEnd] = []
    ) {
        self.services = services
        self.leftovers = leftovers
        knownEnds = Dictionary(ends.map { ($0.session, $0) }) { first, _ in first }
        services.takenMarks.formUnion(
            leftovers.compactMap { RemoteScript.Transport($0.transport)?.mark }
        )
    }

    /// Whether something is not durable, beside what is still being ended.
    var isBusy: Bool { recording > 0 || (!hasBegun && !leftovers.isEmpty) }

    /// Those ends that are known and not recorded, for yet another release.
    var unrecordedEnds: [HandedEnd] { Array(knownEnds.values) }

    /// Begins with all of them; some are ended at once.
    func begin() {
        hasBegun = true
        for leftover in leftovers { end(leftover) }
    }

    private func end(_ leftover: LeftoverSession) {
        guard let transport = RemoteScript.Transport(leftover.transport) else {
            return giveUp(leftover, "its transport is not on record in numbers")
        }
        guard let address = services.snapshot.inventory.address(of: leftover) else {
            return giveUp(leftover, "its target or login is not in the inventory any more")
        }
        let request = RemoteEndings.Request(
            attribution: leftover.attribution,
            address: address,
            transport: transport,
            // After a crash its clock is gone with the authority.
            age: knownEnds[leftover.id]?.age
        )
        services.endings.end(request) { [self] outcome in record(leftover, outcome) }
    }

    private func giveUp(_ leftover: LeftoverSession, _ reason: String) {
        record(leftover, RemoteEndings.Outcome(remoteEnd: .unreachable, detail: reason))
    }

    private func record(_ leftover: LeftoverSession, _ outcome: RemoteEndings.Outcome) {
        services.logger.notice(
            "what the last run left is dealt with",
            metadata: [
                "session.id": "\(leftover.id)", "end": "\(outcome.remoteEnd)",
                "detail": "\(outcome.detail ?? "")",
            ]
        )
        recording += 1
        let known = knownEnds.removeValue(forKey: leftover.id)
        let event =
            known?.ended.adding(outcome.remoteEnd, outcome.detail)
            ?? .recovered(outcome.remoteEnd, detail: outcome.detail)
        services.auditor.record([(.sessionEnded(event), leftover.attribution)]) { [weak self] _ in
            guard let self else { return }
            recording -= 1
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
