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
            if let value { try Self.checkName(value, of: name) }
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
        case .locked(let locking):
            try Self.check(locking.subject)
        case .unlocked(let unlocking):
            try Self.check(unlocking.subject)
        case .notice, .protocolViolation, .processDied, .reloaded, .reloadRefused, .served:
            break
        }
    }

    private static func check(_ subject: LockSubject) throws(RecordRefusal) {
        if let name = subject.name { try checkName(name, of: "subject") }
    }

    /// A name is what others are found by: what a client made up belongs into a payload.
    private static func checkName(_ name: String, of part: String) throws(RecordRefusal) {
        guard name.utf8.count <= AuditLimits.attributionBytes else {
            throw .tooLong(part: part, limitBytes: AuditLimits.attributionBytes)
        }
        guard !name.isEmpty, !name.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw .notAName(part: part)
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
        guard let value else { throw .missing(part: part, kind: event.kind) }
        return value
    }

    /// About how many bytes it holds while it waits: what a client can make large is counted.
    package var weightBytes: Int {
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
