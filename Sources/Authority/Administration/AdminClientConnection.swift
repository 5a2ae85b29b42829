import CSystem
package import Foundation
import Glibc
import Logging
import MessageSockets

/// One client of the admin socket: a request, its answer, the next request.
final class AdminClientConnection {
    private let socket: Descriptor
    private let reactor: Reactor
    private let handle: (AdminRequest, AdminClientConnection) -> Void
    private let closed: (AdminClientConnection) -> Void
    private var watch: Reactor.Watch?
    private var timer: Reactor.TimerID?
    private var incoming: [UInt8] = []
    private var outgoing: [UInt8] = []
    private var sent = 0
    /// Goes with the first byte of the answer.
    private var descriptor: Descriptor?
    private var isAnswering = false
    /// Whether `handleWaiting` is on the stack already, so that it goes on when it comes back to it.
    private var isHandling = false

    init(
        _ socket: Descriptor,
        on reactor: Reactor,
        handle: @escaping (AdminRequest, AdminClientConnection) -> Void,
        closed: @escaping (AdminClientConnection) -> Void
    ) {
        self.socket = socket
        self.reactor = reactor
        self.handle = handle
        self.closed = closed
    }

    /// The Unix user at the other end.
    func userID() -> UInt32? { UnixSocket.userID(of: socket) }

    func start() throws(SocketError) {
        watch = try reactor.watch(socket.raw, for: .readable) { [weak self] _ in self?.moved() }
        restartTimer()
    }

    /// Answers the request that is being handled.
    func answer(_ answer: AdminAnswer, _ descriptor: Descriptor? = nil) {
        send(AdminCoding.line(answer), descriptor)
    }

    /// The same with an answer that is encoded already.
    func send(_ line: [UInt8], _ descriptor: Descriptor? = nil) {
        guard watch != nil else { return }
        isAnswering = false
        self.descriptor = descriptor
        outgoing = line
        sent = 0
        restartTimer()
        write()
    }

    func close() {
        guard let watch else { return }
        reactor.forget(watch)
        self.watch = nil
        if let timer { reactor.cancel(timer) }
        timer = nil
        closed(self)
    }

    private func restartTimer() {
        if let timer { reactor.cancel(timer) }
        timer = reactor.after(AdminLimits.idleTimeout) { [weak self] in
            self?.timer = nil
            self?.close()
        }
    }

    private func moved() {
        if outgoing.isEmpty { read() } else { write() }
    }

    private func read() {
        var chunk = [UInt8](repeating: 0, count: 4096)
        while watch != nil {
            let count = unsafe Glibc.read(socket.raw, &chunk, chunk.count)
            guard count > 0 else {
                if count == 0 || (errno != EAGAIN && errno != EINTR) { close() }
                return
            }
            incoming += chunk.prefix(count)
            guard incoming.count <= AdminLimits.requestBytes else { return close() }
            handleWaiting()
        }
    }

    /// One request at a time: the next line waits for the answer to this one.
    ///
    /// A loop, because an answer that is given and sent at once leads back here.
    private func handleWaiting() {
        guard !isHandling else { return }
        isHandling = true
        defer { isHandling = false }
        while watch != nil, !isAnswering, outgoing.isEmpty,
            let end = incoming.firstIndex(of: UInt8(ascii: "\n"))
        {
            let line = Array(incoming[..<end])
            incoming.removeSubrange(...end)
            isAnswering = true
            do {
                handle(try AdminCoding.request(line), self)
            } catch {
                answer(AdminAnswer(error: "the request cannot be read: \(error)"))
            }
        }
    }

    private func write() {
        while sent < outgoing.count {
            let count = sendRest()
            guard count >= 0 else {
                guard errno == EAGAIN || errno == EINTR else { return close() }
                return awaitRoom(.writable)
            }
            sent += count
            descriptor = nil
        }
        outgoing = []
        awaitRoom(.readable)
        handleWaiting()
    }

    private func sendRest() -> Int {
        let descriptors = descriptor.map { [$0.raw] } ?? []
        return unsafe outgoing.withUnsafeBytes { bytes in
            unsafe descriptors.withUnsafeBufferPointer { descriptors in
                unsafe sp_send_message(
                    socket.raw,
                    bytes.baseAddress?.advanced(by: sent),
                    bytes.count - sent,
                    descriptors.baseAddress,
                    CInt(descriptors.count),
                    CInt(MSG_DONTWAIT)
                )
            }
        }
    }

    private func awaitRoom(_ interest: Reactor.Interest) {
        guard let watch else { return }
        do throws(SocketError) {
            try reactor.change(watch, to: interest)
        } catch {
            close()
        }
    }
}

/// JSON lines of requests and answers.
package enum AdminCoding {
    static func request(_ line: [UInt8]) throws -> AdminRequest {
        try JSONDecoder().decode(AdminRequest.self, from: Data(line))
    }

    static func line(_ answer: AdminAnswer) -> [UInt8] {
        do {
            return [UInt8](try encoder().encode(answer)) + [UInt8(ascii: "\n")]
        } catch {
            // Every value of an answer has a form in JSON.
            preconditionFailure("an answer cannot be encoded: \(error)")
        }
    }

    package static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
