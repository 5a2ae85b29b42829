import AuditTrail
import Foundation

/// How far a copy of the audit trail goes: up to this record, that one included.
///
/// The time is there to notice another trail: its record of the same number has another one.
struct ExportPosition: Hashable, Sendable, Codable {
    let sequence: Int64
    let time: Timestamp

    init(sequence: Int64, time: Timestamp) {
        self.sequence = sequence
        self.time = time
    }

    init(_ record: AuditRecord) {
        self.init(sequence: record.sequence, time: record.time)
    }

    /// Of a line of an export; it reads no more of the record than that.
    init(line: some Collection<UInt8>) throws {
        self = try JSONDecoder().decode(ExportPosition.self, from: Data(line))
        // Records are numbered from 1.
        guard sequence > 0 else { throw NoRecord() }
    }

    private struct NoRecord: Error {}

    /// Whether the trail that `reader` reads is the one of which this was a copy.
    func isOf(_ reader: any AuditReading) throws(StoreError) -> Bool {
        let filter = AuditFilter(order: .oldestFirst(after: sequence - 1), limit: 1)
        return try reader.auditRecords(matching: filter).entries.first.map(Self.init) == self
    }
}
