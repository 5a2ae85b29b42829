import AuditTrail
import CSystem
import Glibc
import MessageSockets
import PolicyEngine

/// A receiver of syslog messages: a datagram socket of this machine, or a TCP connection.
///
/// Syslog has no acknowledgement. What counts as arrived is what the receiver took out of its
/// socket, or what its kernel acknowledged, as long as it is still the same receiver then.
final class SyslogSink: ExportSink {
    /// LIMIT: to connect.
    static let connectTimeout = Duration.seconds(5)
    /// LIMIT: how long a receiver may take nothing at all before it counts as gone.
    static let patience = Duration.seconds(10)
    /// LIMIT: the longest pause between two looks at what has not arrived.
    static let longestLook = Duration.milliseconds(50)
    /// LIMIT: what a receiver that has nothing to say may say between two looks, in 4 KiB.
    static let heardInARow = 16
    /// LIMIT: a message is made no shorter than this because a socket takes none that is longer.
    static let leastMessage = 4096

    /// Which socket is at a path: another one means another receiver.
    ///
    /// A file system gives the number of a removed file to the next one, but not its time.
    private struct Place: Hashable {
        let device: dev_t
        let number: ino_t
        let seconds: Int
        let nanoseconds: Int
    }

    private let settings: SyslogSettings
    private let message: SyslogMessage
    private var socket: Descriptor?
    private var place: Place?

    init(_ settings: SyslogSettings) {
        self.settings = settings
        message = SyslogMessage(
            settings: settings,
            sender: SyslogMessage.Sender(host: Self.hostName(), process: getpid())
        )
    }

    var isOpen: Bool { socket != nil }
    var isReplaced: Bool { false }

    func open(after position: ExportPosition?) throws(ExportError) -> ExportPosition? {
        do throws(SocketError) {
            switch settings.destination {
            case .socket(let path):
                place = try Self.place(path)
                socket = try Self.connected(to: path)
            case .tcp(let address):
                socket = try Self.connected(to: address.host.description, port: address.port)
            }
            return position
        } catch {
            throw failure(error)
        }
    }

    func write(_ records: [AuditRecord]) throws(ExportError) -> Bool {
        guard let socket else { preconditionFailure("an export is opened before it is written to") }
        for record in records {
            try deliver(record, atMost: settings.messageBytes, to: socket)
        }
        do throws(SocketError) {
            try awaitArrival(socket)
            try checkReceiver(socket)
        } catch {
            throw failure(error)
        }
        return true
    }

    /// Sends a record, shortened further where it is too long for the socket.
    private func deliver(
        _ record: AuditRecord,
        atMost maximum: Int,
        to socket: Descriptor
    ) throws(ExportError) {
        let bytes: [UInt8]
        do throws(StoreError) {
            bytes = try message.bytes(of: record, atMost: maximum)
        } catch {
            throw .store(error)
        }
        do throws(SocketError) {
            switch settings.destination {
            case .socket: try send(bytes, to: socket)
            case .tcp: try send(SyslogMessage.counted(bytes), to: socket)
            }
        } catch {
            let smaller = bytes.count / 2
            guard error.code == EMSGSIZE, smaller >= Self.leastMessage else { throw failure(error) }
            try deliver(record, atMost: smaller, to: socket)
        }
    }

    func settle() {}

    func close() { socket = nil }

    private func failure(_ error: SocketError) -> ExportError {
        .syslog(destination: settings.destination.description, reason: error.description)
    }

    // MARK: Sending

