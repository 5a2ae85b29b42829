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

    @Test func `is how much each principal recorded in sessions since then, as ends measured it`()
        throws
    {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.database)
        _ = try store.append([Facts.connectionOpened("c-1"), Facts.signedIn("c-1")])
        for (session, principal, second, bytes) in [
            ("s-1", "human:alice", 10, 5), ("s-2", "human:alice", 20, 1 << 40),
            ("s-3", "human:bob", 20, 7), ("s-4", "human:alice", 30, 30),
        ] as [(String, String, Int64, UInt64)] {
            _ = try store.append([
                Facts.sessionOpened(session, in: "c-1", by: principal, at: second),
                Facts.permitted(session), Facts.sessionEnded(session, recordingBytes: bytes),
            ])
        }
        func uses(since second: Int64) throws -> Set<RecordedUse> {
            Set(try store.recordedBytes(since: Facts.time(second)))
        }
        let bob = RecordedUse(principal: "human:bob", bytes: 7)
        #expect(
            try uses(since: 20)
                == [RecordedUse(principal: "human:alice", bytes: (1 << 40) + 30), bob]
        )
        #expect(try uses(since: 10).contains { $0.bytes == (1 << 40) + 35 })
        #expect(try uses(since: 31) == [])
        #expect(try store.unmeasuredRecordings(since: Facts.time(0), limit: 10) == [])
    }

    @Test func `are the recordings that no end measured, because there is none or it is silent`()
        throws
    {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.database)
        _ = try store.append([
            Facts.connectionOpened("c-1"), Facts.signedIn("c-1"),
            // It runs; the next one was ended by a crash; of the last one nothing is recorded.
            Facts.sessionOpened("s-1", in: "c-1", at: 10), Facts.permitted("s-1"),
            Facts.sessionOpened("s-2", in: "c-1", at: 20), Facts.permitted("s-2"),
            Facts.sessionEnded("s-2"), Facts.sessionOpened("s-3", in: "c-1", at: 30),
        ])
        func found(since second: Int64, limit: Int = 10) throws -> [String] {
            try store.unmeasuredRecordings(since: Facts.time(second), limit: limit)
                .map { "\($0.principal) \($0.recording.suffix(8))" }
        }
        #expect(try found(since: 0) == ["human:alice s-2.cast", "human:alice s-1.cast"])
        #expect(try found(since: 0, limit: 1) == ["human:alice s-2.cast"])
        #expect(try found(since: 20) == ["human:alice s-2.cast"])
        #expect(try store.recordedBytes(since: Facts.time(0)) == [])
    }

    @Test func `are the recordings of sessions over a moment, with all that their ends tell`()
        throws
    {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.database)
        _ = try store.append([Facts.connectionOpened("c-1"), Facts.signedIn("c-1")])
        for (session, opened, ended, bytes) in [
            ("s-1", 10, 19, 1), ("s-2", 10, 30, 2), ("s-3", 19, 20, nil), ("s-4", 20, 30, 4),
        ] as [(String, Int64, Int64, UInt64?)] {
            _ = try store.append([
                Facts.sessionOpened(session, in: "c-1", at: opened), Facts.permitted(session),
                Facts.sessionEnded(session, recordingBytes: bytes, at: ended),
            ])
        }
        // It runs.
        _ = try store.append([
            Facts.sessionOpened("s-5", in: "c-1", at: 10), Facts.permitted("s-5"),
        ])
        func found(limit: Int = 10) throws -> [SpanningRecording] {
            try store.recordings(across: Facts.time(20), limit: limit)
        }
        #expect(try found().map(\.bytes) == [2, nil])
        #expect(try found(limit: 1).map(\.bytes) == [2])
        let first = try #require(try found().first)
        #expect(first.principal == "human:alice" && first.recording.hasSuffix("s-2.cast"))
        #expect(first.openedAt == Facts.time(10) && first.endedAt == Facts.time(30))
    }
}
