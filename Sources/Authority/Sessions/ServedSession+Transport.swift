import AuditTrail
import Logging
import MessageSockets
import PolicyEngine
import SSHKeys
import SessionProtocol

/// The target's side of a session: dialling, proving, certificates, losing it.
extension ServedSession {
    /// LIMIT: of one attempt to connect; the setup time holds for all of them.
    static let dialTimeout = Duration.seconds(8)

    /// Dials and creates the recording, both at once.
    func prepare(_ admitted: AdmittedSession) {
        dialTarget(admitted)
        createRecording(admitted)
    }

    private func dialTarget(_ admitted: AdmittedSession) {
        dialAge = .now()
        let address = admitted.address.target.address
        dial = services.dial(
            address.host.description,
            port: address.port,
            within: Self.dialTimeout
        ) { [weak self] outcome in
            self?.dial = nil
            switch outcome {
            case .connected(let connected): self?.dialled(connected)
            case .failed(let reason): self?.dialFailed(reason)
            }
        }
    }

    private func dialled(_ connected: Dial.Connected) {
        switch connection.update(number, { $0.dialled() }) {
        case .permit(let admitted):
            socket = connected
            permit(admitted)
        case .retry: hand(connected) { .retry(number: $0) }
        case .wait: socket = connected
        case .discard, nil: break
        }
    }

    private func dialFailed(_ reason: String) {
        let action = connection.update(number) {
            $0.lost(
                .keyExchange,
                at: Services.milliseconds(),
                jitter: Randomness.number()
            )
        }
        lost(.keyExchange, reason, action ?? .ignore)
    }

    /// The process gets the socket and the recording.
    func permit(_ admitted: AdmittedSession) {
        guard let connected = socket, let recording else {
            preconditionFailure("a session is permitted with its socket and its recording")
        }
        socket = nil
        self.recording = nil
        let limits = services.snapshot.settings.limits
        let settings = services.snapshot.settings.recording
        let permit = SessionPermit(
            number: number,
            session: plan.session,
            transport: TransportOrder(admitted, limits),
            recording: RecordingOrder(
                settings,
                content: plan.recordedContent,
                startNanoseconds: startNanoseconds
            ),
            input: InputOrder(admitted.input, of: plan)
        )
        hand(connected, [recording]) { _ in .permit(permit) }
    }

    /// Keeps a duplicate of the socket and hands the socket over.
    private func hand(
        _ connected: Dial.Connected,
        _ more: [Descriptor] = [],
        _ order: (SessionNumber) -> SessionOrder
    ) {
        // Both are the same open socket: this one stays here to shut it down.
        transport = connected
        marks.append(connected.ends.mark)
        services.takenMarks.insert(connected.ends.mark)
        connection.send(order(number), [connected.socket] + more)
    }

    // MARK: The certificate

    /// The host key is proved.
    func proved(_ admitted: AdmittedSession) {
        guard let transport, let proven = connection.proven(of: number) else { return }
        services.liveTransports.insert(proven.exchangeHash)
        exchangeHashes.append(proven.exchangeHash)
        hostKey = proven.hostKey
        let terms = CertificateTerms(
            attribution: plan.attribution,
            target: admitted.address.target,
            login: admitted.address.login,
            decision: decision,
            forceCommand: admitted.forceCommand,
            permitsTerminal: admitted.permitsTerminal,
            transport: transport.ends,
            purpose: .session
        )
        services.mint.issue(terms) { [weak self] result in
            guard let self else { return }
            // The transport that it is for may be gone, and another one in its place.
            guard connection.proven(of: number) == proven else { return }
            switch result {
            case .success(let issued): self.issued(issued)
            case .failure(let error): notIssued(error)
            }
        }
    }

    private func issued(_ issued: TransportMachine.Issued) {
        guard connection.update(number, { $0.issued(issued) }) == true else { return }
        connection.send(
            .certificate(
                number: number,
                blob: issued.blob,
                publicKey: issued.key.publicKeyBytes
            )
        )
    }

