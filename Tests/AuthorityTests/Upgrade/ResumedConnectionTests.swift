import AuditTrail
import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a connection of another release` {
    private let world: World
    private var machine: ConnectionMachine

    init() throws {
        world = try World()
        let key = try PublicKey(parsing: world.alice.publicKeyBlob)
        let identification = Identification(inventory: world.inventory, locks: Locks())
        let identity = try identification.identify(
            algorithm: nil,
            keyBlob: key.blob,
            from: IPAddress(parsing: "198.51.100.7"),
            at: world.moment
        )
        machine = ConnectionMachine(
            peer: try IPAddress(parsing: "198.51.100.7"),
            signedIn: identity,
            as: "deploy@web1",
            sessionsAtOnce: 2,
            .sample(world)
        )
        machine.resumed(SessionNumber(1), counts: HandedSession.sample(world).counts)
    }

    private mutating func say(_ request: SessionRequest) -> [ConnectionAction] {
        machine.received(request.encoded(), world.context())
    }

    private static func opening(_ number: UInt32) -> SessionRequest {
        .openSession(
            SessionOpening(
                number: SessionNumber(number),
                program: .shell,
                terminal: nil,
                environment: []
            )
        )
    }

    @Test mutating func `is signed in, and opens more sessions`() {
        #expect(machine.identity?.principal.name.description == "human:alice")
        #expect(machine.phase == .signedIn)
        guard case .open(let opening) = say(Self.opening(2)).first else {
            Issue.record("it opens none")
            return
        }
        #expect(opening.number == SessionNumber(2))
    }

    @Test(arguments: [
        // Both were used before.
        Self.opening(0), Self.opening(1),
        // It started before.
        .started(number: SessionNumber(1)),
        // It signed in before.
        .offerKey(user: "deploy@web1", algorithm: "ssh-ed25519", keyBlob: []),
    ])
    mutating func `does nothing twice`(request: SessionRequest) {
        guard case .kill = say(request).first else {
            Issue.record("\(request) is taken")
            return
        }
    }

    @Test mutating func `ends a session that ran before`() {
        let report = SessionReport(
            number: SessionNumber(1),
            cause: .finished,
            result: .exitStatus(0),
            inputBytes: 0,
            outputBytes: 0,
            errorBytes: 0,
            recordedBytes: 0
        )
        guard case .sessionEnded = say(.sessionEnded(report)).first else {
            Issue.record("it does not end")
            return
        }
        #expect(machine.sessions.isEmpty)
    }

    @Test func `is handed over again as it was`() {
        let sample = HandedConnection.sample(world)
        #expect(machine.handed.counts == sample.counts)
        #expect(machine.handed.usedNumbers == sample.usedNumbers)
        #expect(
            machine.handedCounts(of: SessionNumber(1)) == HandedSession.sample(world).counts
        )
    }
}

@Suite struct `messages that are held` {
    private func opening(_ number: UInt32) -> [UInt8] {
        let opening = SessionOpening(
            number: SessionNumber(number),
            program: .shell,
            terminal: nil,
            environment: []
        )
        return SessionRequest.openSession(opening).encoded()
    }

    private func signal(_ number: UInt32) -> [UInt8] {
        SessionRequest.signal(number: SessionNumber(number), name: "TERM").encoded()
    }

    @Test func `are those of sessions that have not begun, in their order`() {
        var held = HeldMessages()
        let outcomes = [
            signal(1), opening(2), signal(2), signal(1),
            SessionRequest.signExchangeHash(World.hash(1)).encoded(), [255, 255],
        ].map { held.keep($0) }
        #expect(outcomes == [.act, .kept, .kept, .act, .act, .act])
        #expect(held.messages == [opening(2), signal(2)])
    }

    @Test func `are so many and no more`() {
        var held = HeldMessages()
        let outcomes = (0...HeldMessages.maximumMessages).map { held.keep(opening(UInt32($0))) }
        #expect(outcomes.dropLast().allSatisfy { $0 == .kept })
        #expect(outcomes.last == .full)
        // What is about a session that is kept is not acted on behind its back.
        let other = held.keep(signal(0))
        #expect(other == .full)
    }

    @Test func `are so long and no longer`() {
        var held = HeldMessages()
        let line = [UInt8](repeating: 32, count: FieldLimits.commandLine)
        var bytes = 0
        for number in 0... {
            let message = SessionRequest.openSession(
                SessionOpening(
                    number: SessionNumber(UInt32(number)),
                    program: .exec(commandLine: line),
                    terminal: nil,
                    environment: []
                )
            ).encoded()
            bytes += message.count
            guard held.keep(message) == .kept else { break }
        }
        #expect(bytes > HeldMessages.maximumBytes)
        #expect(bytes - line.count < HeldMessages.maximumBytes)
    }
}
