import CLibSSH

/// The keepalives of one connection.
///
/// libssh keeps to itself whether a keepalive was answered, but counts packets: those that it
/// received are whole, decrypted and authenticated, so nobody on the way can make them up. The answer
/// to a keepalive is one of them.
@safe
struct Keepalives {
    private let session: OpaquePointer
    private let traffic: Traffic

    init(on session: OpaquePointer, counting traffic: Traffic) {
        unsafe self.session = session
        self.traffic = traffic
    }

    /// Sends `keepalive@openssh.com`, unless the last one is not answered yet.
    ///
    /// Only for a connection that is signed in: before, sshd does not know the request.
    func send() {
        let sent = traffic.sentPackets
        unsafe _ = ssh_send_keepalive(session)
        guard traffic.sentPackets == sent else { return }
        // Where the last one was answered, that call has only taken note of it. Where it was not,
        // this one does nothing: TCP goes on with what was sent.
        unsafe _ = ssh_send_keepalive(session)
    }
}