    private func notIssued(_ error: IssuingError) {
        logger.error("no certificate was issued", metadata: ["reason": "\(error)"])
        let text = ClientText.unavailable("the certificate for this session was not issued")
        refuse(.unavailable(error.description, saying: text))
    }

    func refuseHostKey(_ admitted: AdmittedSession, fingerprint: String) {
        let target = admitted.address.target.name.name
        let reason = "the host key \(fingerprint) of `\(target)` is not pinned"
        logger.error("a host key is not the pinned one", metadata: ["reason": "\(reason)"])
        shutTransport()
        let text = ClientText.hostKeyMismatch(target: target, fingerprint: fingerprint)
        refuse(.unavailable(reason, saying: text))
    }

    // MARK: Losing it

    /// The target was not reached, or its transport broke before the program ran.
    func lost(_ phase: OutboundPhase, _ reason: String, _ action: SessionMachine.LostAction) {
        shutTransport()
        guard action != .ignore else { return }
        logger.info("a target was lost", metadata: ["phase": "\(phase)", "reason": "\(reason)"])
        switch action {
        case .ignore: break
        case .dialAgain(let admitted, let milliseconds):
            redial = services.reactor.after(.milliseconds(Int64(milliseconds))) { [weak self] in
                self?.redial = nil
                self?.dialTarget(admitted)
            }
        case .giveUp(let admitted, let wasSigned):
            // Without a signature of ours nobody can have refused one, whatever the process says.
            if wasSigned { count(phase, at: admitted.address) }
            giveUp(phase, admitted.address.target.name.name, reason)
        }
    }

    private func count(_ phase: OutboundPhase, at address: ResolvedAddress) {
        switch phase {
        // An sshd that is ended just then has refused nothing.
        case .keyExchange, .unanswered: break
        case .authentication:
            guard services.breaker.authenticationFailed(at: address, Services.milliseconds()) else {
                return
            }
            logger.error(
                "a target refuses our certificates",
                metadata: ["target": "\(address.target.name)", "login": "\(address.login)"]
            )
        case .channel: services.breaker.authenticated(at: address)
        }
    }

    private func giveUp(_ phase: OutboundPhase, _ target: String, _ reason: String) {
        let text =
            switch phase {
            case .keyExchange: ClientText.unreachable(target, reason)
            case .authentication: ClientText.refusedByTarget(target)
            case .unanswered: ClientText.unanswered(target, reason)
            case .channel:
                ClientText.unavailable("the target `\(target)` did not run the command: \(reason)")
            }
        refuse(.unavailable("`\(target)` was lost in phase \(phase): \(reason)", saying: text))
    }

    func shutTransport() {
        guard let transport else { return }
        TCPSocket.shutDown(transport.socket)
    }

    /// What no process has yet is closed, and nothing is dialled any more.
    func closePreparation() {
        if let redial { services.reactor.cancel(redial) }
        redial = nil
        dial?.cancel()
        dial = nil
        socket = nil
        recording = nil
    }
}

extension TransportOrder {
    init(_ admitted: AdmittedSession, _ limits: ConnectionLimits) {
        self.init(
            login: admitted.address.login.name,
            hostKeyAlgorithms: admitted.hostKeyAlgorithms,
            rekeyBytes: limits.rekeyBytes,
            rekeySeconds: limits.rekeyInterval.clampedSeconds,
            keepaliveSeconds: limits.keepalive.clampedSeconds,
            setupSeconds: limits.setupTimeout.clampedSeconds
        )
    }
}

extension RecordingOrder {
    init(_ settings: RecordingSettings, content: RecordedContent, startNanoseconds: UInt64) {
        let overflow: RecordingOverflow =
            switch settings.overflow {
            case .digest: .digest
            case .end: .end
            }
        self.init(
            isStrict: settings.isStrict,
            recordsInput: settings.recordsInput,
            maximumBytes: settings.maximumBytes,
            overflow: overflow,
            content: content,
            startNanoseconds: startNanoseconds
        )
    }
}
