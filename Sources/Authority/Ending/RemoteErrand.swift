import AuditTrail
import Glibc
import MessageSockets
import PolicyEngine
import SSHKeys
import SessionProtocol

/// Runs one command on a target, by a certificate of its own, in a session process without a client.
final class RemoteErrand {
    typealias Outcome = Result<RemotePerformance, RemoteError>

    /// The failure as an error.
    struct RemoteError: Error, Hashable {
        let failure: RemoteFailure
        let drops: [String]
    }

    static let dialTimeout = Duration.seconds(3)
    /// LIMIT: attempts after the first; `MaxStartups` drops connections at random.
    static let maximumRetries = 2
    static let retryPause = Duration.milliseconds(200)

    private let command: RemoteCommand
    private let address: ResolvedAddress
    private let attribution: Attribution
    private let services: Services
    private let pins: TargetPins
    private var completion: ((Outcome) -> Void)?
    private var timer: Reactor.TimerID?
    private var dial: Dial?
    private var process: ChildProcess?
    private var machine: PerformingMachine
    private var connected: Dial.Connected?
    private var hash: [UInt8]?
    private var drops: [String] = []
    private var step = RemoteStep.connecting
    private var attemptBegan: UInt64 = 0
    private var reached: [RemoteStep: UInt64] = [:]
    private var startedSeconds: UInt64 = 0

    /// `completion` runs on the loop, once, within the command's time.
    static func run(
        _ command: RemoteCommand,
        at address: ResolvedAddress,
        about attribution: Attribution,
        _ services: Services,
        completion: @escaping (Outcome) -> Void
    ) {
        RemoteErrand(command, address, attribution, services, completion).start()
    }

    private init(
        _ command: RemoteCommand,
        _ address: ResolvedAddress,
        _ attribution: Attribution,
        _ services: Services,
        _ completion: @escaping (Outcome) -> Void
    ) {
        self.command = command
        self.address = address
        self.attribution = attribution
        self.services = services
        self.completion = completion
        // As it is known now: the session may end because the key that it trusted is no good any more.
        let inventory = services.snapshot.inventory
        pins = TargetPins(
            of: inventory.target(named: address.target.name) ?? address.target,
            without: inventory.revocations,
            at: .now()
        )
        machine = PerformingMachine(login: address.login.name, pinnedKeys: pins.blobs)
    }

    private func start() {
        // Strong on purpose: the errand lives until its time is over or it is done.
        timer = services.reactor.after(command.timeout) {
            let waitsForProcess = self.connected != nil && self.process == nil
            self.fail(waitsForProcess ? .noProcess : .timedOut(self.step))
        }
        guard !pins.blobs.isEmpty else {
            return services.reactor.later { self.fail(.noPinnedKey) }
        }
        attempt()
    }

    private func attempt() {
        attemptBegan = Services.milliseconds()
        reached = [:]
        reach(.connecting)
        let destination = command.destination(on: address.target)
        dial = services.dial(
            destination.host,
            port: destination.port,
            within: Self.dialTimeout
        ) { [weak self] outcome in
            guard let self else { return }
            dial = nil
            switch outcome {
            case .connected(let connected): takeProcess(connected)
            case .failed(let reason): retry(.unreachable(reason: reason))
            }
        }
    }

    private func reach(_ step: RemoteStep) {
        self.step = step
        reached[step] = Services.milliseconds() - attemptBegan
    }

    // MARK: The process

    private func takeProcess(_ connected: Dial.Connected) {
        self.connected = connected
        let isTaken = services.spares.take { [weak self] process in
            guard let self, completion != nil else { return process.kill() }
            perform(process, connected)
        }
        if !isTaken { fail(.noProcess) }
    }

    private func perform(_ process: ChildProcess, _ connected: Dial.Connected) {
        self.process = process
        machine = PerformingMachine(login: address.login.name, pinnedKeys: pins.blobs)
        process.received = { [weak self] message in self?.received(message) }
        // Its end, which is at hand, says why.
        process.fellSilent = { [weak process] _ in process?.kill() }
        process.ended = { [weak self] end in self?.processEnded(end) }
        let limits = services.snapshot.settings.limits
        let order = TransportOrder(
            login: address.login.name,
            hostKeyAlgorithms: pins.algorithms,
            rekeyBytes: limits.rekeyBytes,
            rekeySeconds: limits.rekeyInterval.clampedSeconds,
            keepaliveSeconds: limits.keepalive.clampedSeconds,
            setupSeconds: command.timeout.clampedSeconds
        )
        reach(.exchangingKeys)
        send(.perform(order, command.program, input: command.input), [connected.socket])
    }

