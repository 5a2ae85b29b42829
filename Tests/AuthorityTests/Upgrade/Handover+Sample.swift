import AuditTrail
import SSHKeys
import SessionProtocol

@testable import Authority

extension Handover {
    /// Of alice, who runs `uptime` on web1.
    static func sample(_ world: World) -> Handover {
        var handover = Handover(hostKey: RecordedBytes([1, 2, 3]), places: .sample)
        handover.listeners = [HandedListener(descriptor: 5, wanted: address(22))]
        handover.adminSocket = HandedAdminSocket(descriptor: 6, path: "/run/sallyport/admin.sock")
        handover.connections = [.sample(world)]
        return handover
    }

    static func address(_ port: UInt16) -> SocketAddress {
        guard let address = SocketAddress(host: "198.51.100.7", port: port) else {
            preconditionFailure("it is an address")
        }
        return address
    }
}

extension HandedConnection {
    static func sample(
        _ world: World,
        principal: String = "human:alice",
        onBehalfOf owner: String? = nil,
        login: String = "deploy"
    ) -> HandedConnection {
        let key = owner == nil ? world.alice : world.copilot
        return HandedConnection(
            id: "c-000000000001",
            peer: Handover.address(40_000),
            process: Process(
                id: 100,
                control: 7,
                log: HandedLog(descriptor: 8, lines: 3, line: RecordedBytes([97]))
            ),
            signIn: SignIn(
                credential: RecordedBytes(key.publicKeyBlob),
                userName: RecordedBytes(Array("deploy@web1".utf8)),
                moment: world.moment,
                principal: principal,
                onBehalfOf: owner
            ),
            timeLimit: TimeLimit(endsAt: 1 << 60, seconds: 3600),
            counts: [Int(SessionRequestKind.openSession.rawValue): 2],
            usedNumbers: [[0, 2]],
            held: [RecordedBytes([0xff, 0])],
            sessions: [.sample(world, login: login)]
        )
    }
}

extension HandedSession {
    static func sample(_ world: World, login: String = "deploy") -> HandedSession {
        let opening = SessionOpening(
            number: SessionNumber(1),
            program: .exec(commandLine: Array("uptime".utf8)),
            terminal: nil,
            environment: []
        )
        return HandedSession(
            id: "s-000000000001",
            opening: RecordedBytes(SessionRequest.openSession(opening).encoded()),
            target: "web1",
            login: login,
            moment: world.moment,
            transport: Transport(
                descriptor: 9,
                local: Handover.address(50_000),
                peer: Handover.address(22),
                begunAt: TransportAge(monotonicNanoseconds: 17, wall: world.moment)
            ),
            exchangeHashes: [RecordedBytes(World.hash(1))],
            marks: ["a mark"],
            hostKey: RecordedBytes(world.webHost.publicKeyBlob),
            timeLimit: TimeLimit(endsAt: 1 << 61, seconds: 60, isByRules: true),
            counts: [Int(SessionRequestKind.started.rawValue): 1],
            recordedBytes: 17
        )
    }
}

extension HandedPlaces {
    static let sample = HandedPlaces(
        auditTrail: "/var/lib/sallyport/audit.db",
        auditTrailSteps: ["1", "2"],
        recordings: "/var/lib/sallyport/recordings"
    )
}
