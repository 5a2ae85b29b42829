import AuditTrail
import GRDB
import Testing

@Suite struct `a query` {
    let folder: TemporaryFolder
    let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore(path: folder.database)
        _ = try store.append([
            Facts.connectionOpened("c-1", at: 0), Facts.signedIn("c-1", at: 1),
            Facts.sessionOpened("s-1", in: "c-1", at: 2), Facts.permitted("s-1"),
            Facts.connectionOpened("c-2", at: 10),
            Facts.signedIn("c-2", "agent:copilot", onBehalfOf: Facts.alice, at: 11),
            Facts.sessionOpened(
                "s-2",
                in: "c-2",
                by: "agent:copilot",
                onBehalfOf: Facts.alice,
                on: "db1",
                at: 12
            ),
            Facts.sessionEnded("s-1", at: 13), Facts.connectionEnded("c-1", at: 14),
        ])
    }

    @Test(
        arguments: [
            (SessionFilter(), ["s-2", "s-1"]),
            (SessionFilter(connection: "c-1"), ["s-1"]),
            (SessionFilter(principal: "agent:copilot"), ["s-2"]),
            (SessionFilter(onBehalfOf: "human:alice"), ["s-2"]),
            (SessionFilter(onBehalfOf: "human:bob"), []),
            (SessionFilter(target: "web1"), ["s-1"]),
            (SessionFilter(target: "web1' OR '1' = '1"), []),
            (SessionFilter(page: PageFilter(since: Facts.time(12))), ["s-2"]),
            (SessionFilter(page: PageFilter(since: Facts.time(13))), []),
            (SessionFilter(page: PageFilter(until: Facts.time(12))), ["s-1"]),
            (SessionFilter(page: PageFilter(until: Facts.time(13))), ["s-2", "s-1"]),
            (SessionFilter(page: PageFilter(isLive: true)), ["s-2"]),
            (SessionFilter(page: PageFilter(isLive: false)), ["s-1"]),
            (SessionFilter(principal: "agent:copilot", page: PageFilter(isLive: false)), []),
            (SessionFilter(page: PageFilter(before: 7)), ["s-1"]),
        ] as [(SessionFilter, [String])]
    )
    func `finds the sessions that match, and no neighbour`(
        filter: SessionFilter,
        ids: [String]
    ) throws {
        #expect(try store.sessions(matching: filter).entries.map(\.id) == ids)
    }

    @Test(
        arguments: [
            (ConnectionFilter(), ["c-2", "c-1"]),
            (ConnectionFilter(connection: "c-1"), ["c-1"]),
            (ConnectionFilter(connection: "c-1", onBehalfOf: "human:alice"), []),
            (ConnectionFilter(principal: "human:alice"), ["c-1"]),
            (ConnectionFilter(onBehalfOf: "human:alice"), ["c-2"]),
            (ConnectionFilter(peerAddress: "192.0.2.7"), ["c-2", "c-1"]),
            (ConnectionFilter(peerAddress: "192.0.2.8"), []),
            (ConnectionFilter(page: PageFilter(since: Facts.time(10))), ["c-2"]),
            (ConnectionFilter(page: PageFilter(until: Facts.time(10))), ["c-1"]),
            (ConnectionFilter(page: PageFilter(isLive: true)), ["c-2"]),
            (ConnectionFilter(page: PageFilter(isLive: false)), ["c-1"]),
            (ConnectionFilter(page: PageFilter(before: 5)), ["c-1"]),
        ] as [(ConnectionFilter, [String])]
    )
    func `finds the connections that match, and no neighbour`(
        filter: ConnectionFilter,
        ids: [String]
    ) throws {
        #expect(try store.connections(matching: filter).entries.map(\.id) == ids)
    }

    @Test(
        arguments: [
            (AuditFilter(), [1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (AuditFilter(kinds: [.signedIn, .sessionEnded]), [2, 6, 8]),
            (AuditFilter(kinds: [.locked]), []),
            (AuditFilter(about: Attribution(connection: "c-2")), [5, 6, 7]),
            (AuditFilter(about: Attribution(session: "s-1")), [3, 4, 8]),
            (AuditFilter(about: Attribution(principal: "agent:copilot")), [6, 7]),
            (AuditFilter(about: Attribution(onBehalfOf: "human:alice")), [6, 7]),
            (AuditFilter(about: Attribution(target: "db1")), [7]),
            (AuditFilter(about: Attribution(login: "deploy")), [3, 7]),
            (AuditFilter(about: Attribution(login: "root")), []),
            (AuditFilter(since: Facts.time(13)), [8, 9]),
            (AuditFilter(until: Facts.time(1)), [1]),
            (AuditFilter(order: .oldestFirst(after: 7)), [8, 9]),
            (AuditFilter(order: .newestFirst(before: 3)), [2, 1]),
            (AuditFilter(kinds: [.signedIn], order: .newestFirst(before: nil)), [6, 2]),
        ] as [(AuditFilter, [Int64])]
    )
    func `finds the records that match, and no neighbour`(
        filter: AuditFilter,
        sequences: [Int64]
    ) throws {
        #expect(try store.auditRecords(matching: filter).entries.map(\.sequence) == sequences)
    }

    @Test func `comes in pages that join without a gap`() throws {
        var sequences: [Int64] = []
        var after: Int64?
        repeat {
            let page = try store.auditRecords(
                matching: AuditFilter(order: .oldestFirst(after: after), limit: 2)
            )
            #expect((1...2).contains(page.entries.count))
            sequences += page.entries.map(\.sequence)
            after = page.next
        } while after != nil
        #expect(sequences == Array(1...9))

        let newest = try store.sessions(matching: SessionFilter(page: PageFilter(limit: 1)))
        #expect(newest.entries.map(\.id) == ["s-2"] && newest.next == 7)
        let rest = try store.sessions(
            matching: SessionFilter(page: PageFilter(before: newest.next, limit: 1))
        )
        #expect(rest.entries.map(\.id) == ["s-1"] && rest.next == nil)
    }

    @Test func `gives no more rows and bytes than a page may have`() throws {
        _ = try store.append((0..<1100).map { Facts.notice("\($0)") })
        let many = try store.auditRecords(matching: AuditFilter(limit: .max))
        #expect(many.entries.count == AuditLimits.pageRows && many.next == 1000)
        #expect(try store.auditRecords(matching: AuditFilter(limit: -1)).entries.count == 1)

        let large = String(repeating: "x", count: 3 * 1024 * 1024)
        for _ in 0..<7 { _ = try store.append([Facts.notice(large)]) }
        let heavy = try store.auditRecords(matching: AuditFilter(order: .newestFirst(before: nil)))
        #expect(heavy.entries.count == 6 && heavy.next == 1111)
    }

    @Test func `never makes the writer wait`() throws {
        let other = try DatabasePool(path: folder.database)
        try other.read { database in
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM audit") == 9)
            _ = try store.append([Facts.notice("while somebody reads")])
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM audit") == 9)
        }
        #expect(try store.auditRecords(matching: AuditFilter()).entries.count == 10)
        try other.close()
    }

    @Test func `works beside the store that writes, and without it`() throws {
        let beside = try SQLiteReader(path: folder.database)
        #expect(try beside.session("s-1")?.id == "s-1")
        try beside.close()
        try store.close()
        let alone = try SQLiteReader(path: folder.database)
        #expect(try alone.session("s-1")?.id == "s-1")
        #expect(try alone.session("s-9") == nil)
        try alone.close()
    }
}
