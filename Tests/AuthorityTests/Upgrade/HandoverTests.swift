import AuditTrail
import Glibc
import MessageSockets
import PolicyEngine
import SSHKeys
import SSHWire
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a handover` {
    private let world: World

    init() throws { world = try World() }

    @Test func `comes back from its file as it was, to each of its readers`() throws {
        var handover = Handover.sample(world)
        let about = Attribution(connection: "c-000000000002", principal: "human:bob")
        handover.gone = [HandedGone(about: about, ended: .init(cause: .clientClosed))]
        let ended = AuditEvent.SessionEnded(cause: .clientClosed, detail: "why")
        handover.ends = [HandedEnd(session: "s-000000000002", ended: ended, age: .now())]
        handover.recorded = [HandedUse(principal: "human:bob", day: 20_000, bytes: .max >> 12)]
        handover.orphans = [101, 102]
        var penalties = SourcePenalties(PenaltySettings())
        _ = penalties.failed(.crashed, from: try IPAddress(parsing: "2001:db8::1"), at: 7)
        handover.penalties = penalties.handed(at: 7)

        let file = try HandoverFile.write(handover)
        #expect(try HandoverFile.read(file) == handover)
        #expect(try HandoverFile.read(file) == handover)
    }

    @Test func `cannot be changed by anybody who has its file`() throws {
        let file = try HandoverFile.write(Handover.sample(world))
        #expect(unsafe pwrite(file.raw, "x", 1, 0) == -1)
        #expect(ftruncate(file.raw, 0) == -1)
    }

    private func file(_ text: String) throws -> Descriptor {
        let folder = try Folder()
        try folder.write(text, to: "handover")
        let raw = unsafe open("\(folder.path)/handover", O_RDONLY | O_CLOEXEC)
        try #require(raw >= 0)
        return Descriptor(adopting: raw)
    }

    @Test func `of another format or session protocol is told, whatever else it holds`() throws {
        let version = ProtocolTable.version
        let format = Handover.format
        #expect(throws: HandoverError.otherFormat(1)) {
            try HandoverFile.read(file(#"{"format":1,"protocolVersion":\#(version),"more":[]}"#))
        }
        #expect(throws: HandoverError.otherProtocol(version + 1)) {
            try HandoverFile.read(
                file(#"{"format":\#(format),"protocolVersion":\#(version + 1)}"#)
            )
        }
    }

    @Test(arguments: ["", "{", "[]", #"{"format":2}"#, #"{"format":2,"protocolVersion":1}"#])
    func `that nobody can read is refused`(text: String) throws {
        let error = #expect(throws: HandoverError.self) { try HandoverFile.read(file(text)) }
        #expect(error?.description.hasPrefix("the handover cannot be read: ") == true)
    }

    @Test func `has a descriptor for each thing that goes on`() {
        #expect(Handover.sample(world).descriptors.sorted() == [5, 6, 7, 8, 9])
    }
}

@Suite struct `who is handed over` {
    private let world: World

    init() throws { world = try World() }

    private func resolved(
        _ connection: HandedConnection,
        in world: World,
        hostKey: [UInt8] = [1, 2, 3],
        at places: HandedPlaces = .sample
    ) throws(HandoverError) -> ResolvedHandover {
        var handover = Handover.sample(world)
        handover.connections = [connection]
        return try ResolvedHandover(
            handover,
            in: world.inventory,
            allowing: EnvironmentAllowList(),
            hostKey: hostKey,
            at: places
        )
    }

    @Test func `is found again by key, and runs where it ran`() throws {
        let connection = try #require(try resolved(.sample(world), in: world).connections.first)
        #expect(connection.identity.principal.name.description == "human:alice")
        #expect(connection.userName == "deploy@web1")
        let session = try #require(connection.sessions.first)
        #expect(session.plan.attribution.session == "s-000000000001")
        #expect(session.plan.attribution.target == "web1")
        #expect(session.plan.commandLine == Array("uptime".utf8))
        #expect(session.place.login.name == "deploy")
    }

    @Test func `runs where it ran even where its name leads to nowhere by now`() throws {
        // The login is still one of the target's, and no grant has it.
        let other = try world.edited("requests: [exec, shell, terminal, sftp]", "requests: [sftp]")
        let found = try resolved(.sample(world), in: other).connections.first?.sessions.first
        #expect(found?.plan.attribution.target == "web1")
    }

    @Test func `stays open in the audit trail`() throws {
        let live = try resolved(.sample(world), in: world).live
        #expect(live.connections == ["c-000000000001"])
        #expect(live.sessions == ["s-000000000001"])
    }

    @Test func `and has no place in the files any more is for the release before`() throws {
        let changes = [
            ("disabled: false", "disabled: true"),
            ("web1", "web2"), ("logins: [deploy]\n    host-keys", "logins: [other]\n    host-keys"),
            (World.line(world.alice), World.line(.generate())),
        ]
        for (old, new) in changes {
            let other: World
            do {
                other = try world.edited(old, new)
            } catch {
                Issue.record("\(old): \(error)")
                continue
            }
            let error = #expect(throws: HandoverError.self) {
                try resolved(.sample(world), in: other)
            }
            #expect(error?.description.hasSuffix(": reload first") == true, "\(old)")
        }
    }

    @Test func `and acts for somebody else now is for the release before`() throws {
        let agent = HandedConnection.sample(
            world,
            principal: "agent:copilot",
            onBehalfOf: "human:alice"
        )
        #expect(try resolved(agent, in: world).connections.count == 1)
        let other = try world.edited("owner: human:alice", "owner: human:mallory")
        #expect(throws: HandoverError.self) { try resolved(agent, in: other) }
    }

    @Test func `knows the host key, so another one does not go on with it`() {
        #expect(throws: HandoverError.otherHostKey) {
            try resolved(.sample(world), in: world, hostKey: [1, 2, 4])
        }
    }

    @Test func `is recorded where it was, in a shape that is known`() throws {
        let sample = HandedPlaces.sample
        func places(trail: String? = nil, steps: [String]? = nil, recordings: String? = nil)
            -> HandedPlaces
        {
            HandedPlaces(
                auditTrail: trail ?? sample.auditTrail,
                auditTrailSteps: steps ?? sample.auditTrailSteps,
                recordings: recordings ?? sample.recordings
            )
        }
        for (other, error) in [
            (places(trail: "/new/audit.db"), HandoverError.otherPlace("/new/audit.db")),
            (places(recordings: "/new"), .otherPlace("/new")),
            (places(steps: ["1"]), .newerAuditTrail("2")),
        ] {
            #expect(throws: error) { try resolved(.sample(world), in: world, at: other) }
        }
        let newer = places(steps: ["1", "2", "3"])
        #expect(try resolved(.sample(world), in: world, at: newer).connections.count == 1)
    }
}
