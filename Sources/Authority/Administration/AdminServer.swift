import Glibc
import Logging
import MessageSockets

/// The Unix socket that administrators talk to.
final class AdminServer {
    private let path: String
    private let socket: Descriptor
    private let reactor: Reactor
    private let logger: Logger
    private let handle: (AdminRequest, AdminClientConnection) -> Void
    private var watch: Reactor.Watch?
    private var clients: [AdminClientConnection] = []

    init(
        at path: String,
        on reactor: Reactor,
        logger: Logger,
        handle: @escaping (AdminRequest, AdminClientConnection) -> Void
    ) throws(SocketError) {
        self.path = path
        self.reactor = reactor
        self.logger = logger
        self.handle = handle
        socket = try UnixSocket.made(nonBlocking: true)
        // What is there is of an authority that is gone: the audit trail lets only one serve.
        _ = unsafe unlink(path)
        // Made with the final mode: there is no moment in which others may connect.
        let mask = umask(0o177)
        defer { umask(mask) }
        try UnixSocket.bind(socket, to: path)
        guard listen(socket.raw, CInt(AdminLimits.clients)) == 0 else {
            throw SocketError(call: "listen")
        }
    }

    func start() throws(SocketError) {
        watch = try reactor.watch(socket.raw, for: .readable) { [weak self] _ in self?.accept() }
    }

    func stop() {
        if let watch { reactor.forget(watch) }
        watch = nil
        for client in clients { client.close() }
        _ = unsafe unlink(path)
    }

    private func accept() {
        do throws(SocketError) {
            guard let connection = try TCPSocket.accepted(from: socket) else { return }
            // Beyond the limit it is closed at once, by falling out of scope.
            guard clients.count < AdminLimits.clients else { return }
            let client = AdminClientConnection(connection, on: reactor, handle: handle) {
                [weak self] client in
                self?.clients.removeAll { $0 === client }
            }
            clients.append(client)
            try client.start()
        } catch {
            logger.error("the admin socket failed", metadata: ["reason": "\(error)"])
        }
    }
}