    private func processEnded(_ end: ChildProcess.End) {
        if end.isForbiddenCall {
            services.auditor.note(.processDied(.session(end)), about: attribution)
        }
        let how = end == .killed(signal: SIGKILL) ? "closed its socket" : end.description
        retry(.processLost(reason: "its process \(how)"))
    }

    private func send(_ order: SessionOrder, _ descriptors: [Descriptor] = []) {
        do throws(SocketError) {
            try process?.send(order.encoded(), descriptors)
        } catch {
            retry(.processLost(reason: error.description))
        }
    }

    private func received(_ message: MessageSocket.Received) {
        let wasStarted = machine.isStarted
        let action = machine.received(
            message.bytes,
            descriptors: message.descriptors.count,
            isUsedExchangeHash: { [services] in services.liveTransports.contains($0) }
        )
        if machine.isStarted, !wasStarted {
            startedSeconds = Timestamp.now().wholeSeconds
            reach(.running)
        }
        switch action {
        case .issue: issue()
        case .order(let order): send(order)
        case .performed(let result, let output): performed(result, output)
        case .lost(let phase, let reason): lost(phase, reason)
        case .kill(let lie):
            services.auditor.note(
                .protocolViolation(AuditEvent.ProtocolViolation(detail: "\(lie)")),
                about: attribution
            )
            fail(.processLied(reason: "\(lie)"))
        case nil: break
        }
    }

    /// A target that refuses our certificate is not asked again: its sshd counts that, too.
    private func lost(_ phase: OutboundPhase, _ reason: String) {
        if let key = machine.foreignHostKey { return fail(.hostKey(fingerprint: key)) }
        let failure = RemoteFailure.transport(phase, reason: machine.lostReason ?? reason)
        switch phase {
        case .keyExchange, .unanswered: retry(failure)
        case .authentication:
            if command.countsForBreaker, machine.isSigned {
                _ = services.breaker.authenticationFailed(at: address, Services.milliseconds())
            }
            fail(failure)
        case .channel: fail(failure)
        }
    }

    // MARK: The certificate

    private func issue() {
        guard let connected, let hash = machine.exchangeHash else { return }
        reach(.signingIn)
        self.hash = hash
        services.liveTransports.insert(hash)
        let terms = CertificateTerms(
            attribution: attribution,
            target: address.target,
            login: address.login,
            decision: nil,
            forceCommand: command.forceCommand,
            permitsTerminal: false,
            transport: connected.ends,
            purpose: command.purpose,
            sessions: command.sessions,
            validity: command.validity
        )
        services.mint.issue(terms) { [weak self] result in
            guard let self, completion != nil, machine.exchangeHash == hash else { return }
            switch result {
            case .failure(let error): fail(.notIssued(reason: error.description))
            case .success(let issued):
                guard machine.issued(issued) else { return }
                send(
                    .certificate(
                        number: PerformingMachine.session,
                        blob: issued.blob,
                        publicKey: issued.key.publicKeyBytes
                    )
                )
            }
        }
    }

    // MARK: Ending

    private func performed(_ result: SessionProtocol.ProgramResult, _ output: [UInt8]) {
        guard let connected else { return }
        if command.purpose == .probe, command.validity == .session {
            // Who examines a target after mending it need not wait for the breaker.
            services.breaker.mended(address.target.name)
        }
        let now = Timestamp.now().wholeSeconds
        finish(
            .success(
                RemotePerformance(
                    result: result,
                    output: output,
                    transport: connected.ends,
                    ranSeconds: min(startedSeconds, now)...now,
                    milliseconds: reached,
                    endMilliseconds: Services.milliseconds() - attemptBegan,
                    drops: drops
                )
            )
        )
    }

    private func retry(_ failure: RemoteFailure) {
        guard completion != nil else { return }
        endAttempt()
        guard drops.count < Self.maximumRetries else { return fail(failure) }
        drops.append(failure.description)
        _ = services.reactor.after(Self.retryPause) { [self] in
            if completion != nil { attempt() }
        }
    }

    private func endAttempt() {
        process?.received = nil
        process?.fellSilent = nil
        process?.ended = nil
        process?.kill()
        process = nil
        dial?.cancel()
        dial = nil
        if let connected { TCPSocket.shutDown(connected.socket) }
        connected = nil
        if let hash { services.liveTransports.remove(hash) }
        hash = nil
    }

    private func fail(_ failure: RemoteFailure) {
        finish(.failure(RemoteError(failure: failure, drops: drops)))
    }

    private func finish(_ outcome: Outcome) {
        let completion = self.completion
        self.completion = nil
        if let timer { services.reactor.cancel(timer) }
        endAttempt()
        completion?(outcome)
    }
}
