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
            Facts.certificate(session: "s-1", over: nil),
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
        #expect(ends.map(\.sequence) == [8, 10, 11, 12])
        #expect(ends.last?.attribution.principal == Facts.alice)
    }

    @Test func `spares what goes on`() throws {
        _ = try store.append([
            Facts.connectionOpened("c-1"), Facts.signedIn("c-1"),
            Facts.sessionOpened("s-1", in: "c-1"), Facts.sessionOpened("s-2", in: "c-1"),
            Facts.connectionOpened("c-2"), Facts.connectionOpened("c-3"),
        ])
        let live = LiveEntries(connections: ["c-1", "c-3"], sessions: ["s-1"])
        let recovery = try store.recover(at: Facts.time(100), sparing: live)

        #expect(recovery.sessions.map(\.id) == ["s-2"])
        #expect(recovery.connections.map(\.id) == ["c-2"])
        #expect(try store.session("s-1")?.endedAt == nil)
        #expect(try store.connection("c-3")?.endedAt == nil)
        #expect(try store.session("s-2")?.cause == .recovered)
    }

    @Test func `leaves open what may run on a target, with the transport that leads to it`()
        throws
    {
        let second = TransportEnds(
            localAddress: "192.0.2.1",
            localPort: 40_001,
            peerAddress: "192.0.2.10",
            peerPort: 22
        )
        _ = try store.append([
            Facts.connectionOpened("c-1"),
            // Its first transport was lost; then it was signalled.
            Facts.sessionOpened("s-1", in: "c-1"), Facts.permitted("s-1"),
            Facts.certificate(session: "s-1"), Facts.certificate(session: "s-1", over: second),
            Facts.certificate(session: "s-1", for: .termination),
            // The crash came before its certificate.
            Facts.sessionOpened("s-2", in: "c-1"), Facts.permitted("s-2"),
            Facts.sessionOpened("s-3", in: "c-1"), Facts.permitted("s-3"),
            Facts.certificate(session: "s-3"), Facts.sessionEnded("s-3"),
        ])

        let recovery = try store.recover(at: Facts.time(100))

        #expect(recovery.leftovers.map(\.id) == ["s-1"])
        #expect(recovery.leftovers.map(\.transport) == [second])
        #expect(try store.session("s-1")?.isLive == true)
        #expect(recovery.sessions.map(\.id) == ["s-2"])
        #expect(try store.session("s-2")?.remoteEnd == nil)
        #expect(try store.connection("c-1")?.cause == .recovered)
    }

    @Test func `finds a leftover again until its end is recorded`() throws {
        _ = try store.append([
            Facts.connectionOpened("c-1"), Facts.sessionOpened("s-1", in: "c-1"),
            Facts.certificate(session: "s-1"),
        ])
        let first = try store.recover(at: Facts.time(1)).leftovers
        #expect(try store.recover(at: Facts.time(2)).leftovers == first)

        let leftover = try #require(first.first)
        #expect(leftover.attribution.target == "web1" && leftover.attribution.login == "deploy")
        _ = try store.append([
            NewAuditRecord(
                time: Facts.time(3),
                attribution: leftover.attribution,
                event: .sessionEnded(.recovered(.left(processes: 2), detail: "1 were ended"))
            )
        ])

        #expect(try store.recover(at: Facts.time(4)).leftovers.isEmpty)
        let closed = try #require(try store.session("s-1"))
        #expect(closed.cause == .recovered && closed.remoteEnd == .left(processes: 2))
    }

    @Test func `has nothing to do a second time`() throws {
        _ = try store.append([Facts.connectionOpened("c-1")])
        _ = try store.recover(at: Facts.time(1))
        let again = try store.recover(at: Facts.time(2))
        #expect(again.sessions.isEmpty && again.connections.isEmpty)
        #expect(try store.auditRecords(matching: AuditFilter()).entries.count == 2)
    }

    @Test func `closes more than one transaction may hold`() throws {
        let openings = (0..<600).flatMap { number in
            [
                Facts.connectionOpened("c-\(number)"),
                Facts.sessionOpened("s-\(number)", in: "c-\(number)"),
            ]
                // Leftovers among the others, which a second look must not find again.
                + (number % 2 == 0 ? [Facts.certificate(session: "s-\(number)")] : [])
        }
        _ = try store.append(openings)

        let recovery = try store.recover(at: Facts.time(1))

        #expect(recovery.connections.count == 600)
        #expect(recovery.sessions.count == 300)
        #expect(Set(recovery.leftovers.map(\.id)).count == 300)
        #expect(
            try store.connections(matching: ConnectionFilter(page: PageFilter(isLive: true)))
                .entries.isEmpty
        )
    }
}
