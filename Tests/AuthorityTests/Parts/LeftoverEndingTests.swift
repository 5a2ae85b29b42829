import AuditTrail
import Logging
import MessageSockets
import SSHKeys
import StrictYAML
import Testing

@testable import Authority

@Suite struct `ending what a crash left` {
    private let folder: Folder
    private let store: SQLiteStore
    private let services: Services

    /// An authority without processes, whose inventory has no target.
    init() throws {
        let folder = try Folder()
        try folder.write("", to: "sallyport.yaml")
        try folder.write("principals:\n  human:alice: {}\n", to: "inventory.yaml")
        let path = "\(folder.path)/sallyport.yaml"
        let snapshot = try Snapshot.load(settingsPath: path).value
        try StateDirectory.make(snapshot.settings.stateDirectory)
        let store = try Startup.openStore(snapshot.settings)
        let key = Signer(Ed25519SigningKey.generate())
        services = try Startup.assemble(
            snapshot,
            Startup.Programs(session: "/bin/false", decide: "/bin/false"),
            ProcessConfinement(account: nil),
            (host: key, certificateAuthority: key),
            store,
            Startup.openRecordings(snapshot.settings),
            GroupCommitter(store: store),
            Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        self.folder = folder
        self.store = store
    }

    private func leftover(from port: UInt16, to server: SocketAddress) -> LeftoverSession {
        LeftoverSession(
            id: "s-1",
            attribution: Attribution(session: "s-1", target: "gone1", login: "deploy"),
            transport: TransportEnds(
                localAddress: "127.0.0.1",
                localPort: port,
                peerAddress: server.host,
                peerPort: server.port
            )
        )
    }

    /// What the audit trail has of a session whose authority was killed while it ran.
    private func recordCrash(over transport: TransportEnds) throws {
        let moment = Timestamp.now()
        let about = Attribution(
            connection: "c-1",
            session: "s-1",
            principal: "human:alice",
            target: "gone1",
            login: "deploy"
        )
        let events: [AuditEvent] = [
            .connectionOpened(.init(peerAddress: "192.0.2.7", peerPort: 1, listener: "here")),
            .sessionOpened(
                .init(
                    number: 1,
                    request: .exec,
                    command: RecordedBytes(Array("uptime".utf8)),
                    hasTerminal: false,
                    environment: []
                )
            ),
            .certificateIssued(
                .init(
                    serial: .unnumbered(authority: 1),
                    keyID: "sallyport:v1:session=s-1",
                    publicKeyFingerprint: "SHA256:k",
                    validAfter: moment,
                    validBefore: moment,
                    forceCommandDigest: "00",
                    sourceAddress: "127.0.0.1/32",
                    purpose: .session,
                    transport: transport
                )
            ),
            .sessionStarted,
        ]
        _ = try store.append(
            events.map { NewAuditRecord(time: moment, attribution: about, event: $0) }
        )
    }

    @Test func `says that it cannot be reached where the inventory has its target no more`()
        throws
    {
        let server = try #require(SocketAddress(host: "192.0.2.10", port: 22))
        try recordCrash(over: leftover(from: 40_000, to: server).transport)
        let ending = LeftoverEnding(try store.recover(at: .now()).leftovers, services)
        #expect(ending.isBusy)
        ending.closed = { [reactor = services.reactor] in reactor.stop() }

        ending.begin()
        try services.reactor.run()

        #expect(!ending.isBusy)
        let session = try #require(try store.session("s-1"))
        #expect(session.cause == .recovered && session.remoteEnd == .unreachable)
        let end = try store.auditRecords(matching: AuditFilter(kinds: [.sessionEnded])).entries
        guard case .sessionEnded(let ended) = end.first?.event else {
            Issue.record("no end is recorded")
            return
        }
        #expect(ended.detail?.contains("not in the inventory any more") == true)
    }

    @Test func `never meets a new session: no transport is made with the ends of an old one`()
        throws
    {
        let any = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        let listener = try TCPSocket.listening(at: any)
        let server = try #require(SocketAddress.local(of: listener.raw))
        // The kernel chooses our port: so each one that it could choose is one of a leftover.
        let leftovers = (UInt16(1024)...UInt16.max).map { leftover(from: $0, to: server) }
        let ending = LeftoverEnding(leftovers, services)
        var outcome: Dial.Outcome?

        let dial = services.dial(server.host, port: server.port, within: .seconds(5)) {
            [reactor = services.reactor] in
            outcome = $0
            reactor.stop()
        }
        try services.reactor.run()
        withExtendedLifetime((dial, ending, listener)) {}

        guard case .failed(let reason) = outcome else {
            Issue.record("a transport has the ends of an old one")
            return
        }
        #expect(reason.contains("set aside"))
    }
}
