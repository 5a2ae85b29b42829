import Glibc
import Logging
import MessageSockets

/// The Unix socket that administrators talk to.
final class AdminServer {
    private let place: AdminSocketPlace
    private let socket: Descriptor
    private let reactor: Reactor
    private let logger: Logger
    private let identify: (Descriptor) -> UInt32?
    private let admits: (UInt32) -> Bool
    private let handle: (AdminRequest, AdminClientConnection) -> Void
    private var watch: Reactor.Watch?
    private var clients: [(user: UInt32, connection: AdminClientConnection)] = []
    private var strangers = 0
    private var strangerTimer: Reactor.TimerID?

    /// `identify` says which Unix user is at the other end, and `admits` whether that one may ask
    /// anything at all.
    init(
        at place: AdminSocketPlace,
        taking inherited: Descriptor? = nil,
        on reactor: Reactor,
        logger: Logger,
        identify: @escaping (Descriptor) -> UInt32? = UnixSocket.userID,
        admits: @escaping (UInt32) -> Bool,
        handle: @escaping (AdminRequest, AdminClientConnection) -> Void
    ) throws(SocketError) {
        self.place = place
        self.reactor = reactor
        self.logger = logger
        self.identify = identify
        self.admits = admits
        self.handle = handle
        if let inherited {
            socket = inherited
            return
        }
        socket = try UnixSocket.made(nonBlocking: true)
        try place.prepare()
        // Made with the final mode: there is no moment in which others may connect.
        let mask = umask(~place.mode & 0o777)
        defer { umask(mask) }
        try UnixSocket.bind(socket, to: place.path)
        guard listen(socket.raw, CInt(AdminLimits.clients)) == 0 else {
            throw SocketError(call: "listen")
        }
    }

    var handed: HandedAdminSocket { HandedAdminSocket(descriptor: socket.raw, path: place.path) }

    func start() throws(SocketError) {
        watch = try reactor.watch(socket.raw, for: .readable) { [weak self] _ in self?.accept() }
    }

    func stop() {
        if let watch { reactor.forget(watch) }
        watch = nil
        if let strangerTimer { reactor.cancel(strangerTimer) }
        for client in clients { client.connection.close() }
        _ = unsafe unlink(place.path)
    }

    private func accept() {
        do throws(SocketError) {
            guard let connection = try TCPSocket.accepted(from: socket),
                // Nobody is there any more.
                let user = identify(connection)
            else { return }
            // Not a byte of a stranger's is read, and none takes anybody's place.
            guard admits(user) else { return refuse(user, connection) }
            guard clients.count < AdminLimits.clients,
                clients.count(where: { $0.user == user }) < AdminLimits.clientsOfOneUser
            else { return Self.say("too many ask at once: try again", on: connection) }
            let client = AdminClientConnection(connection, on: reactor, handle: handle) {
                [weak self] client in
                self?.clients.removeAll { $0.connection === client }
            }
            try client.start()
            clients.append((user, client))
        } catch {
            logger.error("the admin socket failed", metadata: ["reason": "\(error)"])
        }
    }

    /// Closed at once, by falling out of scope; said once in a while, so that nobody fills the log.
    private func refuse(_ user: UInt32, _ connection: Descriptor) {
        Self.say(Administration.stranger(user), on: connection)
        strangers += 1
        guard strangerTimer == nil else { return }
        logger.warning("a stranger asked", metadata: ["uid": "\(user)"])
        strangerTimer = reactor.after(AdminLimits.strangerPause) { [weak self] in
            guard let self else { return }
            strangerTimer = nil
            if strangers > 1 {
                logger.warning("strangers asked", metadata: ["count": "\(strangers)"])
            }
            strangers = 0
        }
    }

    /// One line that fits any socket; whether it arrives does not matter.
    private static func say(_ error: String, on connection: Descriptor) {
        let line = AdminCoding.line(AdminAnswer(error: error))
        _ = unsafe send(connection.raw, line, line.count, CInt(MSG_NOSIGNAL | MSG_DONTWAIT))
    }
}
