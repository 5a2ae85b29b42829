import Glibc
import MessageSockets
import Testing

@testable import Authority

/// A target that takes connections and says nothing.
final class SilentTarget {
    private let listener: Descriptor
    let address: SocketAddress
    private var connections: [Descriptor] = []

    init() throws {
        let any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        listener = try TCPSocket.listening(at: any)
        address = try #require(SocketAddress.local(of: listener.raw))
    }

    /// How many have connected so far.
    var count: Int {
        get throws {
            while let connection = try TCPSocket.accepted(from: listener) {
                connections.append(connection)
            }
            return connections.count
        }
    }

    /// Whether the other end of the first connection is closed.
    var isLeft: Bool {
        get throws {
            guard try count > 0 else { return false }
            var byte: UInt8 = 0
            return unsafe recv(connections[0].raw, &byte, 1, CInt(MSG_DONTWAIT)) == 0
        }
    }
}

/// A port at which nobody is taken in any more: a connection to it is not refused, and never made.
final class FullQueue {
    private let listener: Descriptor
    private let waiting: [Descriptor]
    let address: SocketAddress

    init() throws {
        let any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        listener = try TCPSocket.listening(at: any)
        let address = try #require(SocketAddress.local(of: listener.raw))
        // The kernel keeps one more than it is told to.
        try #require(listen(listener.raw, 0) == 0)
        let first = try TCPSocket.connecting(to: address)
        var entry = pollfd(fd: first.raw, events: Int16(POLLOUT), revents: 0)
        try #require(unsafe poll(&entry, 1, 10_000) == 1)
        waiting = [first]
        self.address = address
    }
}
