import Glibc
import MessageSockets
import SSH
import SessionProtocol

/// Serves one client: one connection, one thread, one poll loop.
///
/// A turn of the loop: read the authority's orders, then the client's requests, then collect what
/// both sides of each session sent and record it, sync, and only then forward.
final class ConnectionProcess {
    enum Phase: Equatable {
        case exchangingKeys
        case signingIn
        case signedIn
        case ended
    }

    let order: ServeOrder
    let link: AuthorityLink
    let seam: CryptoSeam
    let loop: EventLoop
    let context: RelayContext
    let client: InboundConnection
    private let socket: Descriptor
    private let clock: () -> UInt64
    private let linkWatch: EventLoop.Watched
    private let agentRequests = AgentRequests()

    var phase = Phase.exchangingKeys
    var signIn: SignInMachine
    /// The attempt that waits for the authority's answer.
    var waitingAttempt: PendingMessage?
    /// What came while an attempt waits: its answer may change what is permitted.
    private var backlog: [InboundMessage] = []
    var sessions: [RelaySession] = []
    var nextNumber: UInt32 = 1
    private var signInDeadline: UInt64
    private var keepalive: KeepaliveMachine
    private var lastActivity: UInt64

    init(
        _ order: ServeOrder,
        socket: Descriptor,
        link: AuthorityLink,
        seam: CryptoSeam,
        clock: @escaping () -> UInt64 = Clock.nanoseconds
    ) throws {
        let now = clock()
        self.clock = clock
        self.order = order
        self.link = link
        self.seam = seam
        self.socket = socket
        loop = try EventLoop()
        context = RelayContext(link: link, seam: seam, loop: loop)
        signIn = SignInMachine(maximumTries: order.signInTries)
        signInDeadline = now + Clock.seconds(order.loginGraceSeconds)
        keepalive = KeepaliveMachine(seconds: order.keepaliveSeconds, now: now)
        lastActivity = now
        try SocketTuning.prepare(socket, keepaliveSeconds: order.keepaliveSeconds)
        let copy = try socket.duplicated()
        client = try InboundConnection(
            adopting: copy.surrender(),
            hostKey: order.hostKey,
            rekeyBytes: order.rekeyBytes,
            rekeySeconds: order.rekeySeconds,
            in: loop
        )
        linkWatch = try loop.watch(link.descriptor)
        agentRequests.install()
        seam.stopsAtFailure = true
    }

    /// LIMIT: packets of a client that has not signed in, those included that are no message.
    ///
    /// Of some libssh answers by itself, or not at all. As many as a sign-in with the most tries needs
    /// several times over.
    static let maximumPacketsBeforeSignIn = 256
    /// LIMIT: how long the last bytes for a client may take to leave.
    ///
    /// The authority kills a process that it told to end after `InboundConnection.endGrace`, 700 ms.
    static let lingerNanoseconds: UInt64 = 500_000_000
    /// LIMIT: how long the loop sleeps, so that a deadline within libssh's calls is seen.
    static let longestPauseMilliseconds: UInt64 = 1000

    /// Serves until the client, the authority or a limit ends it.
    func run() throws(LinkError) {
        do throws(LinkError) {
            while phase != .ended {
                try turn(now: clock())
            }
        } catch {
            orphaned()
            throw error
        }
    }

    func turn(now: UInt64) throws(LinkError) {
        while let received = try link.receive() { try obey(received, now: now) }
        guard phase != .ended else { return }
        try listen(now: now)
        guard phase != .ended else { return }
        for session in sessions { try session.collect(now: now) }
        for session in sessions { try session.flush(now: now) }
        for session in sessions { session.forward(now: now) }
        removeClosedSessions()
        try watchTime(now: now)
        guard phase != .ended, try !link.hasWaiting() else { return }
        if isSettingUp { SocketTuning.acknowledgeQuickly(socket) }
        loop.poll(milliseconds: pause(now: now))
        _ = linkWatch.takeReadable()
    }

    private var isSettingUp: Bool {
        phase != .signedIn || sessions.contains { !$0.isRunning }
    }

    private func removeClosedSessions() {
        for session in sessions where session.isClosed {
            client.release(session.client)
        }
        sessions.removeAll { $0.isClosed }
    }

    /// How long nothing needs to happen.
    func pause(now: UInt64) -> Int32 {
        if sessions.contains(where: \.hasMoreToCollect) { return 0 }
        if sessions.contains(where: \.waitsForPause) { return 100 }
        let deadline = phase == .signedIn ? keepalive.deadline : signInDeadline
        let milliseconds = deadline > now ? (deadline - now) / 1_000_000 + 1 : 0
        return Int32(clamping: min(milliseconds, Self.longestPauseMilliseconds))
    }

