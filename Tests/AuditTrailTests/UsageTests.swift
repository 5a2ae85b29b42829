import AuditTrail
import Testing

@Suite struct `what is known of the time before the start` {
    @Test func `is who signed in from where last, the latest first, and nobody else`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.database)
        _ = try store.append([
            Facts.connectionOpened("c-1", from: "192.0.2.1", at: 0), Facts.signedIn("c-1", at: 1),
            Facts.connectionOpened("c-2", from: "192.0.2.2", at: 10),
            Facts.signedIn("c-2", at: 11),
            Facts.connectionOpened("c-3", from: "192.0.2.1", at: 20),
            Facts.signedIn("c-3", at: 21),
            // This one never does.
            Facts.connectionOpened("c-4", from: "192.0.2.3", at: 30),
        ])

        func places(since second: Int64, limit: Int = 10) throws -> [String] {
            try store.signIns(since: Facts.time(second), limit: limit)
                .map { "\($0.address) \($0.openedAt == Facts.time(20) ? "20" : "10")" }
        }
        #expect(try places(since: 0) == ["192.0.2.1 20", "192.0.2.2 10"])
        #expect(try places(since: 0, limit: 1) == ["192.0.2.1 20"])
        #expect(try places(since: 11) == ["192.0.2.1 20"])
        #expect(try places(since: 21) == [])
    }
}
