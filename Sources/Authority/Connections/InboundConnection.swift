import AuditTrail
import Logging
import MessageSockets
import PolicyEngine
import SSHWire
import SessionProtocol

/// One client: the process that serves it, what that process may do, and the sessions.
final class InboundConnection {
    /// LIMIT: how long a process has to end what it was told to end, before it is killed.
    ///
    /// More than it gives the last bytes for a client, `ConnectionProcess.lingerNanoseconds`.
    static let endGrace = Duration.milliseconds(700)
    /// LIMIT: how much longer than the client's login grace the process itself is waited for.
    static let signInGrace = Duration.seconds(5)
    /// LIMIT: from the process's last word to its exit.
    static let exitGrace = Duration.seconds(2)

    let id: String
    let peer: SocketAddress
    let services: Services
    var logger: Logger
    var machine: ConnectionMachine
    private(set) var sessions: [SessionNumber: ServedSession] = [:]
    let process: ChildProcess
    var signInTimer: Reactor.TimerID?
    /// There while the process still has time to end.
    var graceTimer: Reactor.TimerID?
    /// What the process, or the authority, said of the end; the first word counts.
    var ending: AuditEvent.ConnectionEnded?
    var isProcessGone = false
    var isDone = false
    var isDraining = false
    /// When the client signed in, which is when its certificate had to be valid.
    var signInMoment: Timestamp?

    /// Called once, when somebody has signed in.
    var signedIn: (() -> Void)?
    /// Called once, when the process is gone and every session is recorded as ended.
    var done: (() -> Void)?

    var timeLimitTimer: Reactor.TimerID?
    private(set) var timeLimit: HandedConnection.TimeLimit?
    /// Signatures of the host key that are on their way.
    var signatures = 0
    /// What its process says and nobody acts on yet; nil where everything is acted on.
    var held: HeldMessages?
    /// Whom it is counted for, among the connections of a principal.
    var countedFor: PrincipalName?
    /// How long we kept it waiting.
    var delays = OwnDelays()
    /// How it came to nothing where the client is to blame and nobody signed in.
    var failure: SourcePenalties.Failure?

    var isSignedIn: Bool { machine.identity != nil }
    var identity: Identity? { machine.identity }

    convenience init?(
        id: String,
        peer: SocketAddress,
        process: ChildProcess,
        services: Services
    ) {
        let address: SSHWire.IPAddress
        do { address = try SSHWire.IPAddress(parsing: peer.host) } catch { return nil }
        let limits = services.snapshot.settings.limits
        let machine = ConnectionMachine(
            peer: address,
            signInTries: limits.signInTries,
            sessionsAtOnce: limits.sessionsPerConnection
        )
        self.init(id: id, peer: peer, process: process, services: services, machine: machine)
    }

    init(
        id: String,
        peer: SocketAddress,
        process: ChildProcess,
        services: Services,
        machine: ConnectionMachine
    ) {
        self.id = id
        self.peer = peer
        self.process = process
        self.services = services
        self.machine = machine
        logger = services.logger
        logger[metadataKey: "connection.id"] = "\(id)"
    }

    var attribution: Attribution {
        Attribution(
            connection: id,
            principal: identity?.principal.name.description,
            onBehalfOf: identity?.principal.owner?.description
        )
    }

    /// Hands the client's socket to the process.
    func start(_ client: Descriptor) {
        listen()
        let limits = services.snapshot.settings.limits
        let order = ServeOrder(connection: id, hostKey: services.hostKeyBytes, limits)
        send(.serve(order), [client])
        if let limit = limits.connectionTimeLimit {
            watch(
                HandedConnection.TimeLimit(
                    endsAt: services.reactor.instant(after: limit),
                    seconds: limit.components.seconds
                )
            )
        }
        signInTimer = services.reactor.after(limits.loginGrace + Self.signInGrace) { [weak self] in
            self?.signInTookTooLong()
        }
    }

    /// Hears what its process says.
    func listen() {
        process.received = { [weak self] message in self?.received(message) }
        process.fellSilent = { [weak self] error in self?.fellSilent(error) }
        process.ended = { [weak self] end in self?.processEnded(end) }
    }

    /// It lasts for so long at most.
    func watch(_ limit: HandedConnection.TimeLimit) {
        timeLimit = limit
        timeLimitTimer = services.reactor.at(limit.endsAt) { [weak self] in
            self?.timeLimitTimer = nil
            let lasted = ClientText.lasted(.seconds(limit.seconds))
            self?.end(.timeLimit, by: .connectionTimeLimit, lasted)
        }
    }

