import AuditTrail
import Foundation
import Glibc
import Logging
import PolicyEngine
import RecordingStore
import SSHKeys
import SessionProtocol

@testable import Authority
@testable import MessageSockets

/// An authority of a test: its loop, its audit trail, its deciders, and one client's connection.
///
/// Its session processes are silent. The test says what one would say.
final class Bastion {
    struct TookTooLong: Error {}

    let world: World
    let services: Services
    let connection: InboundConnection
    private let folder: Folder
    let store: SQLiteStore
    private let committer: GroupCommitter
    private let client: MessageSocket

    init(
        _ world: World,
        limits: ConnectionLimits = ConnectionLimits(),
        policy: String = Bastion.observing,
        landlock: CInt = 7,
        spare: String? = nil,
        clock: ManualClock? = nil,
        recording: RecordingSettings = RecordingSettings()
    ) throws {
        self.world = world
        folder = try Folder()
        try StateDirectory.make("\(folder.path)/state")
        let snapshot = Self.snapshot(
            world,
            limits,
            policy,
            recording,
            state: "\(folder.path)/state"
        )
        store = try SQLiteStore(path: snapshot.settings.auditTrailPath)
        committer = GroupCommitter(store: store)
        let silent = "\(Self.repository)/Tests/Fixtures/silent-session"
        let programs = Startup.Programs(
            session: spare ?? silent,
            decide: "\(Self.programs)/sallyport-decide"
        )
        services = try Startup.assemble(
            snapshot,
            programs,
            ProcessConfinement(account: .ofTests, landlockVersion: landlock),
            (host: Signer(.generate()), certificateAuthority: Signer(.generate())),
            store,
            try RecordingFolder(path: snapshot.settings.recordingsDirectory),
            committer,
            .silent,
            clock: clock.map { clock in { clock.nanoseconds } } ?? Reactor.monotonicNanoseconds
        )
        let process = try ChildProcess(
            program: silent,
            on: services.reactor,
            logger: services.logger
        )
        guard let peer = SocketAddress(host: "198.51.100.7", port: 40_000),
            let connection = InboundConnection(
                id: Identifier.connection(random: 7),
                peer: peer,
                process: process,
                services: services
            )
        else { preconditionFailure("the address is one") }
        self.connection = connection
        let (here, there) = try MessageSocket.pair()
        client = MessageSocket(adopting: here)
        let opened = AuditEvent.ConnectionOpened(
            peerAddress: peer.host,
            peerPort: peer.port,
            listener: "test",
            landlock: services.confinement.landlockVersion
        )
        services.auditor.note(.connectionOpened(opened), about: connection.attribution)
        connection.start(there)
        services.deciders.fill()
    }

    deinit {
        connection.process.kill()
        services.spares.stop()
        services.deciders.retire()
        do {
            try turn { connection.process.end != nil }
            committer.close()
            try store.close()
        } catch {
            print("a bastion was not closed: \(error)")
        }
    }

    private static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    static let programs =
        ProcessInfo.processInfo.environment["SALLYPORT_PROGRAMS"] ?? "\(repository)/.build/debug"

    /// For tests that are not about what is permitted.
    static let observing =
        "policy: 1\nname: all\nmode: observe\nobserve: everything\nrules: [{id: all, permit: any}]\n"

    static func snapshot(
        _ world: World,
        _ limits: ConnectionLimits = ConnectionLimits(),
        _ policy: String = Bastion.observing,
        _ recording: RecordingSettings = RecordingSettings(),
        state: String
    ) -> Snapshot {
        let bytes = Array(world.text.utf8)
        let inventory = SnapshotBundle.File(.inventory, path: "inventory.yaml", bytes: bytes)
        let rules = SnapshotBundle.File(.rules, path: "p.yaml", bytes: Array(policy.utf8))
        return Snapshot(
            settings: Settings(
                listen: [],
                stateDirectory: state,
                hostKey: .file(path: ""),
                certificateAuthority: .file(path: ""),
                authorityID: 1,
                inventoryPaths: [],
                policyPaths: [],
                clientEnvironment: EnvironmentAllowList(),
                limits: limits,
                recording: recording,
                administrators: [],
                adminSocket: .closed(path: state + "/admin.sock"),
                spares: 1,
                deciders: 1,
                processAccount: .userName("sallyport-process"),
                logLevel: .critical
            ),
            inventory: world.inventory,
            administrators: [:],
            bundle: SnapshotBundle(files: [inventory, rules]).encoded(),
            digest: "",
            policyDigest: "d1"
        )
    }

    /// Runs the loop until something is as it should be.
    func turn(until isDone: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try !isDone() {
            guard .now < deadline else { throw TookTooLong() }
            try services.reactor.turn(atMost: .milliseconds(100))
        }
    }

    func says(_ request: SessionRequest) {
        connection.process.received?(
            MessageSocket.Received(bytes: request.encoded()[...], descriptors: [])
        )
    }

    /// Proves that it has a key, and does not wait for what comes of that.
    func proves(_ key: Ed25519SigningKey, user: String = "deploy@web1") throws {
        let identifier = ProcessUnderTest.sessionIdentifier
        says(.signExchangeHash(identifier))
        says(.signIn(try world.signIn(key, user: user, over: identifier)))
    }

    func signsIn(with key: Ed25519SigningKey, user: String = "deploy@web1") throws {
        try proves(key, user: user)
        try turn { connection.isSignedIn }
    }

    /// Asks for a session, and returns it while it is being decided.
    func opensSession(
        _ number: UInt32 = 1,
        saying variables: [String: String] = [:]
    ) throws -> ServedSession {
        says(.openSession(ProcessUnderTest.opening(number, saying: variables)))
        guard let session = connection.sessions[SessionNumber(number)] else { throw TookTooLong() }
        return session
    }

    func reports(_ number: UInt32, _ cause: SessionEndCause) {
        says(
            .sessionEnded(
                SessionReport(
                    number: SessionNumber(number),
                    cause: cause,
                    result: .none,
                    inputBytes: 0,
                    outputBytes: 0,
                    errorBytes: 0,
                    recordedBytes: 0
                )
            )
        )
    }

    /// What is in the trail of a session, its end included.
    func entry(of session: ServedSession) throws -> SessionEntry? {
        try store.session(session.plan.session)
    }

    /// The records of this kind, oldest first.
    func records(_ kind: AuditKind) throws -> [AuditRecord] {
        try store.auditRecords(matching: AuditFilter(kinds: [kind])).entries
    }
}

extension Logger {
    static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
