import AuditTrail
import Foundation

/// The audit trail of a lab as its file has it, whoever serves from it.
struct FaultTrail: Sendable {
    let path: String

    init(of lab: Lab) throws { path = "\(try lab.state)/audit.db" }

    /// What was recorded after a record, in order; the file is open for no longer than that, as
    /// after a crash nobody else has it open.
    func records(after sequence: Int64) throws -> [AuditRecord] {
        let reader = try SQLiteReader(path: path)
        let records = try Self.records(after: sequence, in: reader)
        try reader.close()
        return records
    }

    static func records(after sequence: Int64, in reader: SQLiteReader) throws -> [AuditRecord] {
        var records: [AuditRecord] = []
        var after: Int64? = sequence
        while let first = after {
            let page = try reader.auditRecords(
                matching: AuditFilter(
                    order: .oldestFirst(after: first),
                    limit: AuditLimits.pageRows
                )
            )
            records += page.entries
            after = page.next
        }
        return records
    }

    func lastSequence() throws -> Int64 {
        let reader = try SQLiteReader(path: path)
        let last = try reader.auditRecords(
            matching: AuditFilter(order: .newestFirst(before: nil), limit: 1)
        ).entries.first?.sequence
        try reader.close()
        return last ?? 0
    }

    /// Whether nothing is open; what is, otherwise.
    func open() throws -> [String] {
        let reader = try SQLiteReader(path: path)
        let live = PageFilter(isLive: true)
        let sessions = try reader.sessions(matching: SessionFilter(page: live)).entries
        let connections = try reader.connections(matching: ConnectionFilter(page: live)).entries
        try reader.close()
        return sessions.map(\.id) + connections.map(\.id)
    }
}

extension AuditRecord {
    /// The session that was opened with this text in its command.
    func isOpening(with token: String) -> Bool {
        guard case .sessionOpened(let opening) = event else { return false }
        return String(decoding: opening.command.bytes, as: UTF8.self).contains(token)
    }

    var isPermit: Bool {
        guard case .decided(let decision) = event else { return false }
        return decision.effect == .permit
    }

    var isSessionCertificate: Bool {
        guard case .certificateIssued(let certificate) = event else { return false }
        return certificate.purpose == .session
    }

    /// The place of the recording that was decided with it.
    var recording: String? {
        guard case .decided(let decision) = event else { return nil }
        return decision.recording
    }

    var seconds: Double { Double(time.microsecondsSince1970) / 1_000_000 }
}
