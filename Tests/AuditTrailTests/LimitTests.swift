import GRDB
import Testing

@testable import AuditTrail

@Suite struct `a limit of the audit trail` {
    let folder: TemporaryFolder
    let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore(path: folder.database)
    }

    @Test func `is how long a name in a record is`() throws {
        let most = String(repeating: "c", count: AuditLimits.attributionBytes)
        _ = try store.append([Facts.connectionOpened(most)])
        #expect(throws: StoreError.refused(.tooLong(part: "connection", limitBytes: 256))) {
            try store.append([Facts.connectionOpened(most + "c")])
        }
    }

    @Test func `is how many bytes of JSON a payload has`() throws {
        func notice(_ bytes: Int) -> NewAuditRecord {
            Facts.notice(String(repeating: "x", count: bytes))
        }
        _ = try store.append([Facts.notice("")])
        let frame = try #require(
            try DatabaseQueue(path: folder.database).read {
                try Int.fetchOne($0, sql: "SELECT length(payload) FROM audit")
            }
        )
        _ = try store.append([notice(AuditLimits.payloadBytes - frame)])
        #expect(
            throws: StoreError.refused(
                .tooLong(part: "payload", limitBytes: AuditLimits.payloadBytes)
            )
        ) { try store.append([notice(AuditLimits.payloadBytes - frame + 1)]) }
    }

    @Test func `is how many records are durable together`() throws {
        let committer = GroupCommitter(store: store)
        let records = [NewAuditRecord](repeating: Facts.notice("a"), count: 256)
        #expect(try committer.commit(records).count == AuditLimits.submissionRecords)
        #expect(throws: StoreError.refused(.tooManyRecords(limit: 256))) {
            try committer.commit(records + [Facts.notice("a")])
        }
        committer.close()
    }

    @Test func `is how many records wait, with a quarter more of ends and locks`() throws {
        let gate = GatedStore(store)
        let committer = GroupCommitter(store: gate)
        let outcomes = Outcomes()
        func submit(_ record: NewAuditRecord, _ count: Int) throws(StoreError) {
            let records = [NewAuditRecord](repeating: record, count: count)
            try committer.submit(records, completion: outcomes.note("r"))
        }
        for _ in 0..<AuditLimits.queuedRecords / 256 { try submit(Facts.notice("a"), 256) }
        #expect(throws: StoreError.self) { try submit(Facts.notice("b"), 1) }
        for _ in 0..<AuditLimits.queuedRecords / 4 / 256 {
            try submit(Facts.locked(.allAgents), 256)
        }
        #expect(throws: StoreError.self) { try submit(Facts.locked(.allAgents), 1) }
        gate.open()
        committer.close()
        #expect(outcomes.names.count == AuditLimits.queuedRecords * 5 / 4 / 256)
    }

    @Test func `is how many bytes of commands wait`() throws {
        let gate = GatedStore(store)
        let committer = GroupCommitter(store: gate)
        let outcomes = Outcomes()
        // What is not a command of a record is counted as two KiB.
        func submit(_ bytes: Int) throws(StoreError) {
            let command = [UInt8](repeating: 0x61, count: bytes - 2048)
            let record = Facts.sessionOpened("s-1", in: "c-1", command: command)
            try committer.submit([record], completion: outcomes.note("r"))
        }
        let mebibyte = 1 << 20
        for _ in 1..<AuditLimits.queuedBytes / mebibyte { try submit(mebibyte) }
        #expect(throws: StoreError.self) { try submit(mebibyte + 1) }
        try submit(mebibyte)
        #expect(throws: StoreError.self) { try submit(2048) }
        gate.open()
        committer.close()
        #expect(outcomes.names.count == AuditLimits.queuedBytes / mebibyte)
    }

    @Test func `is how much of a command a list shows`() throws {
        func listed(_ session: String, _ bytes: Int) throws -> Int? {
            let command = [UInt8](repeating: 0x61, count: bytes)
            _ = try store.append([
                Facts.connectionOpened("c-\(session)"), Facts.signedIn("c-\(session)"),
                Facts.sessionOpened(session, in: "c-\(session)", command: command),
            ])
            return try store.session(session)?.command.bytes.count
        }
        #expect(try listed("s-1", AuditLimits.listedCommandBytes) == 4096)
        #expect(try listed("s-2", AuditLimits.listedCommandBytes + 1) == 4096)
    }

    @Test func `is how many rows a page has, and how many when nobody says`() throws {
        _ = try store.append((0..<256).map { Facts.notice("\($0)") })
        for _ in 0..<3 { _ = try store.append((0..<256).map { Facts.notice("\($0)") }) }
        func rows(_ filter: AuditFilter) throws -> Int {
            try store.auditRecords(matching: filter).entries.count
        }
        #expect(try rows(AuditFilter()) == AuditLimits.defaultPageRows)
        #expect(try rows(AuditFilter(limit: 1000)) == 1000)
        #expect(try rows(AuditFilter(limit: 1001)) == 1000)
    }

    @Test func `is after how many bytes a page ends`() throws {
        let payload = AuditLimits.pageBytes / 8
        _ = try store.append([Facts.notice("")])
        let frame = try #require(
            try DatabaseQueue(path: folder.database).read {
                try Int.fetchOne($0, sql: "SELECT length(payload) FROM audit")
            }
        )
        func page(_ bytes: Int) throws -> Int {
            let after = try #require(try store.append([Facts.notice("mark")]).last?.sequence)
            let notice = Facts.notice(String(repeating: "x", count: bytes - frame))
            for _ in 0..<9 { _ = try store.append([notice]) }
            return try store.auditRecords(
                matching: AuditFilter(order: .oldestFirst(after: after))
            ).entries.count
        }
        // The row that reaches the limit is the last one.
        #expect(try page(payload) == 8)
        #expect(try page(payload - 1) == 9)
    }

    @Test func `is how much of bytes that are no text is shown`() {
        func shown(_ bytes: Int) -> Int {
            RecordedBytes([UInt8](repeating: 0x61, count: bytes - 1) + [0xff]).displayText.count
        }
        #expect(shown(RecordedBytes.maximumDisplayBytes) == 4096)
        #expect(shown(RecordedBytes.maximumDisplayBytes + 1) == 4096)
    }

    @Test func `is how many read at the same time`() {
        #expect(SQLiteSettings().readerConfiguration.maximumReaderCount == AuditLimits.readers)
    }
}
