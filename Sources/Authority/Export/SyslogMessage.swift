import AuditTrail

/// A syslog message: what stands before a record, and the record.
struct SyslogMessage: Hashable, Sendable {
    /// Who sends it.
    struct Sender: Hashable, Sendable {
        /// As RFC 5424 §6.2.4 takes it, or `-`.
        let host: String
        let process: Int32

        init(host: String, process: Int32) {
            let isName =
                !host.isEmpty && host.utf8.count <= 255
                && host.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            self.host = isName ? host : "-"
            self.process = process
        }
    }

    let settings: SyslogSettings
    let sender: Sender

    /// The message, of at most so many bytes; without a number, of as many as the settings say.
    func bytes(of record: AuditRecord, atMost maximum: Int? = nil) throws(StoreError) -> [UInt8] {
        let header = header(of: record)
        let room = (maximum ?? settings.messageBytes) - header.count
        let text = try SyslogRecord.text(record, atMost: room)
        return header + text
    }

    /// RFC 5424 §6.2; or, as a receiver on this machine expects it, RFC 3164 §4.1 without a time,
    /// which that receiver puts in.
    private func header(of record: AuditRecord) -> [UInt8] {
        let priority = settings.facility.code * 8 + Self.severity(of: record.event)
        let kind = record.kind.rawValue
        switch settings.format {
        case .rfc5424:
            let origin = "\(record.time) \(sender.host) sallyport \(sender.process) \(kind)"
            return Array("<\(priority)>1 \(origin) - ".utf8)
        case .local: return Array("<\(priority)>sallyport[\(sender.process)]: ".utf8)
        }
    }

    /// RFC 5424 §6.2.1: 4 is a warning, 5 a notice, 6 informational.
    static func severity(of event: AuditEvent) -> Int {
        switch event {
        case .protocolViolation, .processDied, .reloadRefused, .recordingRecovered: 4
        case .signInRefused, .notice, .locked, .unlocked, .terminated, .replayed, .served,
            .reloaded:
            5
        case .decided(let decision):
            switch decision.effect {
            case .deny, .review: 5
            case .permit: 6
            }
        case .connectionOpened, .connectionEnded, .signedIn, .sessionOpened, .certificateIssued,
            .sessionStarted, .sessionEnded:
            6
        }
    }

    /// RFC 6587 §3.4.1: the number of bytes, a blank, and so many bytes.
    static func counted(_ message: [UInt8]) -> [UInt8] {
        Array("\(message.count) ".utf8) + message
    }
}
