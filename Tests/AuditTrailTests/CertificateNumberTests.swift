import AuditTrail
import GRDB
import Testing

@Suite struct `a certificate number` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `is one at first, rises, and goes on after the store was opened again`() throws {
        let first = try SQLiteStore(path: folder.database)
        let serials = try first.append([Facts.certificate(), Facts.certificate()])
            .map(\.certificateSerial)
        #expect(serials.map { $0?.number } == [1, 2])
        #expect(serials.map { $0?.authority } == [1, 1])
        try first.close()

        let second = try SQLiteStore(path: folder.database)
        let next = try second.append([Facts.certificate(authority: 2)])
        #expect(
            next == [
                Committed(
                    sequence: 3,
                    certificateSerial: CertificateSerial(authority: 2, number: 3)
                )
            ]
        )
        try second.close()
    }

    @Test func `of a transaction that failed was given to nobody`() throws {
        let store = try SQLiteStore(path: folder.database)
        #expect(throws: StoreError.self) {
            try store.append([Facts.certificate(), Facts.connectionEnded("c-1")])
        }
        #expect(try store.append([Facts.certificate()]).first?.certificateSerial?.number == 1)
    }

    @Test func `is in the record, and leads to it from a target's log`() throws {
        let store = try SQLiteStore(path: folder.database)
        let committed = try store.append([Facts.certificate(session: "s-1")])
        let serial = try #require(committed.first?.certificateSerial)

        let entry = try #require(try store.certificate(serial))
        #expect(entry.session == "s-1" && entry.serial == serial && entry.sequence == 1)
        #expect(try store.certificate(CertificateSerial(authority: 2, number: 1)) == nil)
        guard
            case .certificateIssued(let certificate) = try store.auditRecords(
                matching: AuditFilter(kinds: [.certificateIssued])
            ).entries.first?.event
        else {
            Issue.record("the record is not there")
            return
        }
        #expect(certificate.serial == serial)
    }

    @Test func `is only the store's to give`() throws {
        let store = try SQLiteStore(path: folder.database)
        var record = Facts.certificate()
        guard case .certificateIssued(let draft) = record.event else { return }
        record.event = .certificateIssued(
            AuditEvent.CertificateIssued(
                serial: CertificateSerial(authority: 1, number: 5),
                keyID: draft.keyID,
                publicKeyFingerprint: draft.publicKeyFingerprint,
                validAfter: draft.validAfter,
                validBefore: draft.validBefore,
                forceCommandDigest: draft.forceCommandDigest,
                sourceAddress: draft.sourceAddress,
                purpose: draft.purpose,
                transport: draft.transport
            )
        )
        #expect(throws: StoreError.refused(.alreadyNumbered)) { try store.append([record]) }
    }

    @Test func `ends at 48 bits and starts no second round`() throws {
        let store = try SQLiteStore(path: folder.database)
        let other = try DatabaseQueue(path: folder.database)
        try other.write {
            try $0.execute(
                sql: "UPDATE certificate_counter SET last = ?",
                arguments: [Int64(CertificateSerial.maximumNumber) - 1]
            )
        }
        let last = try store.append([Facts.certificate()])
        #expect(last.first?.certificateSerial?.number == 281_474_976_710_655)
        #expect(throws: StoreError.certificateNumbersExhausted) {
            try store.append([Facts.certificate()])
        }
        #expect(try store.append([Facts.notice("still recording")]).count == 1)
        try other.close()
    }
}
