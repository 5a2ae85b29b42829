import AuditTrail
import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol

@testable import Authority

/// A session process as a table test plays it, with the authority's machine at the other end.
struct ProcessUnderTest {
    let world: World
    var machine: ConnectionMachine
    /// The exchange hashes of transports of other connections.
    var usedElsewhere: Set<[UInt8]> = []

    static let sessionIdentifier = World.hash(1)

    init(_ world: World, tries: UInt32 = 6, sessionsAtOnce: UInt32 = 4) throws {
        self.world = world
        machine = ConnectionMachine(
            peer: try IPAddress(parsing: "198.51.100.7"),
            signInTries: tries,
            sessionsAtOnce: sessionsAtOnce
        )
    }

    mutating func says(_ request: SessionRequest) -> [ConnectionAction] {
        let used = usedElsewhere
        return machine.received(request.encoded(), world.context { used.contains($0) })
    }

    /// Key exchange and sign-in, both honest.
    mutating func signsIn(with key: Ed25519SigningKey? = nil) throws {
        _ = says(.signExchangeHash(Self.sessionIdentifier))
        let proof = try world.signIn(key ?? world.alice, over: Self.sessionIdentifier)
        _ = says(.signIn(proof))
        _ = machine.signInRecorded()
    }

    /// A session to web1, or to another target, up to the point where the process has its socket.
    mutating func opensSession(_ number: UInt32 = 1, on target: String = "web1") throws {
        let opening = Self.opening(number)
        _ = says(.openSession(opening))
        guard let identity = machine.identity else { return }
        let plan = SessionPlan(
            opening,
            connection: "c-000000000000",
            session: "s-000000000000",
            userName: "deploy@\(target)",
            from: "192.0.2.7",
            identity: identity,
            in: world.inventory,
            allowing: EnvironmentAllowList()
        )
        let judgement = SessionJudgement(
            plan,
            .permitted(rules: ["everything"], obligations: []),
            world.circumstances(),
            breakerMilliseconds: { _ in nil }
        )
        _ = machine.update(opening.number) { $0.decided(judgement) }
        _ = machine.update(opening.number) { $0.recorded() }
        _ = machine.update(opening.number) { $0.recordingCreated() }
        _ = machine.update(opening.number) { $0.dialled() }
    }

    static func opening(
        _ number: UInt32,
        commandLine: String = "uptime",
        saying variables: [String: String] = [:]
    ) -> SessionOpening {
        SessionOpening(
            number: SessionNumber(number),
            program: .exec(commandLine: Array(commandLine.utf8)),
            terminal: nil,
            environment: variables.map { EnvironmentVariable(name: $0, value: Array($1.utf8)) }
        )
    }

    /// Lets the authority issue a certificate for a proved transport, and returns it.
    mutating func getsCertificate(_ number: UInt32 = 1) throws -> TransportMachine.Issued {
        let issued = TransportMachine.Issued(
            number: 7,
            blob: Array("certificate \(number)".utf8),
            key: Ed25519SigningKey.generate()
        )
        _ = machine.update(SessionNumber(number)) { $0.issued(issued) }
        return issued
    }

    /// What libssh signs to sign in to a target.
    static func userAuthentication(
        over hash: [UInt8],
        login: String = "deploy",
        with blob: [UInt8]
    ) -> [UInt8] {
        UserAuthenticationRequest(
            sessionIdentifier: hash,
            user: login,
            algorithm: AuthenticationAlgorithm(.ed25519, isCertificate: true),
            keyBlob: blob
        ).bytes
    }
}

extension [ConnectionAction] {
    /// Why the process is killed; nil where it is not.
    var lie: ProcessLie? {
        for case .kill(let lie) in self { return lie }
        return nil
    }

    var orders: [SessionOrder] {
        compactMap { action in
            if case .order(let order) = action { order } else { nil }
        }
    }

    var topics: [AuditEvent.Notice.Topic] {
        compactMap { action in
            if case .note(let notice) = action { notice.topic } else { nil }
        }
    }

    var refusedSignIn: IdentificationError? {
        for case .recordRefusedSignIn(let error, _, _) in self { return error }
        return nil
    }

    var recordsSignIn: Bool {
        contains { if case .recordSignIn = $0 { true } else { false } }
    }
}