    /// The process should have ended it before, and may be owned.
    private func signInTookTooLong() {
        signInTimer = nil
        exceededGrace()
        end(.notSignedIn, by: .loginGrace, "signing in took too long")
    }

    // MARK: What the process says

    private func received(_ message: MessageSocket.Received) {
        let descriptors = message.descriptors.count
        switch held?.keep(message.bytes, descriptors: descriptors) {
        case .act, nil: act(on: message.bytes, descriptors: descriptors)
        case .kept: break
        case .full: end(.drained, Upgrade.reason)
        }
    }

    func act(on message: some Sequence<UInt8>, descriptors: Int = 0) {
        perform(machine.received(message, descriptors: descriptors, context()))
    }

    private func context() -> MessageContext {
        let setup = services.snapshot.settings.limits.setupTimeout
        return MessageContext(
            identification: services.identification,
            moment: Timestamp.now(),
            monotonicMilliseconds: Services.milliseconds(),
            setupMilliseconds: UInt64(setup.components.seconds) * 1000,
            jitter: Randomness.number(),
            isUsedExchangeHash: { [services] in services.liveTransports.contains($0) }
        )
    }

    func perform(_ actions: [ConnectionAction]) {
        for action in actions { perform(action) }
    }

    private func perform(_ action: ConnectionAction) {
        switch action {
        case .order(let order): send(order)
        case .signExchangeHash(let hash): sign(hash)
        case .recordSignIn(let identity, let userName): recordSignIn(identity, userName)
        case .recordRefusedSignIn(let error, let userName, let fingerprint):
            refusedSignIn(error, userName, fingerprint)
        case .note(let notice): services.auditor.note(.notice(notice), about: attribution)
        case .count(let limit):
            if limit == .loginGrace { exceededGrace() }
            services.limitCounts.count(limit)
        case .open(let opening): open(opening)
        case .refuse(let number, let refusal): sessions[number]?.refuse(refusal)
        case .issue(let number, let admitted): sessions[number]?.proved(admitted)
        case .refuseHostKey(let number, let admitted, let fingerprint):
            sessions[number]?.refuseHostKey(admitted, fingerprint: fingerprint)
        case .lost(let number, let phase, let reason, let action):
            sessions[number]?.lost(phase, reason, action)
        case .started(let number): sessions[number]?.started()
        case .signal(let number, let name):
            // An errand to the target, again and again, would keep everybody waiting.
            guard held == nil else { break }
            sessions[number]?.signal(name)
        case .sessionEnded(let report): sessions[report.number]?.reported(report)
        case .connectionEnded(let cause, let detail): reportedEnd(cause, detail)
        case .endUnrecorded: end(.notSignedIn, ClientText.cannotRecordSignIn)
        case .limitReached(let reason):
            blame()
            end(.refused, reason)
        case .kill(let lie): kill(lie)
        }
    }

    /// Sends an order; a process that does not take it is of no use any more.
    func send(_ order: SessionOrder, _ descriptors: [Descriptor] = []) {
        if case .userAuthenticationSignature(let number, _) = order {
            sessions[number]?.signedIn()
        }
        do throws(SocketError) {
            try process.send(order.encoded(), descriptors)
        } catch {
            guard !isProcessGone else { return }
            logger.notice("a session process takes no orders", metadata: ["reason": "\(error)"])
            process.dismiss()
        }
    }

    // MARK: Sessions

    private func open(_ opening: SessionOpening) {
        guard let identity, let userName = machine.userName else { return }
        let settings = services.snapshot.settings
        let plan = SessionPlan(
            opening,
            connection: id,
            session: Identifier.session(random: Randomness.number()),
            userName: userName,
            from: peer.host,
            identity: identity,
            in: services.snapshot.inventory,
            allowing: settings.clientEnvironment
        )
        let session = ServedSession(plan, of: self)
        sessions[opening.number] = session
        session.begin()
    }

    /// A session of another release goes on.
    func resumed(_ session: ServedSession) { sessions[session.number] = session }

    /// Changes a session of the machine; nil where the process has reported its end.
    func update<Result>(
        _ number: SessionNumber,
        _ change: (inout SessionMachine) -> Result
    ) -> Result? {
        machine.update(number, change)
    }

    func proven(of number: SessionNumber) -> TransportMachine.Proven? {
        machine.sessions[number]?.proven
    }

    /// A session is over and recorded.
    func finished(_ session: ServedSession) {
        if sessions[session.number] === session { sessions[session.number] = nil }
        if isDraining { endIfIdle() }
        finishIfDone()
    }
}
