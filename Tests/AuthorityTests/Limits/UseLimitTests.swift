import AuditTrail
import PolicyEngine
import SessionProtocol
import TestSupport
import Testing

@testable import Authority

@Suite struct `the use of a principal` {
    private let alice = PrincipalName("human:alice")
    private let bob = PrincipalName("human:bob")

    @Test func `is bounded for each principal and each kind, and given back`() throws {
        let (alice, bob) = (try #require(alice), try #require(bob))
        var use = PrincipalUse()
        let taken = [
            use.connected(alice, atMost: 2), use.connected(alice, atMost: 2),
            use.connected(alice, atMost: 2), use.connected(bob, atMost: 2),
            use.opened(alice, atMost: 1), use.opened(alice, atMost: 1),
        ]
        #expect(taken == [true, true, false, true, true, false])
        use.closed(alice)
        use.disconnected(alice)
        let takenAgain = [use.connected(alice, atMost: 2), use.opened(alice, atMost: 1)]
        #expect(takenAgain == [true, true])
    }

    /// As many as were taken are there, whoever comes and goes in whatever order.
    @Test func `keeps nothing of who has nothing`() {
        var random = SeededGenerator(seed: 7)
        let names = (0..<20).compactMap { PrincipalName("human:p\($0)") }
        var use = PrincipalUse()
        var open: [PrincipalName] = []
        for _ in 0..<10_000 {
            if Bool.random(using: &random), let name = names.randomElement(using: &random) {
                let isTaken = use.opened(name, atMost: 3)
                #expect(isTaken == (open.count { $0 == name } < 3))
                if isTaken { open.append(name) }
            } else if let place = open.indices.randomElement(using: &random) {
                use.closed(open.remove(at: place))
            }
            #expect(use.principals == Set(open).count)
        }
        for name in open { use.closed(name) }
        #expect(use.principals == 0)
    }
}

/// What the settings limit is refused or ended with the name of the setting, and counted.
@Suite struct `a limit of use` {
    private let clock = ManualClock()
    private let target: SilentTarget
    private let bastion: Bastion

    init() throws {
        target = try SilentTarget()
        var limits = ConnectionLimits()
        limits.connectionsPerPrincipal = 1
        limits.sessionsPerPrincipal = 1
        limits.connectionTimeLimit = .seconds(3600)
        limits.sessionTimeLimit = .seconds(1800)
        // The session process has nobody to tell that it lives.
        limits.loginGrace = .seconds(10 * 3600)
        limits.setupTimeout = .seconds(10 * 3600)
        bastion = try Bastion(
            try World().edited("192.0.2.10:22", "\(target.address)"),
            limits: limits,
            clock: clock
        )
    }

    private var connection: InboundConnection { bastion.connection }
    private var counts: LimitCounts { bastion.services.limitCounts }

    @Test func `on sessions of a principal refuses the next one, whatever it asks for`() throws {
        try bastion.signsIn(with: bastion.world.alice, user: "deploy@nowhere")
        let first = try bastion.opensSession(1)
        let second = try bastion.opensSession(2)
        try bastion.turn { second.ownCause != nil && first.ownCause != nil }

        #expect(second.ownCause?.cause == .limit)
        let reason = "`human:alice` has 1 session (`limits.sessions-per-principal`)"
        #expect(second.ownCause?.reason == reason)
        #expect(counts[.sessionsPerPrincipal] == 1)
        #expect(first.ownCause?.cause == .denied)
        try bastion.turn { try bastion.records(.decided).count == 2 }

        bastion.reports(2, .notStarted)
        bastion.reports(1, .notStarted)
        try bastion.turn { connection.sessions.isEmpty }
        let third = try bastion.opensSession(3)
        try bastion.turn { third.ownCause != nil }
        #expect(third.ownCause?.cause == .denied)
        #expect(counts[.sessionsPerPrincipal] == 1)
    }

    @Test func `on connections of a principal ends the next one when it has signed in`() throws {
        let alice = try #require(PrincipalName("human:alice"))
        let isFirst = bastion.services.principalUse.connected(alice, atMost: 1)
        #expect(isFirst)
        try bastion.signsIn(with: bastion.world.alice)

        #expect(connection.ending?.cause == .refused)
        let reason = "`human:alice` has 1 connection (`limits.connections-per-principal`)"
        #expect(connection.ending?.detail == reason)
        #expect(counts[.connectionsPerPrincipal] == 1)
        // Its process may have asked for one before it was told.
        let session = try bastion.opensSession()
        #expect(session.ownCause?.reason == reason)
        #expect(session.admitted == nil)
    }

    @Test func `on connections of a principal counts until the connection is over`() throws {
        try bastion.signsIn(with: bastion.world.alice)
        #expect(bastion.services.principalUse.principals == 1)
        connection.end(.terminated, "that is enough")
        connection.process.kill()
        try bastion.turn { connection.isDone }
        #expect(bastion.services.principalUse.principals == 0)
    }

    @Test func `on the time of a connection ends it, to the nanosecond`() throws {
        try bastion.signsIn(with: bastion.world.alice)
        try clock.pass(.seconds(3600), on: bastion.services.reactor) { connection.ending != nil }
        #expect(connection.ending?.cause == .timeLimit)
        let reason = "it may last for 3600 seconds (`limits.connection-time-limit`)"
        #expect(connection.ending?.detail == reason)
        #expect(counts[.connectionTimeLimit] == 1)
    }

    @Test func `on the time of a session ends that, and leaves its connection`() throws {
        try bastion.signsIn(with: bastion.world.alice)
        let session = try bastion.opensSession()
        try bastion.turn { session.transport != nil }
        session.signedIn()
        session.started()
        try clock.pass(.seconds(1800), on: bastion.services.reactor) { session.ownCause != nil }
        #expect(session.ownCause?.cause == .timeLimit)
        let reason = "it may last for 1800 seconds (`limits.session-time-limit`)"
        #expect(session.ownCause?.reason == reason)
        #expect(counts[.sessionTimeLimit] == 1)
        #expect(connection.ending == nil)
    }

    @Test func `on what is idle is counted where its process says so`() throws {
        try bastion.signsIn(with: bastion.world.alice)
        let session = try bastion.opensSession()
        try bastion.turn { session.transport != nil }
        bastion.reports(1, .idle)
        try bastion.turn { try bastion.entry(of: session)?.endedAt != nil }
        #expect(try bastion.entry(of: session)?.cause == .idle)
        #expect(counts[.sessionIdleTimeout] == 1)
        bastion.says(.connectionEnded(.idle, detail: ""))
        #expect(counts[.idleTimeout] == 1)
    }
}

@Suite struct `the names of limits` {
    @Test func `are the paths of settings that are described, each once`() throws {
        let text = try RepositoryFile("docs/formats/settings.md").lines
            .joined(separator: "\n")
        for name in LimitName.allCases {
            let path = name.rawValue.split(separator: ".").map(String.init)
            #expect(path.count <= 2)
            for key in path { #expect(text.contains("`\(key)`"), "\(name)") }
        }
        #expect(Set(LimitName.allCases.map(\.rawValue)).count == LimitName.allCases.count)
    }

    @Test func `are all counted from nothing, and each by itself`() {
        var counts = LimitCounts()
        #expect(counts.all.count == LimitName.allCases.count)
        #expect(counts.all.allSatisfy { $0.count == 0 })
        counts.count(.penalties)
        counts.count(.penalties)
        #expect(counts.all.filter { $0.count > 0 }.map(\.name) == [.penalties])
        #expect(counts[.penalties] == 2)
    }
}
