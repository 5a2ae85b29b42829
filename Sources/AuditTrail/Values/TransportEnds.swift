/// The two ends of a transport to a target, as the kernel of the bastion names them.
///
/// Behind no translation of addresses the target's sshd names them the same, in `SSH_CONNECTION`.
package struct TransportEnds: Hashable, Sendable, Codable {
    package let localAddress: String
    package let localPort: UInt16
    package let peerAddress: String
    package let peerPort: UInt16

    package init(localAddress: String, localPort: UInt16, peerAddress: String, peerPort: UInt16) {
        self.localAddress = localAddress
        self.localPort = localPort
        self.peerAddress = peerAddress
        self.peerPort = peerPort
    }
}
