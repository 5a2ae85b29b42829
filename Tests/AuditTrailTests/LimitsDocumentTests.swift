import TestSupport
import Testing

@testable import AuditTrail

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "AuditLimits.attributionBytes": WrittenLimit.bytes(AuditLimits.attributionBytes),
        "AuditLimits.payloadBytes": WrittenLimit.bytes(AuditLimits.payloadBytes),
        "AuditLimits.submissionRecords": WrittenLimit.count(AuditLimits.submissionRecords),
        "AuditLimits.queuedRecords": WrittenLimit.count(AuditLimits.queuedRecords),
        "AuditLimits.queuedBytes": WrittenLimit.bytes(AuditLimits.queuedBytes),
        "AuditLimits.queueReservePercent": WrittenLimit.count(AuditLimits.queueReservePercent),
        "AuditLimits.listedCommandBytes": WrittenLimit.bytes(AuditLimits.listedCommandBytes),
        "AuditLimits.pageRows": WrittenLimit.count(AuditLimits.pageRows),
        "AuditLimits.defaultPageRows": WrittenLimit.count(AuditLimits.defaultPageRows),
        "AuditLimits.pageBytes": WrittenLimit.bytes(AuditLimits.pageBytes),
        "AuditLimits.readers": WrittenLimit.count(AuditLimits.readers),
        "RecordedBytes.maximumDisplayBytes": WrittenLimit.bytes(RecordedBytes.maximumDisplayBytes),
        "CertificateSerial.maximumNumber": WrittenLimit.count(CertificateSerial.maximumNumber),
        "SQLiteSettings.checkpointPages": WrittenLimit.count(SQLiteSettings.checkpointPages),
        "SQLiteSettings.journalBytes": WrittenLimit.bytes(SQLiteSettings.journalBytes),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## Audit trail")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "AuditTrail").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
