import AuditTrail
import MessageSockets
import PolicyEngine
import SessionProtocol

/// A session that goes on while another release takes this one's place.
extension ServedSession {
    /// Whether its program runs, and nothing else is under way.
    var isSettled: Bool { isStarted && goesOn && !isSignalling }

    /// Who waits for an approval is told now that there is none.
    func stopWaiting() {
        guard !isOver, let awaited else { return }
        refuse(awaited)
    }

    /// What does not run yet does not come to run.
    func giveWay() {
        guard !isOver, !isStarted else { return }
        let reason = Upgrade.reason
        refuse(
            SessionRefusal(
                exitStatus: ClientText.unavailableStatus,
                text: ClientText.unavailable(reason),
                reason: reason,
                cause: .drained
            )
        )
    }

    /// Nil where it does not run.
    func handed(_ counts: MessageCounts) -> HandedSession? {
        guard isSettled, let transport, let place, let hostKey else { return nil }
        // Of what it asked for, what was decided already is not needed again.
        let opening = SessionOpening(
            number: number,
            program: plan.replacedProgram ?? plan.program,
            terminal: plan.terminal,
            environment: []
        )
        return HandedSession(
            id: plan.session,
            opening: RecordedBytes(SessionRequest.openSession(opening).encoded()),
            target: place.target.name.name,
            login: place.login.name,
            moment: moment,
            transport: HandedSession.Transport(
                descriptor: transport.socket.raw,
                local: transport.local,
                peer: transport.peer,
                begunAt: dialAge
            ),
            exchangeHashes: exchangeHashes.map { RecordedBytes($0) },
            marks: marks,
            hostKey: RecordedBytes(hostKey),
            timeLimit: timeLimit,
            counts: counts,
            recordedBytes: services.storage.recordings.seenBytes(of: plan.session)
        )
    }
}
