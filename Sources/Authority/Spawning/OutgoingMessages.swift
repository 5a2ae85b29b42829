import Glibc
import MessageSockets

/// Messages that a process has not made room for yet.
///
/// Sending never blocks: a process that does not read must not stop the authority. What does not fit
/// the socket waits here, in order, up to a limit; beyond it the process is taken for dead.
final class OutgoingMessages {
    /// LIMIT: an honest process is at most a few sessions behind, with a certificate each.
    static let maximumWaitingBytes = 16 * 1024 * 1024
    static let maximumWaitingMessages = 1024

    private struct Message {
        let bytes: [UInt8]
        let descriptors: [Descriptor]
    }

    private let socket: MessageSocket
    private let reactor: Reactor
    private var waiting: [Message] = []
    private var waitingBytes = 0
    /// The same socket under another number, because it is watched for reading already.
    private var room: (descriptor: Descriptor, watch: Reactor.Watch)?

    var isEmpty: Bool { waiting.isEmpty }

    init(to socket: MessageSocket, on reactor: Reactor) {
        self.socket = socket
        self.reactor = reactor
    }

    /// Sends a message now, or as soon as there is room for it.
    func send(_ bytes: [UInt8], _ descriptors: [Descriptor]) throws(SocketError) {
        if waiting.isEmpty, try fits(bytes, descriptors) { return }
        guard waiting.count < Self.maximumWaitingMessages,
            waitingBytes + bytes.count <= Self.maximumWaitingBytes
        else { throw SocketError(call: "sendmsg", code: EAGAIN) }
        waiting.append(Message(bytes: bytes, descriptors: descriptors))
        waitingBytes += bytes.count
        try awaitRoom()
    }

    /// Forgets everything that waits.
    func cancel() {
        waiting.removeAll()
        waitingBytes = 0
        if let room { reactor.forget(room.watch) }
        room = nil
    }

    private func fits(_ bytes: [UInt8], _ descriptors: [Descriptor]) throws(SocketError) -> Bool {
        do throws(SocketError) {
            try socket.send(bytes, descriptors)
            return true
        } catch {
            guard error.code == EAGAIN else { throw error }
            return false
        }
    }

    private func awaitRoom() throws(SocketError) {
        guard room == nil else { return }
        let descriptor = try Descriptor(duplicating: socket.raw)
        let watch = try reactor.watch(descriptor.raw, for: .writable) { [weak self] _ in
            self?.flush()
        }
        room = (descriptor, watch)
    }

    private func flush() {
        while let message = waiting.first {
            do throws(SocketError) {
                guard try fits(message.bytes, message.descriptors) else { return }
            } catch {
                // Its socket is closed, which whoever reads from it is about to learn.
                return cancel()
            }
            waiting.removeFirst()
            waitingBytes -= message.bytes.count
        }
        cancel()
    }
}