    /// All of it, which a datagram takes at once; as long as the receiver goes on taking.
    private func send(_ bytes: [UInt8], to socket: Descriptor) throws(SocketError) {
        var rest = bytes[...]
        var deadline = ContinuousClock.now + Self.patience
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { bytes in
                unsafe Glibc.send(socket.raw, bytes.baseAddress, bytes.count, CInt(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
                deadline = ContinuousClock.now + Self.patience
                continue
            }
            guard count < 0, errno == EAGAIN || errno == EINTR || errno == ENOBUFS else {
                throw SocketError(call: "send")
            }
            try Self.await(POLLOUT, of: socket, until: deadline)
        }
    }

    /// Until nothing of it waits on this side: the kernel tells how much does, and wakes nobody for
    /// it.
    private func awaitArrival(_ socket: Descriptor) throws(SocketError) {
        var least = Int.max
        var deadline = ContinuousClock.now + Self.patience
        var pause = 0.0005
        while true {
            let waiting = Int(sp_unsent_bytes(socket.raw))
            guard waiting >= 0 else { throw SocketError(call: "ioctl") }
            if waiting == 0 { return }
            if waiting < least {
                least = waiting
                deadline = ContinuousClock.now + Self.patience
            }
            guard ContinuousClock.now < deadline else {
                throw SocketError(call: "the receiver's reading", code: ETIMEDOUT)
            }
            // An error of the connection wakes; what arrives does not.
            var watched = pollfd(fd: socket.raw, events: 0, revents: 0)
            _ = unsafe poll(&watched, 1, CInt(max(pause * 1000, 1)))
            guard watched.revents == 0 else {
                throw TCPSocket.failure(of: socket)
                    ?? SocketError(call: "the receiver's reading", code: ECONNRESET)
            }
            pause = min(pause * 2, Self.longestLook / .seconds(1))
        }
    }

    /// What one that is gone had not taken is thrown away by the kernel, and does not wait either.
    private func checkReceiver(_ socket: Descriptor) throws(SocketError) {
        switch settings.destination {
        case .socket(let path):
            guard try Self.place(path) == place else {
                throw SocketError(call: "the receiver's reading", code: ECONNRESET)
            }
            // Refused where nobody holds the socket any more.
            try UnixSocket.connect(socket, to: path)
        case .tcp:
            // What it says is not heard, but would hide that it hangs up.
            var heard = [UInt8](repeating: 0, count: 4096)
            for _ in 0..<Self.heardInARow {
                let count = unsafe recv(socket.raw, &heard, heard.count, CInt(MSG_DONTWAIT))
                if count > 0 { continue }
                if count < 0, errno == EAGAIN { return }
                guard count < 0 else {
                    throw SocketError(call: "the receiver's reading", code: ECONNRESET)
                }
                throw SocketError(call: "recv")
            }
            throw SocketError(call: "a receiver that talks", code: EPROTO)
        }
    }

    // MARK: Connecting

    private static func connected(to path: String) throws(SocketError) -> Descriptor {
        let socket = try UnixSocket.made(nonBlocking: true, SOCK_DGRAM)
        try UnixSocket.connect(socket, to: path)
        return socket
    }

    private static func place(_ path: String) throws(SocketError) -> Place {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { throw SocketError(call: "stat") }
        return Place(
            device: status.st_dev,
            number: status.st_ino,
            seconds: status.st_ctim.tv_sec,
            nanoseconds: status.st_ctim.tv_nsec
        )
    }

    /// The first address that answers.
    private static func connected(
        to host: String,
        port: UInt16
    ) throws(SocketError) -> Descriptor {
        let addresses: [SocketAddress]
        switch NameLookup.addresses(of: host, port: port) {
        case .addresses(let found): addresses = found
        case .failed(let reason): throw SocketError(call: reason, code: EHOSTUNREACH)
        }
        var last = SocketError(call: "connect", code: EHOSTUNREACH)
        for address in addresses {
            do throws(SocketError) {
                let socket = try TCPSocket.connecting(to: address)
                try Self.await(POLLOUT, of: socket, until: ContinuousClock.now + connectTimeout)
                guard let failure = TCPSocket.failure(of: socket) else { return socket }
                last = failure
            } catch {
                last = error
            }
        }
        throw last
    }

    private static func `await`(
        _ event: CInt,
        of socket: Descriptor,
        until deadline: ContinuousClock.Instant
    ) throws(SocketError) {
        while true {
            let left = ContinuousClock.now.duration(to: deadline)
            guard left > .zero else { throw SocketError(call: "waiting", code: ETIMEDOUT) }
            var watched = pollfd(fd: socket.raw, events: Int16(event), revents: 0)
            let milliseconds = CInt(clamping: left.wholeNanoseconds / 1_000_000 + 1)
            let count = unsafe poll(&watched, 1, milliseconds)
            if count > 0 { return }
            guard count == 0 || errno == EINTR else { throw SocketError(call: "poll") }
        }
    }

    private static func hostName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
