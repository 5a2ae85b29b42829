import AuditTrail
import Logging
import MessageSockets
import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol

/// A client that goes on while another release takes this one's place.
extension InboundConnection {
    /// How far it is from being handed over.
    enum Readiness: Hashable {
        /// Something is under way that this release has to see through.
        case busy
        /// Nothing is, and nothing begins.
        case settled
        /// The same, but what sessions left on targets is being ended.
        case leavesEnds
    }

    // MARK: Leaving

    /// Begins nothing any more, and answers who waits for people.
    func settle() {
        held = held ?? HeldMessages()
        for session in sessions.values { session.stopWaiting() }
    }

    /// Whether anything is under way.
    var readiness: Readiness {
        let ends = sessions.values.contains(where: \.isBeingEnded)
        if isProcessGone { return sessions.values.allSatisfy(\.isBeingEnded) ? .leavesEnds : .busy }
        guard isSignedIn, ending == nil, signatures == 0, process.hasItsOrders,
            sessions.values.allSatisfy({ $0.isSettled || $0.isBeingEnded })
        else { return .busy }
        return ends ? .leavesEnds : .settled
    }

    /// What has not come to rest in time does not go on.
    func giveWay() {
        guard isSignedIn, process.hasItsOrders else { return end(.drained, Upgrade.reason) }
        for session in sessions.values where !session.isStarted { session.giveWay() }
    }

    /// Goes on here: nobody takes over.
    func unsettle() {
        let messages = held?.messages ?? []
        held = nil
        for message in messages {
            // The client may be gone, or its process, and what it asked for with it.
            guard machine.phase == .signedIn, ending == nil, !isProcessGone else { return }
            act(on: message)
        }
    }

    /// Nil where its process is gone.
    func handed() -> HandedConnection? {
        guard !isProcessGone, let process = process.handed, let identity, let signInMoment,
            let userName = machine.userName
        else { return nil }
        let credential = identity.signedCertificate?.certificate.blob ?? identity.publicKey.blob
        let counted = machine.handed
        return HandedConnection(
            id: id,
            peer: peer,
            process: process,
            signIn: HandedConnection.SignIn(
                credential: RecordedBytes(credential),
                userName: RecordedBytes(Array(userName.utf8)),
                moment: signInMoment,
                principal: identity.principal.name.description,
                onBehalfOf: identity.principal.owner?.description
            ),
            timeLimit: timeLimit,
            counts: counted.counts,
            usedNumbers: counted.usedNumbers,
            held: (held?.messages ?? []).map { RecordedBytes($0) },
            sessions: sessions.values.compactMap { $0.handed(machine.handedCounts(of: $0.number)) },
            left: services.storage.handed(of: self)
        )
    }

    /// How it ended, where only its sessions' ends are missing.
    var gone: HandedGone? {
        guard isProcessGone else { return nil }
        let ended = ending ?? AuditEvent.ConnectionEnded(cause: .processDied)
        return HandedGone(about: attribution, ended: ended)
    }

    /// Its sessions' ends that another release has to find out.
    var handedEnds: [HandedEnd] {
        sessions.values.compactMap { session in
            session.beingEnded.map {
                HandedEnd(session: session.plan.session, ended: $0, age: session.dialAge)
            }
        }
    }

    // MARK: Going on

    /// Goes on with what another release began, for whom that had let in.
    convenience init(
        resuming handed: ResolvedConnection,
        _ process: ChildProcess,
        _ services: Services
    ) {
        let connection = handed.connection
        self.init(
            id: connection.id,
            peer: connection.peer,
            process: process,
            services: services,
            machine: ConnectionMachine(
                peer: handed.address,
                signedIn: handed.identity,
                as: handed.userName,
                sessionsAtOnce: services.snapshot.settings.limits.sessionsPerConnection,
                connection
            )
        )
        signInMoment = connection.signIn.moment
        logger[metadataKey: "principal"] = "\(handed.identity.principal.name)"
        listen()
        count(for: handed.identity.principal.name, atMost: .max)
        if let limit = connection.timeLimit { watch(limit) }
        for session in handed.sessions {
            machine.resumed(session.plan.number, counts: session.session.counts)
            resumed(ServedSession(session.plan, of: self, at: session.place, session.session))
        }
        let principal = handed.identity.principal.name
        for recording in connection.left {
            services.storage.goOn(watching: recording, of: principal, self)
        }
    }

    /// Hears what its process has said meanwhile.
    func goOn(_ handed: HandedConnection) {
        recheck()
        for message in handed.held { act(on: message.bytes) }
    }
}
