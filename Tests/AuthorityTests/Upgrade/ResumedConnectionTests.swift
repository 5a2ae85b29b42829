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
    private func keep(_ request: SessionRequest, _ held: inout HeldMessages) -> Bool {
        held.keep(request.encoded())
    }

    private func opening(_ number: UInt32) -> SessionRequest {
        .openSession(
            SessionOpening(
                number: SessionNumber(number),
                program: .shell,
                terminal: nil,
                environment: []
            )
        )
    }

    @Test func `are those of sessions that have not begun, in their order`() {
        var held = HeldMessages()
        #expect(!keep(.started(number: SessionNumber(1)), &held))
        #expect(keep(opening(2), &held))
        #expect(keep(.signal(number: SessionNumber(2), name: "TERM"), &held))
        #expect(!keep(.signal(number: SessionNumber(1), name: "TERM"), &held))
        #expect(!keep(.signExchangeHash(World.hash(1)), &held))
        #expect(
            held.messages == [
                opening(2).encoded(),
                SessionRequest.signal(number: SessionNumber(2), name: "TERM").encoded(),
            ]
        )
    }

    @Test func `are so many and no more, and none that cannot be read`() {
        var held = HeldMessages()
        let isKept = held.keep([255, 255])
        #expect(!isKept)
        for number in 0..<HeldMessages.maximumMessages {
            #expect(keep(opening(UInt32(number)), &held))
        }
        #expect(!keep(opening(UInt32(HeldMessages.maximumMessages)), &held))
    }
}
