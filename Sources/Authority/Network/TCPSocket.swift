import CSystem
import Glibc
import MessageSockets

/// The calls that make TCP sockets; every one is closed on exec and does not block.
enum TCPSocket {
    private static let type =
        CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        | CInt(SOCK_NONBLOCK.rawValue)

    /// LIMIT: connections that the kernel keeps for us while we are busy.
    static let backlog: CInt = 1024

    static func listening(at address: SocketAddress) throws(SocketError) -> Descriptor {
        let socket = try made(for: address)
        try set(socket, SOL_SOCKET, SO_REUSEADDR, "SO_REUSEADDR")
        if address.family == AF_INET6 {
            // Each family has its own listener, so that what is written is what is served.
            try set(socket, CInt(IPPROTO_IPV6), IPV6_V6ONLY, "IPV6_V6ONLY")
        }
        let isBound = unsafe address.withSockaddr { unsafe bind(socket.raw, $0, $1) }
        guard isBound == 0 else { throw SocketError(call: "bind") }
        guard listen(socket.raw, backlog) == 0 else { throw SocketError(call: "listen") }
        return socket
    }

    /// Begins to connect; the socket is writable when it is decided.
    static func connecting(to address: SocketAddress) throws(SocketError) -> Descriptor {
        let socket = try made(for: address)
        try setNoDelay(socket)
        let result = unsafe address.withSockaddr { unsafe connect(socket.raw, $0, $1) }
        guard result == 0 || errno == EINPROGRESS else { throw SocketError(call: "connect") }
        return socket
    }

    /// How the connecting ended, after the socket became writable.
    static func failure(of socket: Descriptor) -> SocketError? {
        var code: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        guard unsafe getsockopt(socket.raw, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else {
            return SocketError(call: "getsockopt")
        }
        return code == 0 ? nil : SocketError(call: "connect", code: code)
    }

    /// The next connection that waits, or nil.
    static func accepted(from listener: Descriptor) throws(SocketError) -> Descriptor? {
        let raw = sp_accept(listener.raw)
        guard raw >= 0 else {
            switch errno {
            // The peer went away between its connecting and our accepting.
            case EAGAIN, EINTR, ECONNABORTED, EPROTO: return nil
            default: throw SocketError(call: "accept")
            }
        }
        return Descriptor(adopting: raw)
    }

    static func setNoDelay(_ socket: Descriptor) throws(SocketError) {
        try set(socket, CInt(IPPROTO_TCP), TCP_NODELAY, "TCP_NODELAY")
    }

    /// Ends both directions at once, whoever else holds a descriptor of the same socket.
    static func shutDown(_ socket: Descriptor) {
        // A socket that is not connected any more needs no end.
        _ = shutdown(socket.raw, CInt(SHUT_RDWR))
    }

    private static func made(for address: SocketAddress) throws(SocketError) -> Descriptor {
        let raw = socket(address.family, type, 0)
        guard raw >= 0 else { throw SocketError(call: "socket") }
        return Descriptor(adopting: raw)
    }

    private static func set(
        _ socket: Descriptor,
        _ level: CInt,
        _ option: CInt,
        _ name: String
    ) throws(SocketError) {
        var one: CInt = 1
        let size = socklen_t(MemoryLayout<CInt>.size)
        guard unsafe setsockopt(socket.raw, level, option, &one, size) == 0 else {
            throw SocketError(call: name)
        }
    }
}
