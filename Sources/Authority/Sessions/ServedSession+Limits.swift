import AuditTrail
import PlainText
import PolicyEngine

/// What the settings limit, whatever is asked for and whoever may have it.
extension ServedSession {
    /// The limit that keeps it from being decided at all; nil where there is none, and it counts.
    ///
    /// It comes first, and is the same for every name: nobody learns from it which targets exist.
    func obstacle() -> SessionRefusal? {
        if let ending = connection.ending {
            // Its process asked before it was told.
            let reason = ending.detail ?? "the connection is being ended"
            return SessionRefusal(
                text: ClientText.ended(reason),
                reason: reason,
                cause: .init(ending.cause)
            )
        }
        let limit = services.snapshot.settings.limits.sessionsPerPrincipal
        let principal = plan.principal.name
        guard services.principalUse.opened(principal, atMost: limit) else {
            let reason = "`\(principal)` has \(limit.counted("session"))"
            return refusal(by: .sessionsPerPrincipal, reason)
        }
        isCounted = true
        return services.storage.obstacle(for: principal).map { refusal(by: $0.limit, $0.reason) }
    }

    private func refusal(by limit: LimitName, _ reason: String) -> SessionRefusal {
        services.limitCounts.count(limit)
        let reason = limit.said(of: reason)
        // Of the disk the client could change nothing.
        return limit == .diskReserve
            ? .unavailable(reason, cause: .limit) : .denied(reason, cause: .limit)
    }

    /// Ends it by a limit of the settings, which is named and counted.
    func end(
        _ cause: AuditEvent.SessionEnded.Cause,
        by limit: LimitName,
        _ reason: String
    ) {
        guard goesOn else { return }
        services.limitCounts.count(limit)
        end(cause, limit.said(of: reason))
    }

    /// It runs: by rules and settings not for ever.
    func watchTimeLimit() {
        let byRules = admitted?.timeLimit
        let bySettings = services.snapshot.settings.limits.sessionTimeLimit
        if let byRules, byRules <= bySettings ?? byRules {
            watch(limit(of: byRules, isByRules: true))
        } else if let bySettings {
            watch(limit(of: bySettings, isByRules: false))
        }
    }

    /// From now on.
    private func limit(of time: Duration, isByRules: Bool) -> HandedSession.TimeLimit {
        HandedSession.TimeLimit(
            endsAt: services.reactor.instant(after: time),
            seconds: time.components.seconds,
            isByRules: isByRules
        )
    }

    /// Ends it in time.
    func watch(_ limit: HandedSession.TimeLimit) {
        timeLimit = limit
        at(limit.endsAt) { [weak self] in
            let time = Duration.seconds(limit.seconds)
            if limit.isByRules {
                self?.end(.timeLimit, ClientText.timeLimitReached(time))
            } else {
                self?.end(.timeLimit, by: .sessionTimeLimit, ClientText.lasted(time))
            }
        }
    }
}

extension LimitName {
    /// A reason with the setting that it comes from.
    func said(of reason: String) -> String { "\(reason) (`\(self)`)" }
}
