import Glibc
import MessageSockets

/// The one line that a client reads which is not served, before anything of SSH: RFC 4253 §4.2 permits
/// it, sshd says `Exceeded MaxStartups` so, and `ssh -v` shows it.
///
/// It says no more than the client finds out by itself. Its address is true, as the connection stands, and
/// opening that took more bytes than the line has.
enum ClosingLine: String, Hashable, Sendable, CaseIterable {
    case busy = "too many connections, try again later"
    case penalised = "not allowed at this time"
    case draining = "the bastion is being stopped"
    case noProcess = "no session process is free, try again later"

    /// What is sent.
    var bytes: [UInt8] { Array("sallyport: \(rawValue)\r\n".utf8) }

    /// Sends it where that is possible at once, and else not.
    func send(on socket: Descriptor) {
        let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
        let bytes = bytes
        _ = unsafe bytes.withUnsafeBytes {
            unsafe Glibc.send(socket.raw, $0.baseAddress, $0.count, flags)
        }
    }
}

extension Admission.Refusal {
    /// What its client is told; nil where that is a proxy which does not say for whom it is.
    var line: ClosingLine? {
        switch self {
        case .tooManyPending, .tooManyPendingFrom, .tooMany, .tooFewDescriptors: .busy
        case .penalised: .penalised
        case .draining: .draining
        case .noProxyHeader: nil
        }
    }
}
