import CLibSSH

/// The keepalives of one connection, and what shows that its peer is there.
///
/// libssh keeps to itself whether a keepalive was answered, but counts packets: those that it
/// received are whole, decrypted and authenticated, so nobody on the way can make them up. The answer
/// to a keepalive is one of them.
@safe
final class Keepalives {
    private let session: OpaquePointer
    private let counter: UnsafeMutablePointer<ssh_counter_struct>

    /// Counts from here on; whoever owns the session frees it before it lets go of this.
    init(on session: OpaquePointer) {
        unsafe self.session = session
        unsafe counter = .allocate(capacity: 1)
        unsafe counter.initialize(to: ssh_counter_struct())
        // SAFETY: the session, which counts here, is freed first.
        unsafe ssh_set_counters(session, nil, counter)
    }

    deinit { unsafe counter.deallocate() }

    var receivedPackets: UInt64 { unsafe counter.pointee.in_packets }

    /// Sends `keepalive@openssh.com`, unless the last one is not answered yet.
    ///
    /// Only for a connection that is signed in: before, sshd does not know the request.
    func send() {
        let sent = unsafe counter.pointee.out_packets
        unsafe _ = ssh_send_keepalive(session)
        guard unsafe counter.pointee.out_packets == sent else { return }
        // Where the last one was answered, that call has only taken note of it. Where it was not,
        // this one does nothing: TCP goes on with what was sent.
        unsafe _ = ssh_send_keepalive(session)
    }
}