    private func listen(now: UInt64) throws(LinkError) {
        switch phase {
        case .exchangingKeys:
            guard try exchangeKeys() else {
                try watchSignIn()
                return try watchClient()
            }
            phase = .signingIn
        case .signingIn, .signedIn: break
        case .ended: return
        }
        try handleBacklog(now: now)
        while phase != .ended, let message = client.nextMessage() {
            lastActivity = now
            guard signIn.takesMessage() else {
                return try cutOff("it sends too many messages before it signs in")
            }
            backlog.append(message)
            try handleBacklog(now: now)
        }
        if phase == .signingIn { try watchSignIn() }
        guard phase != .ended else { return }
        client.freeReleasedChannels()
        for _ in 0..<agentRequests.take() {
            try context.notices.send(.agentForwardRefused, "", on: link)
        }
        try watchClient()
        guard phase != .ended, !client.isConnected else { return }
        try end(phase == .signedIn ? .clientClosed : .notSignedIn, client.endReason)
    }

    private func watchClient() throws(LinkError) {
        guard phase != .ended, let misbehaviour = client.misbehaviour else { return }
        try cutOff(misbehaviour)
    }

    /// Bounds what a client does of which no message tells.
    private func watchSignIn() throws(LinkError) {
        try countFailedSignatures()
        guard phase != .ended, client.receivedPackets > Self.maximumPacketsBeforeSignIn else {
            return
        }
        try cutOff("it sends too many packets before it signs in")
    }

    private func handleBacklog(now: UInt64) throws(LinkError) {
        while waitingAttempt == nil, phase != .ended, !backlog.isEmpty {
            try handle(backlog.removeFirst(), now: now)
        }
    }

    /// Ends the connection of a client that does what no client does.
    private func cutOff(_ misbehaviour: String) throws(LinkError) {
        client.disconnect("sallyport: the connection is ended: \(misbehaviour)")
        try end(phase == .signedIn ? .transportFailed : .notSignedIn, misbehaviour)
    }

    /// Whether the first key exchange is done.
    private func exchangeKeys() throws(LinkError) -> Bool {
        let failure: String
        do throws(SSHError) {
            if try client.exchangeKeys() { return true }
            if client.isConnected { return false }
            failure = client.endReason
        } catch {
            failure = "\(error)"
        }
        try end(.keyExchangeFailed, failure)
        return false
    }

    private func watchTime(now: UInt64) throws(LinkError) {
        guard phase != .ended else { return }
        if phase != .signedIn, now >= signInDeadline {
            try context.notices.send(.loginGraceExceeded, "", on: link)
            let reason = "no sign-in in time (`limits.login-grace`)"
            disconnectWithReason("sallyport: \(reason)")
            return try end(.notSignedIn, reason)
        }
        for session in sessions { lastActivity = max(lastActivity, session.lastActivity) }
        if order.idleSeconds > 0, now >= lastActivity + Clock.seconds(order.idleSeconds) {
            let reason = "the connection was idle for too long (`limits.idle-timeout`)"
            client.disconnect("sallyport: \(reason)")
            return try end(.idle, reason)
        }
        for session in sessions {
            try session.watchTarget(now: now)
            try session.watchIdleness(order.sessionIdleSeconds, now: now)
        }
        guard phase == .signedIn else { return }
        switch keepalive.passed(to: now, receivedPackets: client.receivedPackets) {
        case .wait: break
        case .send: client.sendKeepalive()
        case .giveUp:
            client.disconnect("sallyport: the client is gone: \(KeepaliveMachine.silence)")
            try end(.clientSilent, "")
        }
    }

    /// Ends the connection and tells the authority why.
    func end(_ cause: ConnectionEndCause, _ detail: String) throws(LinkError) {
        guard phase != .ended else { return }
        phase = .ended
        let now = clock()
        let sessionCause: SessionEndCause = cause == .clientSilent ? .clientSilent : .clientClosed
        for session in sessions {
            try session.connectionLost(sessionCause, now: now)
            client.release(session.client)
        }
        sessions.removeAll()
        try link.send(.connectionEnded(cause, detail: (detail + context.notices.rest).clippedProse))
    }

    /// Tells every session and the client why all ends, and lets the last bytes leave.
    func endByOrder(_ text: String, now: UInt64) throws(LinkError) {
        for session in sessions { try session.end(.terminated, text: text, now: now) }
        linger(now: now)
        client.disconnect(text.clippedProse)
        try end(.terminated, text)
    }

    /// The authority is gone, or cannot be understood: nobody is left to decide, sign and be told.
    private func orphaned() {
        guard phase != .ended else { return }
        loop.forget(linkWatch)
        let now = clock()
        let text = "sallyport: the bastion has stopped"
        for session in sessions { session.orphaned(text + "\n", now: now) }
        linger(now: now)
        client.disconnect(text)
    }

    /// Tells a client that signs in why its connection ends.
    ///
    /// libssh writes once without waiting and closes the socket then: what it wrote before must have
    /// left, or the reason never does.
    func disconnectWithReason(_ text: String) {
        linger(now: clock())
        client.disconnect(text)
    }

    /// Lets the last bytes leave.
    private func linger(now: UInt64) {
        let deadline = now + Self.lingerNanoseconds
        while sessions.contains(where: { !$0.isClosed }) || client.hasUnsentBytes {
            let now = clock()
            guard now < deadline, client.isConnected else { break }
            for session in sessions { session.forward(now: now) }
            if sessions.allSatisfy(\.isClosed), !client.hasUnsentBytes { break }
            loop.poll(milliseconds: 20)
        }
    }
}
