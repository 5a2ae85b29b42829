import CSystem
import Glibc
import MessageSockets

/// The calls that make sockets of the Unix family; every one is closed on exec.
enum UnixSocket {
    /// LIMIT: `sun_path` without its NUL.
    static let maximumPathBytes = 107

    static func made(
        nonBlocking: Bool = false,
        _ kind: __socket_type = SOCK_STREAM
    ) throws(SocketError) -> Descriptor {
        var type = CInt(kind.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        if nonBlocking { type |= CInt(SOCK_NONBLOCK.rawValue) }
        let raw = socket(AF_UNIX, type, 0)
        guard raw >= 0 else { throw SocketError(call: "socket") }
        return Descriptor(adopting: raw)
    }

    static func connect(_ socket: Descriptor, to path: String) throws(SocketError) {
        let result = unsafe try withAddress(path) { address, size in
            unsafe Glibc.connect(socket.raw, address, size)
        }
        guard result == 0 else { throw SocketError(call: "connect") }
    }

    static func bind(_ socket: Descriptor, to path: String) throws(SocketError) {
        let result = unsafe try withAddress(path) { address, size in
            unsafe Glibc.bind(socket.raw, address, size)
        }
        guard result == 0 else { throw SocketError(call: "bind") }
    }

    /// Who is at the other end, as the kernel says.
    static func userID(of socket: Descriptor) -> UInt32? {
        var (process, user, group): (pid_t, uid_t, gid_t) = (0, 0, 0)
        guard unsafe sp_peer_credentials(socket.raw, &process, &user, &group) == 0 else {
            return nil
        }
        return user
    }

    /// For the next call of a socket that blocks; throws where the time is over already.
    static func setTimeout(
        until deadline: ContinuousClock.Instant,
        of socket: Descriptor
    ) throws(SocketError) {
        let left = ContinuousClock.now.duration(to: deadline)
        guard left > .zero else { throw SocketError(call: "waiting", code: ETIMEDOUT) }
        // Zero stands for no limit.
        let microseconds = max(Int(left.wholeNanoseconds / 1000), 1)
        var time = timeval(
            tv_sec: microseconds / 1_000_000,
            tv_usec: microseconds % 1_000_000
        )
        let size = socklen_t(MemoryLayout<timeval>.size)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            guard unsafe setsockopt(socket.raw, SOL_SOCKET, option, &time, size) == 0 else {
                throw SocketError(call: "setsockopt")
            }
        }
    }

    private static func withAddress(
        _ path: String,
        _ call: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) throws(SocketError) -> CInt {
        let bytes = Array(path.utf8)
        guard bytes.count <= maximumPathBytes, !bytes.contains(0) else {
            throw SocketError(call: "socket path", code: ENAMETOOLONG)
        }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { room in
            unsafe room.copyBytes(from: bytes)
        }
        return unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe call(address, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
