import Foundation
import GRDB

/// Appends records inside one transaction, and keeps the tables that follow from them.
struct RecordAppending {
    let database: Database
    private var lastSequence: Int64

    init(_ database: Database) throws {
        self.database = database
        lastSequence =
            try Int64.fetchOne(database, sql: "SELECT coalesce(max(sequence), 0) FROM audit") ?? 0
    }

    mutating func append(_ new: NewAuditRecord) throws -> Committed {
        try new.check()
        var record = new
        var serial: CertificateSerial?
        if case .certificateIssued(let certificate) = record.event {
            let issued = try numbered(certificate)
            record.event = .certificateIssued(issued)
            serial = issued.serial
        }
        lastSequence += 1
        try insert(record, at: lastSequence)
        try project(record, at: lastSequence)
        return Committed(sequence: lastSequence, certificateSerial: serial)
    }

    private func insert(_ record: NewAuditRecord, at sequence: Int64) throws {
        let payload = try CanonicalJSON.bytes(record.event.payload)
        guard payload.count <= AuditLimits.payloadBytes else {
            throw RecordRefusal.tooLong(part: "payload", limitBytes: AuditLimits.payloadBytes)
        }
        let about = record.attribution
        try run(
            """
            INSERT INTO audit (sequence, time, kind, version, connection, session, principal,
                on_behalf_of, target, login, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                sequence, record.time.microsecondsSince1970, record.event.kind.rawValue,
                AuditEvent.version, about.connection, about.session, about.principal,
                about.onBehalfOf, about.target, about.login, payload,
            ]
        )
    }

    /// Takes the next number; when this transaction is durable, so is the number.
    private func numbered(
        _ certificate: AuditEvent.CertificateIssued
    ) throws -> AuditEvent.CertificateIssued {
        let last = try Int64.fetchOne(database, sql: "SELECT last FROM certificate_counter")
        guard let last else {
            throw StoreError.corrupt(reason: "the counter of certificates is gone")
        }
        guard UInt64(last) < CertificateSerial.maximumNumber else {
            throw StoreError.certificateNumbersExhausted
        }
        try run("UPDATE certificate_counter SET last = ?", [last + 1])
        var issued = certificate
        issued.serial = CertificateSerial(
            authority: certificate.serial.authority,
            number: UInt64(last + 1)
        )
        return issued
    }

    func run(_ sql: String, _ values: [(any DatabaseValueConvertible)?]) throws {
        try database.cachedStatement(sql: sql).execute(
            arguments: StatementArguments(whole: values)
        )
    }

    /// Runs a change that must meet exactly one row.
    func change(
        _ sql: String,
        _ values: [(any DatabaseValueConvertible)?],
        orRefuse refusal: RecordRefusal
    ) throws {
        try run(sql, values)
        guard database.changesCount == 1 else { throw refusal }
    }
}
