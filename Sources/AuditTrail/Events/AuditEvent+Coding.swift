/// The payload of each kind as a JSON object; kind and version stand beside it in the record.
extension AuditEvent {
    /// The version of all payload shapes in `docs/formats/audit.md`.
    package static let version = 1

    /// A payload that says nothing beyond its kind.
    private struct Nothing: Codable {}

    var payload: any Encodable {
        switch self {
        case .connectionOpened(let payload): payload
        case .connectionEnded(let payload): payload
        case .signedIn(let payload): payload
        case .signInRefused(let payload): payload
        case .sessionOpened(let payload): payload
        case .decided(let payload): payload
        case .certificateIssued(let payload): payload
        case .sessionStarted: Nothing()
        case .sessionEnded(let payload): payload
        case .notice(let payload): payload
        case .protocolViolation(let payload): payload
        case .processDied(let payload): payload
        case .locked(let payload): payload
        case .unlocked(let payload): payload
        case .reloaded(let payload): payload
        case .reloadRefused(let payload): payload
        case .terminated(let payload): payload
        case .replayed(let payload): payload
        case .served(let payload): payload
        case .recordingRecovered(let payload): payload
        }
    }

    init(kind: AuditKind, from decoder: any Decoder) throws {
        switch kind {
        case .connectionOpened: self = .connectionOpened(try ConnectionOpened(from: decoder))
        case .connectionEnded: self = .connectionEnded(try ConnectionEnded(from: decoder))
        case .signedIn: self = .signedIn(try SignedIn(from: decoder))
        case .signInRefused: self = .signInRefused(try SignInRefused(from: decoder))
        case .sessionOpened: self = .sessionOpened(try SessionOpened(from: decoder))
        case .decided: self = .decided(try Decided(from: decoder))
        case .certificateIssued: self = .certificateIssued(try CertificateIssued(from: decoder))
        case .sessionStarted: self = .sessionStarted
        case .sessionEnded: self = .sessionEnded(try SessionEnded(from: decoder))
        case .notice: self = .notice(try Notice(from: decoder))
        case .protocolViolation: self = .protocolViolation(try ProtocolViolation(from: decoder))
        case .processDied: self = .processDied(try ProcessDied(from: decoder))
        case .locked: self = .locked(try Locked(from: decoder))
        case .unlocked: self = .unlocked(try Unlocked(from: decoder))
        case .reloaded: self = .reloaded(try Reloaded(from: decoder))
        case .reloadRefused: self = .reloadRefused(try ReloadRefused(from: decoder))
        case .terminated: self = .terminated(try Terminated(from: decoder))
        case .replayed: self = .replayed(try Replayed(from: decoder))
        case .served: self = .served(try Served(from: decoder))
        case .recordingRecovered: self = .recordingRecovered(try RecordingRecovered(from: decoder))
        }
    }
}
