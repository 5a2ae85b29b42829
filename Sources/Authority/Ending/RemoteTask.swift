import AuditTrail
import MessageSockets
import PolicyEngine
import SSHKeys
import SessionProtocol

/// Runs one script on a target, by a certificate of its own, without a client.
final class RemoteTask {
    /// LIMIT: for all attempts together: what a session left must be gone ten seconds later, and the
    /// session's own end takes a part of them.
    static let timeout = Duration.seconds(8)
    private static let dialTimeout = Duration.seconds(3)
    /// LIMIT: attempts after the first; `MaxStartups` drops connections at random.
    static let maximumRetries = 2
    private static let retryPause = Duration.milliseconds(200)

    enum Outcome: Hashable, Sendable {
        case printed([UInt8])
        case unreachable(reason: String)
    }

    private let script: RemoteScript
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
    private var retries = 0
    private var hash: [UInt8]?

    /// `completion` runs on the loop, once, within `timeout`.
    static func run(
        _ script: RemoteScript,
        at address: ResolvedAddress,
        about attribution: Attribution,
        _ services: Services,
        completion: @escaping (Outcome) -> Void
    ) {
        RemoteTask(script, address, attribution, services, completion).start()
    }

    private init(
        _ script: RemoteScript,
        _ address: ResolvedAddress,
        _ attribution: Attribution,
        _ services: Services,
        _ completion: @escaping (Outcome) -> Void
    ) {
        self.script = script
        self.address = address
        self.attribution = attribution
        self.services = services
        self.completion = completion
        pins = TargetPins(of: address.target, at: .now())
        machine = PerformingMachine(login: address.login.name, pinnedKeys: pins.blobs)
    }

    private func start() {
        // Strong on purpose: the task lives until its time is over or it is done.
        timer = services.reactor.after(Self.timeout) {
            self.finish(.unreachable(reason: "timeout"))
        }
        attempt()
    }

    private func attempt() {
        let target = address.target.address
        dial = Dial(
            host: target.host.description,
            port: target.port,
            within: Self.dialTimeout,
            on: services.reactor,
            lookups: services.work
        ) { [weak self] outcome in
            guard let self else { return }
            dial = nil
            switch outcome {
            case .connected(let connected): takeProcess(connected)
            case .failed(let reason): retry(reason)
            }
        }
    }

    private func takeProcess(_ connected: Dial.Connected) {
        self.connected = connected
        let isTaken = services.spares.take { [weak self] process in
            guard let self, completion != nil else { return process.kill() }
            perform(process, connected)
        }
        if !isTaken { finish(.unreachable(reason: "no session process is to be had")) }
    }

    private func perform(_ process: ChildProcess, _ connected: Dial.Connected) {
        self.process = process
        machine = PerformingMachine(login: address.login.name, pinnedKeys: pins.blobs)
        process.received = { [weak self] message in self?.received(message) }
        process.fellSilent = { [weak self] _ in self?.retry("its process closed its socket") }
        process.ended = { [weak self] end in self?.retry("its process \(end)") }
        let limits = services.snapshot.settings.limits
        let order = TransportOrder(
            login: address.login.name,
            hostKeyAlgorithms: pins.algorithms,
            rekeyBytes: limits.rekeyBytes,
            rekeySeconds: limits.rekeyInterval.clampedSeconds,
            keepaliveSeconds: limits.keepalive.clampedSeconds,
            setupSeconds: Self.timeout.clampedSeconds
        )
        send(.perform(order), [connected.socket])
    }

    private func send(_ order: SessionOrder, _ descriptors: [Descriptor] = []) {
        do throws(SocketError) {
            try process?.send(order.encoded(), descriptors)
        } catch {
            retry(error.description)
        }
    }

    private func received(_ message: MessageSocket.Received) {
        let action = machine.received(
            message.bytes,
            descriptors: message.descriptors.count,
            isUsedExchangeHash: { [services] in services.liveTransports.contains($0) }
        )
        switch action {
        case .issue: issue()
        case .order(let order): send(order)
        case .performed(_, let output): finish(.printed(output))
        case .lost(let phase, let reason): lost(phase, reason)
        case .kill(let lie):
            services.auditor.note(
                .protocolViolation(AuditEvent.ProtocolViolation(detail: "\(lie)")),
                about: attribution
            )
            finish(.unreachable(reason: "its process lied: \(lie)"))
        case nil: break
        }
    }

    private func issue() {
        guard let connected, let hash = machine.exchangeHash else { return }
        self.hash = hash
        services.liveTransports.insert(hash)
        let command: [UInt8]
        do throws(WrappingError) {
            command = try CommandWrapping.exec(
                Array(script.text.utf8),
                environment: [],
                on: address.target
            )
        } catch {
            return finish(.unreachable(reason: error.description))
        }
        let terms = CertificateTerms(
            attribution: attribution,
            target: address.target,
            login: address.login,
            decision: nil,
            forceCommand: command,
            permitsTerminal: false,
            localAddress: connected.local,
            purpose: .termination
        )
        services.mint.issue(terms) { [weak self] result in
            guard let self, completion != nil, machine.exchangeHash == hash else { return }
            switch result {
            case .failure(let error): finish(.unreachable(reason: error.description))
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

    /// A target that refuses our certificate is not asked again: its sshd counts that, too.
    private func lost(_ phase: OutboundPhase, _ reason: String) {
        switch phase {
        case .keyExchange: retry(reason)
        case .authentication:
            _ = services.breaker.authenticationFailed(
                at: address.target.name.name,
                Services.milliseconds()
            )
            finish(.unreachable(reason: reason))
        case .channel: finish(.unreachable(reason: reason))
        }
    }

    private func retry(_ reason: String) {
        guard completion != nil else { return }
        endAttempt()
        guard retries < Self.maximumRetries else { return finish(.unreachable(reason: reason)) }
        retries += 1
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

    private func finish(_ outcome: Outcome) {
        let completion = self.completion
        self.completion = nil
        if let timer { services.reactor.cancel(timer) }
        endAttempt()
        completion?(outcome)
    }
}
