import AuditTrail
import SessionProtocol

/// What the authority does because of something a session process said.
enum ConnectionAction: Sendable {
    case order(SessionOrder)
    /// Sign with the host key, then send the signature.
    case signExchangeHash([UInt8])
    /// Record the sign-in; the answer follows when it is durable.
    case recordSignIn(Identity, userName: String)
    case recordRefusedSignIn(IdentificationError, userName: String, fingerprint: String?)
    case note(AuditEvent.Notice)
    /// A limit of the settings refused or ended something.
    case count(LimitName)
    /// Ask the decider.
    case open(SessionOpening)
    case refuse(SessionNumber, SessionRefusal)
    case issue(SessionNumber, AdmittedSession)
    case refuseHostKey(SessionNumber, AdmittedSession, fingerprint: String)
    case lost(SessionNumber, OutboundPhase, reason: String, SessionMachine.LostAction)
    case started(SessionNumber)
    case signal(SessionNumber, name: String)
    case sessionEnded(SessionReport)
    case connectionEnded(ConnectionEndCause, detail: String)
    /// The sign-in cannot be recorded, so nobody is let in.
    case endUnrecorded
    /// The client reached a limit that no honest process keeps it from.
    case limitReached(String)
    /// End the process at once, and record why.
    case kill(ProcessLie)
}

extension LimitName {
    /// The one that a process reports; nil where a notice is about something else.
    init?(_ notice: NoticeKind) {
        switch notice {
        case .loginGraceExceeded: self = .loginGrace
        case .tooManyTries: self = .signInTries
        case .tooManySessions: self = .sessionsPerConnection
        case .recordingLimitReached: self = .recordingBytes
        case .directForwardRefused, .remoteForwardRefused, .agentForwardRefused,
            .x11ForwardRefused, .unknownRequestRefused, .environmentRefused, .userNameChanged,
            .commandLineTooLong, .recordingFailed, .userNameTooLong, .signatureRefused:
            return nil
        }
    }
}

extension ProtocolViolation {
    /// What a client did too often, where a process says it as often as its client makes it.
    var clientLimit: String? {
        switch self {
        case .tooOften(.signExchangeHash, let limit):
            "more than \(limit) key exchanges in one connection"
        case .tooOften(.openSession, let limit): "more than \(limit) sessions in one connection"
        case .tooOften, .notPermitted, .notPermittedForSession, .unknownSession: nil
        }
    }
}
