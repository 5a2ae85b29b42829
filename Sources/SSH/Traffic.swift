import CLibSSH

/// Counts what crosses a connection, to know how much waits to be sent, and what came.
///
/// One for each session: libssh counts for the last one that asked.
///
/// libssh answers some requests by itself and queues without end for a peer that does not read.
@safe
final class Traffic {
    /// LIMIT: bytes that wait to be sent.
    ///
    /// We write only while nothing waits, and then less than this.
    static let maximumUnsentBytes = 8 << 20

    /// How many bytes were made and are not on the socket, from how far the packets are ahead of it.
    struct Backlog {
        /// How far they were ahead when nothing waited.
        private var lead: UInt64 = 0

        /// Whether more waits than may, now that the packets are so far ahead.
        mutating func isTooMuch(ahead: UInt64, waits: Bool) -> Bool {
            guard waits else {
                lead = ahead
                return false
            }
            return Int64(bitPattern: ahead &- lead) > Int64(maximumUnsentBytes)
        }
    }

    /// What a packet has at least beside its payload: length, padding and its length, tag.
    private static let packetOverheadBytes: UInt64 = 25

    private let session: OpaquePointer
    /// On the socket; in packets.
    private let socket: UnsafeMutablePointer<ssh_counter_struct>
    private let packets: UnsafeMutablePointer<ssh_counter_struct>
    private var backlog = Backlog()

    /// Starts to count; must be kept for as long as the session.
    init(of session: OpaquePointer) {
        unsafe self.session = session
        unsafe socket = .allocate(capacity: 1)
        unsafe socket.initialize(to: ssh_counter_struct())
        unsafe packets = .allocate(capacity: 1)
        unsafe packets.initialize(to: ssh_counter_struct())
        // SAFETY: whoever owns the session frees it before this object goes.
        unsafe ssh_set_counters(session, socket, packets)
    }

    deinit {
        unsafe socket.deallocate()
        unsafe packets.deallocate()
    }

    /// Packets of every kind, those included of which libssh tells nobody.
    var receivedPackets: UInt64 { unsafe packets.pointee.in_packets }

    var sentPackets: UInt64 { unsafe packets.pointee.out_packets }

    /// Whether the peer does not read what it is sent.
    ///
    /// To be asked in each turn of the loop.
    var isStuck: Bool {
        let sent = unsafe packets.pointee
        let made = sent.out_bytes &+ sent.out_packets &* Self.packetOverheadBytes
        let ahead = unsafe made &- socket.pointee.out_bytes
        let waits = unsafe ssh_get_poll_flags(session) & CInt(SSH_WRITE_PENDING) != 0
        return backlog.isTooMuch(ahead: ahead, waits: waits)
    }
}
