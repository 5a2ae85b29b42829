/// What happened, with what must be known of it later.
package enum AuditEvent: Hashable, Sendable {
    case connectionOpened(ConnectionOpened)
    case connectionEnded(ConnectionEnded)
    case signedIn(SignedIn)
    case signInRefused(SignInRefused)
    case sessionOpened(SessionOpened)
    case decided(Decided)
    case certificateIssued(CertificateIssued)
    /// The target runs the program.
    case sessionStarted
    case sessionEnded(SessionEnded)
    case notice(Notice)
    case protocolViolation(ProtocolViolation)
    case processDied(ProcessDied)
    case locked(Locked)
    case unlocked(Unlocked)
    case reloaded(Reloaded)
    case reloadRefused(ReloadRefused)
    case terminated(Terminated)
    case replayed(Replayed)
    case served(Served)
    case recordingRecovered(RecordingRecovered)

    package var kind: AuditKind {
        switch self {
        case .connectionOpened: .connectionOpened
        case .connectionEnded: .connectionEnded
        case .signedIn: .signedIn
        case .signInRefused: .signInRefused
        case .sessionOpened: .sessionOpened
        case .decided: .decided
        case .certificateIssued: .certificateIssued
        case .sessionStarted: .sessionStarted
        case .sessionEnded: .sessionEnded
        case .notice: .notice
        case .protocolViolation: .protocolViolation
        case .processDied: .processDied
        case .locked: .locked
        case .unlocked: .unlocked
        case .reloaded: .reloaded
        case .reloadRefused: .reloadRefused
        case .terminated: .terminated
        case .replayed: .replayed
        case .served: .served
        case .recordingRecovered: .recordingRecovered
        }
    }

    /// Whether a session or a connection stays live in the trail for as long as this is not in it.
    package var closesAnEntry: Bool {
        switch self {
        case .connectionEnded, .sessionEnded: true
        case .connectionOpened, .signedIn, .signInRefused, .sessionOpened, .decided,
            .certificateIssued, .sessionStarted, .notice, .protocolViolation, .processDied,
            .locked, .unlocked, .reloaded, .reloadRefused, .terminated, .replayed, .served,
            .recordingRecovered:
            false
        }
    }

    /// Whether it ends or forbids something, so that a full queue still takes it.
    ///
    /// A flood of beginnings must not keep an end or a lock out of the trail.
    var isAnEnd: Bool {
        switch self {
        case .connectionEnded, .sessionEnded, .protocolViolation, .processDied, .locked, .unlocked,
            .terminated, .served:
            true
        case .certificateIssued(let certificate):
            switch certificate.purpose {
            // Without it nothing would end what a session left running.
            case .termination: true
            case .session, .probe: false
            }
        case .connectionOpened, .signedIn, .signInRefused, .sessionOpened, .decided,
            .sessionStarted, .notice, .reloaded, .reloadRefused, .replayed,
            .recordingRecovered:
            false
        }
    }
}
