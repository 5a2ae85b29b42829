import Foundation
import Glibc
import PolicyEngine
import Testing

@testable import Authority
@testable import MessageSockets

/// A syslog daemon at a socket of this machine; it reads when it is told to.
final class DatagramReceiver {
    private let socket: Descriptor
    private let path: String

    init(at path: String) throws {
        self.path = path
        socket = try UnixSocket.made(nonBlocking: true, SOCK_DGRAM)
        try UnixSocket.bind(socket, to: path)
    }

    deinit { unsafe unlink(path) }

    func take(_ count: Int) throws -> [String] {
        var messages: [String] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while messages.count < count {
            let length = unsafe recv(socket.raw, &buffer, buffer.count, 0)
            if length < 0 {
                try #require(errno == EAGAIN, "\(SocketError(call: "recv"))")
                try awaitMessage()
                continue
            }
            messages.append(String(decoding: buffer.prefix(length), as: UTF8.self))
        }
        return messages
    }

    func awaitMessage() throws { try Self.awaitReadable(socket) }

    var isEmpty: Bool {
        var byte: UInt8 = 0
        return unsafe recv(socket.raw, &byte, 1, CInt(MSG_PEEK)) < 0
    }

    static func awaitReadable(_ socket: Descriptor) throws {
        var watched = pollfd(fd: socket.raw, events: Int16(POLLIN), revents: 0)
        try #require(unsafe poll(&watched, 1, 60_000) == 1, "nothing came")
    }
}

/// A syslog daemon that listens on loopback.
final class StreamReceiver {
    private let listener: Descriptor
    let address: NetworkAddress

    init() throws {
        let any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        listener = try TCPSocket.listening(at: any)
        let bound = try #require(SocketAddress.local(of: listener.raw))
        address = try #require(NetworkAddress(bound.description, defaultPort: 1))
    }

    func accept() throws -> Connection {
        try DatagramReceiver.awaitReadable(listener)
        return Connection(try #require(try TCPSocket.accepted(from: listener)))
    }

    final class Connection {
        private var socket: Descriptor?
        private var bytes: [UInt8] = []

        init(_ socket: Descriptor) { self.socket = socket }

        func close() { socket = nil }

        /// As RFC 6587 §3.4.1 says.
        func take(_ count: Int) throws -> [String] {
            var messages: [String] = []
            while messages.count < count {
                if let message = next() {
                    messages.append(message)
                    continue
                }
                let socket = try #require(socket)
                try DatagramReceiver.awaitReadable(socket)
                var buffer = [UInt8](repeating: 0, count: 64 * 1024)
                let length = unsafe recv(socket.raw, &buffer, buffer.count, 0)
                try #require(length > 0)
                bytes += buffer.prefix(length)
            }
            return messages
        }

        private func next() -> String? {
            guard let blank = bytes.prefix(8).firstIndex(of: UInt8(ascii: " ")),
                let count = Int(String(decoding: bytes[..<blank], as: UTF8.self)),
                bytes.count > blank + count
            else { return nil }
            let message = bytes[(blank + 1)...(blank + count)]
            bytes.removeFirst(blank + 1 + count)
            return String(decoding: message, as: UTF8.self)
        }
    }
}
