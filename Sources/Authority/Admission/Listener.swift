import Glibc
import Logging
import MessageSockets

/// One address that clients connect to.
final class Listener {
    /// LIMIT: connections accepted in a row, so that the others have their turn.
    static let acceptedInARow = 32
    /// LIMIT: the pause when there are no descriptors; the kernel keeps who waits.
    static let pause = Duration.milliseconds(200)

    let address: SocketAddress
    private let socket: Descriptor
    private let reactor: Reactor
    private let logger: Logger
    private let accept: (Descriptor) throws(SocketError) -> Descriptor?
    private let accepted: (Descriptor, Listener) -> Void
    private var watch: Reactor.Watch?

    init(
        at wanted: SocketAddress,
        on reactor: Reactor,
        logger: Logger,
        accept: @escaping (Descriptor) throws(SocketError) -> Descriptor? = TCPSocket.accepted,
        accepted: @escaping (Descriptor, Listener) -> Void
    ) throws(SocketError) {
        socket = try TCPSocket.listening(at: wanted)
        // With port 0 the kernel chose one.
        address = SocketAddress.local(of: socket.raw) ?? wanted
        self.reactor = reactor
        self.logger = logger
        self.accept = accept
        self.accepted = accepted
    }

    func start() throws(SocketError) {
        watch = try reactor.watch(socket.raw, for: .readable) { [weak self] _ in
            self?.acceptWaiting()
        }
    }

    func stop() {
        if let watch { reactor.forget(watch) }
        watch = nil
    }

    private func acceptWaiting() {
        for _ in 0..<Self.acceptedInARow {
            guard watch != nil else { return }
            do throws(SocketError) {
                guard let connection = try accept(socket) else { return }
                accepted(connection, self)
            } catch {
                logger.error("accepting failed", metadata: ["reason": "\(error)"])
                return takeBreath()
            }
        }
    }

    private func takeBreath() {
        stop()
        _ = reactor.after(Self.pause) { [weak self] in
            guard let self else { return }
            do throws(SocketError) {
                try start()
            } catch {
                logger.critical("listening failed", metadata: ["reason": "\(error)"])
            }
        }
    }
}
