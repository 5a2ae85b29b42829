import Glibc
import MessageSockets

/// Settings of a TCP socket that libssh leaves alone.
enum SocketTuning {
    // Constants of <netinet/tcp.h>, which the Swift module of the C library does not bring.
    private static let tcpNoDelay: CInt = 1
    private static let tcpQuickAcknowledge: CInt = 12
    private static let tcpUserTimeout: CInt = 18

    /// Not blocking, no waiting to fill a segment, and a dead peer is noticed.
    static func prepare(_ socket: Descriptor, keepaliveSeconds: UInt32) throws(SocketError) {
        try socket.setNonBlocking()
        set(socket, tcpNoDelay, 1)
        // later than `KeepaliveMachine` gives a silent peer up, which says why. This is for the
        // time before keepalives are sent, and while this process waits for its disk.
        let intervals = UInt64(KeepaliveMachine.maximumUnanswered + 2)
        let milliseconds = UInt64(max(keepaliveSeconds, 1)) * intervals * 1000
        set(socket, tcpUserTimeout, CInt(clamping: milliseconds))
    }

    /// Acknowledges at once.
    ///
    /// The kernel falls back to delaying, so this is done before each wait until the connection is
    /// set up: the peer's Nagle would otherwise wait 40 ms, several times.
    static func acknowledgeQuickly(_ socket: Descriptor) {
        set(socket, tcpQuickAcknowledge, 1)
    }

    private static func set(_ socket: Descriptor, _ option: CInt, _ value: CInt) {
        var value = value
        // A socket that is no TCP socket (a test's) has no such option, and needs none.
        unsafe _ = setsockopt(
            socket.raw,
            CInt(IPPROTO_TCP),
            option,
            &value,
            socklen_t(MemoryLayout<CInt>.size)
        )
    }
}
