import AuditTrail
import Glibc
import Logging
import MessageSockets
import PlainText
import PolicyEngine
import SessionProtocol

/// How a connection ends: by its client, its process, a limit, or because somebody wants it to.
extension InboundConnection {
    /// Takes no session any more, and ends as soon as there is none.
    func drain() {
        isDraining = true
        endIfIdle()
    }

    func endIfIdle() {
        guard sessions.isEmpty, !isProcessGone else { return }
        end(.drained, "the bastion is being stopped")
    }

    /// Ends the connection: the process is told why, and killed if it does not end by itself.
    func end(_ cause: AuditEvent.ConnectionEnded.Cause, _ reason: String) {
        guard ending == nil else { return }
        ending = AuditEvent.ConnectionEnded(cause: cause, detail: reason)
        logger.notice(
            "a connection is ended",
            metadata: ["cause": "\(cause.rawValue)", "reason": "\(reason)"]
        )
        for session in sessions.values { session.willEnd(with: cause, reason) }
        send(.endConnection(text: ClientText.ended(reason)))
        startGrace(Self.endGrace)
    }

    /// The same by a limit of the settings, which is named and counted.
    func end(
        _ cause: AuditEvent.ConnectionEnded.Cause,
        by limit: LimitName,
        _ reason: String
    ) {
        guard ending == nil else { return }
        services.limitCounts.count(limit)
        end(cause, limit.said(of: reason))
    }

    /// Counts it among the connections of its principal, or ends it where those are too many.
    func count(for principal: PrincipalName) {
        count(for: principal, atMost: services.snapshot.settings.limits.connectionsPerPrincipal)
    }

    func count(for principal: PrincipalName, atMost limit: Int) {
        guard services.principalUse.connected(principal, atMost: limit) else {
            let reason = "`\(principal)` has \(limit.counted("connection"))"
            return end(.refused, by: .connectionsPerPrincipal, reason)
        }
        countedFor = principal
    }

    private func startGrace(_ duration: Duration) {
        guard graceTimer == nil else { return }
        graceTimer = services.reactor.after(duration) { [weak self] in
            self?.graceTimer = nil
            self?.process.kill()
        }
    }

    /// The client ended it, or made its process end it; who was told to end is not to blame, and who
    /// would be in if we could record is not either, nor who waits for us.
    ///
    /// Who was kept waiting is blamed only for what it did all the same.
    func blame() {
        guard failure == nil, ending == nil, !isHindered else { return }
        if machine.hasFailedTry {
            failure = .couldNotSignIn
        } else if !delays.wereLong {
            failure = .didNotSignIn
        }
    }

    /// Whether it cannot go on because of us.
    private var isHindered: Bool {
        machine.wasHindered || delays.areLong(at: Services.milliseconds())
    }

    func exceededGrace() {
        guard !isHindered, !delays.wereLong else { return }
        failure = .exceededGrace
    }

    func reportedEnd(_ cause: ConnectionEndCause, _ detail: String) {
        blame()
        if cause == .idle, ending == nil { services.limitCounts.count(.idleTimeout) }
        if ending == nil {
            ending = AuditEvent.ConnectionEnded(
                cause: .init(cause),
                detail: detail.isEmpty ? nil : detail
            )
        }
        startGrace(Self.exitGrace)
    }

    func kill(_ lie: ProcessLie) {
        logger.critical("a session process lied", metadata: ["reason": "\(lie)"])
        services.auditor.note(
            .protocolViolation(AuditEvent.ProtocolViolation(detail: "\(lie)")),
            about: attribution
        )
        failure = .crashed
        ending = AuditEvent.ConnectionEnded(cause: .protocolViolation, detail: "\(lie)")
        process.kill()
        abandonSessions(.protocolViolation, "\(lie)")
    }

    /// Its process wrote to the recording of a session that is over.
    func wroteBehindEnd(of session: String, _ bytes: UInt64) {
        guard !isProcessGone, ending?.cause != .protocolViolation else { return }
        kill(.recordingWritten(session: session, bytes: bytes))
    }

    func fellSilent(_ error: SocketError?) {
        if let error {
            logger.error("a session process is unreadable", metadata: ["reason": "\(error)"])
        }
        startGrace(Self.exitGrace)
    }

    func processEnded(_ end: ChildProcess.End) {
        isProcessGone = true
        if let signInTimer { services.reactor.cancel(signInTimer) }
        if let graceTimer { services.reactor.cancel(graceTimer) }
        if let timeLimitTimer { services.reactor.cancel(timeLimitTimer) }
        timeLimitTimer = nil
        signInTimer = nil
        graceTimer = nil
        // A call that its sandbox forbids is no honest process's, whatever it said before.
        if ending == nil || end.isForbiddenCall {
            // No client sends this signal: we do, an operator, or the system that has no memory left.
            if end != .killed(signal: SIGKILL) { failure = .crashed }
            logger.error("a session process died", metadata: ["end": "\(end)"])
            services.auditor.note(.processDied(.session(end)), about: attribution)
        }
        ending =
            ending ?? AuditEvent.ConnectionEnded(cause: .processDied, detail: end.description)
        abandonSessions(.processDied, "the session process \(end)")
        finishIfDone()
    }

    /// The process cannot report the ends of its sessions any more.
    private func abandonSessions(_ cause: AuditEvent.SessionEnded.Cause, _ detail: String) {
        machine.abandon()
        for session in sessions.values { session.abandoned(cause, detail) }
    }

    /// Whether nothing is left of it but what is to be ended on targets.
    var awaitsTargets: Bool { isProcessGone && sessions.values.allSatisfy(\.isBeingEnded) }

    func finishIfDone() {
        guard isProcessGone, sessions.isEmpty, !isDone else { return }
        isDone = true
        if let countedFor { services.principalUse.disconnected(countedFor) }
        let event = ending ?? AuditEvent.ConnectionEnded(cause: .processDied)
        services.auditor.note(.connectionEnded(event), about: attribution)
        logger.info("a connection ended", metadata: ["cause": "\(event.cause.rawValue)"])
        done?()
    }
}
