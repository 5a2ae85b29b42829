import AuditTrail
import Testing

@Suite struct `the lists of the trail` {
    let folder: TemporaryFolder
    let store: SQLiteStore

    init() throws {
        folder = try TemporaryFolder()
        store = try SQLiteStore(path: folder.database)
    }

    @Test func `follow a connection from its opening to its end`() throws {
        _ = try store.append([Facts.connectionOpened("c-1")])
        let opened = try #require(try store.connection("c-1"))
        #expect(opened.isLive && opened.principal == nil && opened.peerPort == 50_022)

        _ = try store.append([
            Facts.signedIn("c-1", "agent:copilot", onBehalfOf: Facts.alice),
            Facts.connectionEnded("c-1"),
        ])
        let ended = try #require(try store.connection("c-1"))
        #expect(ended.principal == "agent:copilot" && ended.onBehalfOf == Facts.alice)
        #expect(ended.userName == "deploy@web1" && ended.method == .publicKey)
        #expect(!ended.isLive && ended.cause == .clientClosed && ended.endedAt == Facts.time(9))
    }

    @Test func `follow a session from its opening to its end`() throws {
        _ = try store.append([
            Facts.connectionOpened("c-1"), Facts.sessionOpened("s-1", in: "c-1"),
        ])
        let opened = try #require(try store.session("s-1"))
        #expect(opened.isLive && opened.effect == nil && opened.command.text == "uptime")

        _ = try store.append([
            Facts.permitted("s-1"), Facts.about(session: "s-1", .sessionStarted),
            Facts.sessionEnded("s-1"),
        ])
        let ended = try #require(try store.session("s-1"))
        #expect(!ended.isLive && ended.effect == .permit)
        #expect(ended.recording == "2026/07/01/s-1.cast")
        #expect(ended.startedAt == Facts.time(3) && ended.endedAt == Facts.time(8))
        #expect(ended.cause == .finished && ended.result == .exitStatus(3))
        #expect(ended.remoteEnd == .exited)
    }

    @Test(arguments: [
        AuditEvent.RemoteEnd.exited, .ended, .unreachable, .left(processes: 4),
    ])
    func `keep a signal and what was left behind`(end: AuditEvent.RemoteEnd) throws {
        let result = AuditEvent.ProgramResult.exitSignal(
            name: "KILL",
            coreDumped: true,
            message: "out of memory"
        )
        let ending = AuditEvent.SessionEnded(cause: .terminated, result: result, remoteEnd: end)
        _ = try store.append([
            Facts.connectionOpened("c-1"), Facts.sessionOpened("s-1", in: "c-1"),
            Facts.about(session: "s-1", .sessionEnded(ending)),
        ])
        let session = try #require(try store.session("s-1"))
        #expect(session.result == result && session.remoteEnd == end)
        let line = try CanonicalJSON.line(session)
        #expect(try CanonicalJSON.value(SessionEntry.self, from: line) == session)
    }

    @Test func `show the beginning of a long command and its length`() throws {
        let command = Array(String(repeating: "é", count: 4000).utf8)
        _ = try store.append([
            Facts.connectionOpened("c-1"),
            Facts.sessionOpened("s-1", in: "c-1", command: Array("x".utf8) + command),
        ])
        let session = try #require(try store.session("s-1"))
        #expect(session.command.text == "x" + String(repeating: "é", count: 2047))
        #expect(session.commandBytes == 8001)
    }

    @Test func `admit no second opening, no second end, no end without an opening`() throws {
        _ = try store.append([
            Facts.connectionOpened("c-1"), Facts.sessionOpened("s-1", in: "c-1"),
            Facts.sessionEnded("s-1"),
        ])
        let refusals: [(NewAuditRecord, RecordRefusal)] = [
            (Facts.connectionOpened("c-1"), .connectionAlreadyOpened("c-1")),
            (Facts.connectionEnded("c-2"), .connectionNotOpen("c-2")),
            (Facts.signedIn("c-2"), .connectionNotOpen("c-2")),
            (Facts.sessionOpened("s-1", in: "c-1"), .sessionAlreadyOpened("s-1")),
            (Facts.sessionOpened("s-2", in: "c-2"), .connectionNotOpen("c-2")),
            (Facts.sessionEnded("s-1"), .sessionNotOpen("s-1")),
            (Facts.permitted("s-1"), .sessionNotOpen("s-1")),
            (Facts.about(session: "s-3", .sessionStarted), .sessionNotOpen("s-3")),
            (Facts.unlocked(.target("web1")), .notLocked(.target("web1"))),
        ]
        for (record, refusal) in refusals {
            #expect(throws: StoreError.refused(refusal)) { try store.append([record]) }
        }
    }

