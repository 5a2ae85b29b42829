import AuditTrail
import Foundation
import Logging
import Recording
import RecordingStore
import Testing

@testable import Authority

@Suite struct `the start after a crash` {
    private let folder: Folder
    private let store: SQLiteStore
    private let recordings: RecordingFolder
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        folder = try Folder()
        try folder.setMode(0o700, of: "")
        store = try SQLiteStore(path: "\(folder.path)/audit.db")
        recordings = try RecordingFolder(path: "\(folder.path)/recordings")
    }

    private func place(_ session: String) -> String { "1970/01/01/\(session).cast" }

    private func record(_ session: String, _ event: AuditEvent) -> NewAuditRecord {
        NewAuditRecord(
            time: .now(),
            attribution: Attribution(
                connection: "c-000000000001",
                session: session,
                principal: "human:alice",
                target: "web1",
                login: "deploy"
            ),
            event: event
        )
    }

    /// A session that was permitted and whose recording holds its header.
    private func begin(_ session: String) throws {
        let opened = AuditEvent.SessionOpened(
            number: 1,
            request: .shell,
            command: RecordedBytes([]),
            hasTerminal: false,
            environment: []
        )
        let decided = AuditEvent.Decided(
            effect: .permit,
            reason: "granted",
            determiningRules: ["a grant"],
            recording: place(session)
        )
        _ = try store.append([
            record(session, .sessionOpened(opened)), record(session, .decided(decided)),
        ])
        let header = RecordingHeader(
            columns: 80,
            rows: 24,
            timestamp: 0,
            hasTerminal: false,
            session: RecordedSession(
                connection: "c-000000000001",
                session: session,
                principal: "human:alice",
                onBehalfOf: nil,
                target: "web1",
                login: "deploy",
                request: .shell
            )
        )
        _ = try recordings.create(session: session, header: header, at: 0)
    }

    /// The session has a certificate and its program was started.
    private func start(_ session: String) throws {
        let certificate = AuditEvent.CertificateIssued(
            serial: .unnumbered(authority: 1),
            keyID: "sallyport:v1:session=\(session)",
            publicKeyFingerprint: "SHA256:k",
            validAfter: .now(),
            validBefore: .now(),
            forceCommandDigest: "00",
            sourceAddress: "127.0.0.1/32",
            purpose: .session,
            transport: TransportEnds(
                localAddress: "192.0.2.1",
                localPort: 40_000,
                peerAddress: "192.0.2.10",
                peerPort: 22
            )
        )
        _ = try store.append([
            record(session, .certificateIssued(certificate)), record(session, .sessionStarted),
        ])
    }

    private func open() throws {
        let opened = AuditEvent.ConnectionOpened(
            peerAddress: "::1",
            peerPort: 1,
            listener: "[::]:2222"
        )
        _ = try store.append([
            NewAuditRecord(
                time: .now(),
                attribution: Attribution(connection: "c-000000000001"),
                event: .connectionOpened(opened)
            )
        ])
    }

    private func isClosed(_ session: String) throws -> Bool {
        let path = "\(recordings.path)/\(place(session))"
        return try String(contentsOfFile: path, encoding: .utf8).contains("recovered")
    }

    @Test func `closes the recordings of the sessions that were open, and looks at no others`()
        throws
    {
        try open()
        try begin("s-000000000001")
        try begin("s-000000000002")
        let ended = AuditEvent.SessionEnded(cause: .finished)
        _ = try store.append([record("s-000000000002", .sessionEnded(ended))])
        // What a walk through all recordings would stumble over.
        try Data().write(to: URL(filePath: "\(recordings.path)/1971"))

        _ = try Recovering.run(store, recordings, logger)

        #expect(try isClosed("s-000000000001"))
        #expect(try !isClosed("s-000000000002"))
        let session = try #require(try store.session("s-000000000001"))
        #expect(session.cause == .recovered)
        let kinds = try store.auditRecords(
            matching: AuditFilter(about: Attribution(session: "s-000000000001"))
        ).entries.map(\.kind)
        #expect(kinds.suffix(2) == [.recordingRecovered, .sessionEnded])
    }

    @Test func `closes the recording of a session that may still run on its target, once`() throws {
        let session = "s-000000000001"
        try open()
        try begin(session)
        try start(session)
        let path = "\(recordings.path)/\(place(session))"
        var files: [Data] = []

        // The second start is after a crash in the midst of ending it.
        for _ in 1...2 {
            let leftovers = try Recovering.run(store, recordings, logger)
            #expect(leftovers.map(\.id) == [session])
            #expect(try store.session(session)?.isLive == true)
            files.append(try Data(contentsOf: URL(filePath: path)))
        }

        #expect(try isClosed(session))
        #expect(files[0] == files[1])
        let recovered = try store.auditRecords(matching: AuditFilter(kinds: [.recordingRecovered]))
        #expect(recovered.entries.map(\.attribution.session) == [session])
    }

    @Test func `goes on where a recording is not there, or cannot be mended`() throws {
        try open()
        for number in 1...3 { try begin("s-00000000000\(number)") }
        let path = "\(recordings.path)/\(place("s-000000000001"))"
        try FileManager.default.removeItem(atPath: path)
        try Data("no recording".utf8)
            .write(to: URL(filePath: "\(recordings.path)/\(place("s-000000000002"))"))

        _ = try Recovering.run(store, recordings, logger)

        #expect(try isClosed("s-000000000003"))
        #expect(
            try store.sessions(matching: SessionFilter(page: PageFilter(isLive: true))).entries
                .isEmpty
        )
    }
}
