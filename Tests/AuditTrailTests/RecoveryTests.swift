import AuditTrail
import Testing

@Suite struct `recovery after a crash` {
    let folder: TemporaryFolder
    let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore(path: folder.database)
    }

    @Test func `closes what was open, tells what it was, and leaves the rest alone`() throws {
        _ = try store.append([
            Facts.connectionOpened("c-1"), Facts.signedIn("c-1"),
            Facts.sessionOpened("s-1", in: "c-1"), Facts.permitted("s-1"),
            Facts.about(session: "s-1", .sessionStarted),
            Facts.sessionOpened("s-2", in: "c-1"), Facts.sessionEnded("s-2"),
            Facts.connectionOpened("c-2"), Facts.connectionEnded("c-2"),
        ])
        let recovery = try store.recover(at: Facts.time(100))

        #expect(recovery.sessions.map(\.id) == ["s-1"])
        #expect(recovery.sessions.map(\.recording) == ["2026/07/01/s-1.cast"])
        #expect(recovery.connections.map(\.id) == ["c-1"])
        let session = try #require(try store.session("s-1"))
        #expect(session.cause == .recovered && session.endedAt == Facts.time(100))
        #expect(session.remoteEnd == .unreachable)
        #expect(try store.connection("c-1")?.cause == .recovered)
        #expect(try store.session("s-2")?.cause == .finished)
        let ends = try store.auditRecords(
            matching: AuditFilter(kinds: [.sessionEnded, .connectionEnded])
        ).entries
        #expect(ends.map(\.sequence) == [7, 9, 10, 11])
        #expect(ends.last?.attribution.principal == Facts.alice)
    }

    @Test func `has nothing to do a second time`() throws {
        _ = try store.append([Facts.connectionOpened("c-1")])
        _ = try store.recover(at: Facts.time(1))
        let again = try store.recover(at: Facts.time(2))
        #expect(again.sessions.isEmpty && again.connections.isEmpty)
        #expect(try store.auditRecords(matching: AuditFilter()).entries.count == 2)
    }

    @Test func `closes more than one transaction may hold`() throws {
        let openings = (0..<600).map { Facts.connectionOpened("c-\($0)") }
        _ = try store.append(openings)
        #expect(try store.recover(at: Facts.time(1)).connections.count == 600)
        #expect(
            try store.connections(matching: ConnectionFilter(page: PageFilter(isLive: true)))
                .entries.isEmpty
        )
    }
}
