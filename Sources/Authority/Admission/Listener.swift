import Glibc
import Logging
import MessageSockets

/// One address that clients connect to.
final class Listener {
    /// LIMIT: connections accepted in a row, so that the others have their turn.
    static let acceptedInARow = 32
    /// LIMIT: the pause when there are no descriptors; the kernel keeps who waits.
    static let pause = Duration.milliseconds(200)

    /// As it was asked for.
    let wanted: SocketAddress
    let address: SocketAddress
    private let socket: Descriptor
    private let reactor: Reactor
    private let logger: Logger
    private let accept: (Descriptor) throws(SocketError) -> Descriptor?
    private let accepted: (Descriptor, Listener) -> Void
    private var watch: Reactor.Watch?
    /// Whether it is to accept, now or after a pause.
    private var isOpen = false

    init(
        at wanted: SocketAddress,
        taking inherited: Descriptor? = nil,
        on reactor: Reactor,
        logger: Logger,
        accept: @escaping (Descriptor) throws(SocketError) -> Descriptor? = TCPSocket.accepted,
        accepted: @escaping (Descriptor, Listener) -> Void
    ) throws(SocketError) {
        if let inherited {
            socket = inherited
        } else {
            socket = try TCPSocket.listening(at: wanted)
        }
        self.wanted = wanted
        // With port 0 the kernel chose one.
        address = SocketAddress.local(of: socket.raw) ?? wanted
        self.reactor = reactor
        self.logger = logger
        self.accept = accept
        self.accepted = accepted
    }

    var handed: HandedListener { HandedListener(descriptor: socket.raw, wanted: wanted) }

    func start() throws(SocketError) {
        isOpen = true
        guard watch == nil else { return }
        watch = try reactor.watch(socket.raw, for: .readable) { [weak self] _ in
            self?.acceptWaiting()
        }
    }

    /// Accepts nobody; the kernel keeps who comes, up to a number.
    func stop() {
        isOpen = false
        rest()
    }

    private func rest() {
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
        rest()
        _ = reactor.after(Self.pause) { [weak self] in
            guard let self, isOpen else { return }
            do throws(SocketError) {
                try start()
            } catch {
                logger.critical("listening failed", metadata: ["reason": "\(error)"])
            }
        }
    }
}