    @Test func `keep locks until they are lifted or over`() throws {
        _ = try store.append([
            Facts.locked(.principal("agent:copilot"), until: Facts.time(100)),
            Facts.locked(.target("agent:copilot")), Facts.locked(.allAgents),
        ])
        #expect(
            try store.locks(at: Facts.time(99)).map(\.subject) == [
                .principal("agent:copilot"), .target("agent:copilot"), .allAgents,
            ]
        )
        #expect(
            try store.locks(at: Facts.time(100)).map(\.subject) == [
                .target("agent:copilot"), .allAgents,
            ]
        )
        _ = try store.append([Facts.unlocked(.allAgents)])
        #expect(try store.locks(at: Facts.time(100)).map(\.subject) == [.target("agent:copilot")])
    }

    @Test func `take the newer of two locks of one subject`() throws {
        _ = try store.append([
            Facts.locked(.target("web1")), Facts.locked(.target("web1"), until: Facts.time(10)),
        ])
        let locks = try store.locks(at: Facts.time(0))
        #expect(locks.map(\.until) == [Facts.time(10)] && locks.map(\.sequence) == [2])
    }

    @Test func `have the shapes that the format page promises`() throws {
        _ = try store.append([
            Facts.connectionOpened("c-1"), Facts.signedIn("c-1"),
            Facts.sessionOpened("s-1", in: "c-1"), Facts.permitted("s-1"),
            Facts.sessionEnded("s-1"), Facts.locked(.allAgents), Facts.certificate(),
        ])
        #expect(
            try store.session("s-1").map(CanonicalJSON.line) == """
                {"cause":"finished","command":{"text":"uptime"},"commandBytes":6,\
                "connection":"c-1","effect":"permit","endedAt":"2026-07-01T12:00:08.000000Z",\
                "hasTerminal":false,"id":"s-1","isLive":false,"login":"deploy","number":1,\
                "openedAt":"2026-07-01T12:00:02.000000Z","principal":"human:alice",\
                "recording":"2026/07/01/s-1.cast","remoteEnd":{"state":"exited"},\
                "request":"exec","result":{"exitStatus":3},"sequence":3,"target":"web1"}
                """
        )
        #expect(
            try store.connection("c-1").map(CanonicalJSON.line) == """
                {"fingerprint":"SHA256:abc","id":"c-1","isLive":true,"listener":"0.0.0.0:2222",\
                "method":"publickey","openedAt":"2026-07-01T12:00:00.000000Z",\
                "peerAddress":"192.0.2.7","peerPort":50022,"principal":"human:alice",\
                "sequence":1,"userName":"deploy@web1"}
                """
        )
        #expect(
            try store.locks(at: Facts.time(9)).map(CanonicalJSON.line) == [
                """
                {"by":"human:alice","reason":"drill","sequence":6,\
                "since":"2026-07-01T12:00:05.000000Z","subject":{"kind":"all-agents"}}
                """
            ]
        )
        #expect(
            try store.certificate(CertificateSerial(authority: 1, number: 1))
                .map(CanonicalJSON.line) == """
                    {"issuedAt":"2026-07-01T12:00:04.000000Z","keyID":"sallyport:v1:principal=human",\
                    "principal":"human:alice","publicKeyFingerprint":"SHA256:def",\
                    "purpose":"session","sequence":7,"serial":"281474976710657","target":"web1",\
                    "transport":{"localAddress":"192.0.2.1","localPort":40000,\
                    "peerAddress":"192.0.2.10","peerPort":22},\
                    "validAfter":"2026-07-01T11:59:30.000000Z",\
                    "validBefore":"2026-07-01T12:01:00.000000Z"}
                    """
        )
    }
}

@Suite struct `the sessions of which nobody knows that all is over` {
    @Test func `are counted by target from a moment on, the most first`() throws {
        let folder = try TemporaryFolder()
        let store = try SQLiteStore(path: folder.database)
        _ = try store.append([Facts.connectionOpened("c-1")])
        let ends: [(String, AuditEvent.RemoteEnd?, Int64)] = [
            ("web1", .unreachable, 7), ("db1", .left(processes: 2), 8),
            ("db1", .uncertain(processes: 1), 9), ("db1", .exited, 9), ("dev1", .ended, 9),
            ("dev1", nil, 9),
        ]
        for (number, (target, end, second)) in ends.enumerated() {
            let ended = AuditEvent.SessionEnded(cause: .terminated, remoteEnd: end)
            _ = try store.append([
                Facts.sessionOpened("s-\(number)", in: "c-1", on: target),
                Facts.about(session: "s-\(number)", .sessionEnded(ended), at: second),
            ])
        }
        let reader = try SQLiteReader(path: folder.database)

        #expect(
            try reader.unsureEndings(since: Facts.time(7)) == [
                UnsureEndings(target: "db1", sessions: 2),
                UnsureEndings(target: "web1", sessions: 1),
            ]
        )
        #expect(
            try reader.unsureEndings(since: Facts.time(9)) == [
                UnsureEndings(target: "db1", sessions: 1)
            ]
        )
        try reader.close()
        try store.close()
    }
}
