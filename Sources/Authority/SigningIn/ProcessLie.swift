import SSHKeys
import SSHWire
import SessionProtocol

/// What a process said that an honest one never says; it is ended and the lie is recorded.
///
/// libssh has verified each signature before it is asked of us, so one that does not verify here is
/// none that it saw.
enum ProcessLie: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable(WireError)
    case table(ProtocolViolation)
    case unexpectedDescriptors(Int)
    case exchangeHashLength(Int)
    case noSessionIdentifier
    case signInSignature(SignatureError)
    case signInWithoutOrder
    case triesExceeded(limit: UInt32)
    case sessionNumberUsed(SessionNumber)
    case sessionsExceeded(limit: Int)
    case hostKeySignature(String)
    case exchangeHashUsed
    case userAuthentication(String)
    case outOfTurn(SessionRequestKind)
    case recordingWritten(session: String, bytes: UInt64)

    var description: String {
        switch self {
        case .unreadable(let error): "a message cannot be read: \(error)"
        case .table(let violation): "\(violation)"
        case .unexpectedDescriptors(let count): "\(count) descriptors came with a message"
        case .exchangeHashLength(let count): "an exchange hash has \(count) bytes"
        case .noSessionIdentifier: "a sign-in came before the key exchange"
        case .signInSignature(let error):
            "the signature of a sign-in is not over this connection: \(error)"
        case .signInWithoutOrder: "a sign-in came while another one was being recorded"
        case .triesExceeded(let limit): "more than \(limit) sign-ins were tried"
        case .sessionNumberUsed(let number): "the session number \(number.value) was used before"
        case .sessionsExceeded(let limit): "more than \(limit) sessions are open"
        case .hostKeySignature(let reason): "the proof of a target's host key is false: \(reason)"
        case .exchangeHashUsed: "the exchange hash of another transport was shown as a proof"
        case .userAuthentication(let reason):
            "a signature was asked for something else than the certificate: \(reason)"
        case .outOfTurn(let kind): "`\(kind)` came out of turn"
        case .recordingWritten(let session, let bytes):
            "\(bytes) bytes were written to the recording of `\(session)` behind its end"
        }
    }
}
