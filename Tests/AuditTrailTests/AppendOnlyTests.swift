import AuditTrail
import GRDB
import Testing

@Suite struct `the audit trail` {
    let folder: TemporaryFolder
    let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore(path: folder.database)
    }

    @Test func `numbers records from one without a gap, failures in between`() throws {
        #expect(
            try store.append([Facts.notice("a"), Facts.notice("b")]).map(\.sequence) == [1, 2]
        )
        #expect(throws: StoreError.refused(.connectionNotOpen("c-1"))) {
            try store.append([Facts.notice("c"), Facts.connectionEnded("c-1")])
        }
        #expect(try store.append([Facts.notice("d")]).map(\.sequence) == [3])
    }

    @Test func `gives back what it was given`() throws {
        let given = Facts.sessionOpened("s-1", in: "c-1", command: [0x6C, 0xFF, 0x00])
        _ = try store.append([Facts.connectionOpened("c-1"), given])

        let record = try #require(try store.auditRecords(matching: AuditFilter()).entries.last)
        #expect(record.sequence == 2)
        #expect(record.time == given.time)
        #expect(record.attribution == given.attribution)
        #expect(record.event == given.event)
    }

    @Test(arguments: [
        "UPDATE audit SET principal = 'human:mallory' WHERE sequence = 1",
        "DELETE FROM audit WHERE sequence = 2",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE sequence = 1",
        "INSERT INTO audit SELECT 9, time, kind, version, NULL, NULL, NULL, NULL, NULL, NULL, "
            + "payload FROM audit WHERE sequence = 1",
        "UPDATE certificate_counter SET last = 0",
        "DELETE FROM certificate_counter",
    ])
    func `refuses to be changed, also by others that open the file`(sql: String) throws {
        _ = try store.append([Facts.notice("a"), Facts.notice("b"), Facts.certificate()])
        let intruder = try DatabaseQueue(path: folder.database)

        #expect(throws: DatabaseError.self) { try intruder.write { try $0.execute(sql: sql) } }
        #expect(try store.auditRecords(matching: AuditFilter()).entries.count == 3)
        try intruder.close()
    }

    @Test func `says which record somebody made unreadable`() throws {
        _ = try store.append([Facts.notice("a")])
        let intruder = try DatabaseQueue(path: folder.database)
        try intruder.write {
            try $0.execute(
                sql: """
                    INSERT INTO audit (sequence, time, kind, version, payload)
                    VALUES (2, 0, 'notice', 1, x'7b7d')
                    """
            )
        }
        let error = #expect(throws: StoreError.self) {
            try store.auditRecords(matching: AuditFilter())
        }
        #expect(error?.description.contains("audit record 2") == true)
        try intruder.close()
    }

    @Test func `refuses records that lack what their kind needs, or are too long`() throws {
        var nameless = Facts.notice("a")
        nameless = NewAuditRecord(
            time: nameless.time,
            attribution: Attribution(),
            event: Facts.connectionOpened("c-1").event
        )
        #expect(
            throws: StoreError.refused(.missing(part: "connection", kind: .connectionOpened))
        ) { try store.append([nameless]) }

        let long = Facts.connectionOpened(String(repeating: "c", count: 257))
        #expect(throws: StoreError.refused(.tooLong(part: "connection", limitBytes: 256))) {
            try store.append([long])
        }
        let large = Facts.notice(String(repeating: "x", count: AuditLimits.payloadBytes))
        #expect(
            throws: StoreError.refused(
                .tooLong(part: "payload", limitBytes: AuditLimits.payloadBytes)
            )
        ) { try store.append([large]) }
        #expect(throws: StoreError.refused(.nothingSubmitted)) { try store.append([]) }
    }

    @Test(arguments: ["", "human:\0alice", "human:alice\n", "human:\u{7F}"])
    func `refuses names that are empty or would not be found as they are`(name: String) throws {
        let record = NewAuditRecord(
            time: Facts.time(0),
            attribution: Attribution(principal: name),
            event: Facts.notice("a").event
        )
        #expect(throws: StoreError.refused(.notAName(part: "principal"))) {
            try store.append([record])
        }
        #expect(throws: StoreError.refused(.notAName(part: "subject"))) {
            try store.append([Facts.locked(.principal(name))])
        }
    }

    @Test func `takes what a client made up whole, NUL included`() throws {
        let made = "deploy\0@web1\u{1B}[2J"
        let signIn = NewAuditRecord(
            time: Facts.time(1),
            attribution: Facts.signedIn("c-1").attribution,
            event: .signedIn(
                AuditEvent.SignedIn(method: .publicKey, fingerprint: "SHA256:a", userName: made)
            )
        )
        _ = try store.append([Facts.connectionOpened("c-1"), signIn])

        let records = try store.auditRecords(matching: AuditFilter(kinds: [.signedIn])).entries
        #expect(records.map(\.event) == [signIn.event])
        #expect(try store.connection("c-1")?.userName == "deploy\u{FFFD}@web1\u{1B}[2J")
        #expect(try store.connection("c-1\0") == nil)
        #expect(
            try store.sessions(matching: SessionFilter(connection: "c-1\0")).entries.isEmpty
        )
    }

    @Test func `takes the longest command and environment that a client may send`() throws {
        let control = [UInt8](repeating: 1, count: 96 * 1024)
        let opening = NewAuditRecord(
            time: Facts.time(0),
            attribution: Facts.sessionOpened("s-1", in: "c-1").attribution,
            event: .sessionOpened(
                AuditEvent.SessionOpened(
                    number: 1,
                    request: .exec,
                    command: RecordedBytes(control),
                    hasTerminal: false,
                    environment: (0..<64).map { _ in
                        AuditEvent.EnvironmentVariable(
                            name: String(repeating: "\u{1}", count: 128),
                            value: RecordedBytes(Array(control.prefix(4096)))
                        )
                    }
                )
            )
        )
        _ = try store.append([Facts.connectionOpened("c-1"), opening])
        let records = try store.auditRecords(matching: AuditFilter()).entries
        #expect(records.last?.event == opening.event)
    }
}
