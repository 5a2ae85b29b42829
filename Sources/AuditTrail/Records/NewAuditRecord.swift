/// A fact that is to be recorded; the store gives it its sequence number.
package struct NewAuditRecord: Hashable, Sendable {
    package let time: Timestamp
    package let attribution: Attribution
    package var event: AuditEvent

    package init(time: Timestamp, attribution: Attribution, event: AuditEvent) {
        self.time = time
        self.attribution = attribution
        self.event = event
    }

    /// Refuses what no store may take; cheap enough for the thread that serves clients.
    func check() throws(RecordRefusal) {
        for (name, value) in attribution.parts {
            guard (value?.utf8.count ?? 0) <= AuditLimits.attributionBytes else {
                throw .tooLong(part: name, limitBytes: AuditLimits.attributionBytes)
            }
        }
        switch event {
        case .connectionOpened, .connectionEnded, .signedIn, .signInRefused:
            _ = try connection()
        case .sessionOpened:
            _ = try connection()
            _ = try session()
            _ = try principal()
        case .decided, .sessionStarted, .sessionEnded, .replayed, .recordingRecovered:
            _ = try session()
        case .certificateIssued(let certificate):
            guard certificate.serial.number == 0 else { throw .alreadyNumbered }
        case .terminated(let termination):
            switch termination.what {
            case .session: _ = try session()
            case .connection: _ = try connection()
            }
        case .notice, .protocolViolation, .processDied, .locked, .unlocked, .reloaded,
            .reloadRefused, .served:
            break
        }
    }

    func connection() throws(RecordRefusal) -> String {
        try required(attribution.connection, "connection")
    }

    func session() throws(RecordRefusal) -> String {
        try required(attribution.session, "session")
    }

    func principal() throws(RecordRefusal) -> String {
        try required(attribution.principal, "principal")
    }

    private func required(_ value: String?, _ part: String) throws(RecordRefusal) -> String {
        guard let value, !value.isEmpty else { throw .missing(part: part, kind: event.kind) }
        return value
    }

    /// About how many bytes it holds while it waits: what a client can make large is counted.
    var weightBytes: Int {
        switch event {
        case .sessionOpened(let opening):
            opening.environment.reduce(Self.plainWeightBytes + opening.command.bytes.count) {
                $0 + $1.name.utf8.count + $1.value.bytes.count
            }
        case .connectionOpened, .connectionEnded, .signedIn, .signInRefused, .decided,
            .certificateIssued, .sessionStarted, .sessionEnded, .notice, .protocolViolation,
            .processDied, .locked, .unlocked, .reloaded, .reloadRefused, .terminated, .replayed,
            .served, .recordingRecovered:
            Self.plainWeightBytes
        }
    }

    /// What a record without a command holds, rounded up.
    private static let plainWeightBytes = 2048
}

/// What the store says of a record that is durable now.
package struct Committed: Hashable, Sendable {
    package let sequence: Int64
    /// Of the certificate that this record says is issued; nil for every other kind.
    package let certificateSerial: CertificateSerial?

    package init(sequence: Int64, certificateSerial: CertificateSerial? = nil) {
        self.sequence = sequence
        self.certificateSerial = certificateSerial
    }
}
