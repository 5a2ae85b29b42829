import AuditTrail
import PolicyEngine
import SessionProtocol
import Testing

@testable import Authority

/// Each by a clock that the test moves: to a nanosecond before the wait is over, and on.
@Suite struct `a wait of what is run on a target without a client` {
    private let clock = ManualClock()
    private let queue: FullQueue
    private let bastion: Bastion

    /// On web1 nobody answers, db1 refuses, new1 has no pinned key.
    init() throws {
        queue = try FullQueue()
        bastion = try Bastion(
            try World().edited("192.0.2.10:22", "\(queue.address)")
                .edited("192.0.2.11:22", "127.0.0.1:1"),
            clock: clock
        )
    }

    private var services: Services { bastion.services }

    private func address(_ target: String) throws -> ResolvedAddress {
        let inventory = bastion.world.inventory
        let found = try #require(TargetName(target).flatMap(inventory.target(named:)))
        let login = try #require(Login("deploy"))
        return try #require(inventory.offered(login, on: found))
    }

    private func pass(
        _ time: Duration,
        sourceLocation: SourceLocation = #_sourceLocation,
        until hasHappened: () throws -> Bool
    ) throws {
        try clock.pass(
            time,
            on: services.reactor,
            sourceLocation: sourceLocation,
            until: hasHappened
        )
    }

    private func transport(_ port: UInt16 = 40_000) throws -> RemoteScript.Transport {
        RemoteScript.Transport(
            client: try #require(SocketAddress(host: "127.0.0.1", port: port)),
            server: queue.address
        )
    }

    private func ask(
        _ target: String,
        within timeout: Duration,
        _ completion: @escaping (RemoteErrand.Outcome) -> Void
    ) throws {
        let command = RemoteCommand(
            forceCommand: Array("true".utf8),
            program: .shell,
            purpose: .probe,
            timeout: timeout
        )
        let about = Attribution(target: target, login: "deploy")
        RemoteErrand.run(
            command,
            at: try address(target),
            about: about,
            services,
            completion: completion
        )
        // Its address is found.
        try services.reactor.turn(atMost: .zero)
    }

    @Test func `is for each of three attempts to connect, and between them`() throws {
        var outcome: RemoteErrand.Outcome?
        try ask("web1", within: .seconds(3600)) { outcome = $0 }
        for _ in 0..<RemoteErrand.maximumRetries {
            clock.pass(RemoteErrand.dialTimeout)
            try services.reactor.turn(atMost: .zero)
            #expect(outcome == nil)
            clock.pass(RemoteErrand.retryPause)
            for _ in 0..<2 { try services.reactor.turn(atMost: .zero) }
        }
        try pass(RemoteErrand.dialTimeout) { outcome != nil }

        guard case .failure(let error) = outcome else {
            Issue.record("it is through")
            return
        }
        #expect(error.failure == .unreachable(reason: "connecting took too long"))
        #expect(error.drops.count == RemoteErrand.maximumRetries)
    }

    @Test func `is some moments where the target refuses, twice and no more`() throws {
        var outcome: RemoteErrand.Outcome?
        var dials = 0
        try ask("db1", within: .seconds(3600)) { outcome = $0 }
        // A refusal comes by itself; the next attempt does not before its time.
        for _ in 0..<RemoteErrand.maximumRetries {
            for _ in 0..<4 { try services.reactor.turn(atMost: .zero) }
            #expect(outcome == nil)
            clock.pass(RemoteErrand.retryPause)
            dials += 1
        }
        try bastion.turn { outcome != nil }

        guard case .failure(let error) = outcome else {
            Issue.record("it is through")
            return
        }
        #expect(error.drops.count == dials)
    }

    @Test func `that ends what a session left is over in time, whatever is tried`() throws {
        var outcome: RemoteTask.Outcome?
        let mark = RemoteScript.Mark(transport: try transport(), greatestAge: nil)
        RemoteTask.run(
            .ending([mark]),
            at: try address("web1"),
            about: [Attribution(session: "s-1")],
            services
        ) { outcome = $0 }

        try pass(RemoteCommand.endingTimeout) { outcome != nil }

        #expect(outcome == .unreachable(reason: "timeout", mayRetry: true))
    }

    @Test func `that examines a target is over in time, and says how long that was`() throws {
        // Whoever waits for a process has connected.
        let target = try SilentTarget()
        let world = try World().edited("192.0.2.10:22", "\(target.address)")
        let bastion = try Bastion(world, clock: clock)
        let name = try #require(TargetName("web1").flatMap(world.inventory.target(named:)))
        let login = try #require(Login("deploy"))
        let web = try #require(world.inventory.offered(login, on: name))
        var report: HealthReport?
        TargetExamination.run(web, for: nil, bastion.services) { report = $0 }
        try bastion.turn { try target.count == 1 }
        try bastion.services.reactor.turn(atMost: .zero)

        try clock.pass(TargetExamination.timeout, on: bastion.services.reactor) { report != nil }

        #expect(report?.level == .error)
    }

    @Test func `is for others that end in the same moment, which one errand ends`() throws {
        var outcomes: [RemoteEndings.Outcome] = []
        for port in UInt16(40_000)..<40_002 {
            let request = RemoteEndings.Request(
                attribution: Attribution(session: "s-\(port)"),
                address: try address("new1"),
                transport: try transport(port),
                age: nil
            )
            services.endings.end(request) { outcomes.append($0) }
        }
        #expect(services.endings.pending == 2)

        try pass(RemoteEndings.gathering) { outcomes.count == 2 }

        // Without a pinned key nothing is tried, so that nothing else is waited for.
        let reason = "ending it failed: no host key is pinned that counts now"
        #expect(outcomes.map(\.detail) == [reason, reason])
    }

    @Test func `is longer each time where the target does not answer, four times in all`() throws {
        var outcome: RemoteEndings.Outcome?
        let request = RemoteEndings.Request(
            attribution: Attribution(session: "s-1"),
            address: try address("web1"),
            transport: try transport(),
            age: nil
        )
        services.endings.end(request) { outcome = $0 }
        clock.pass(RemoteEndings.gathering)
        try services.reactor.turn(atMost: .zero)
        for pause in EndingMachine.pauses {
            #expect(services.endings.isBusy)
            try pass(RemoteCommand.endingTimeout) { !services.endings.isBusy }
            try pass(pause) { services.endings.isBusy }
            #expect(outcome == nil)
        }
        try pass(RemoteCommand.endingTimeout) { outcome != nil }

        #expect(outcome?.remoteEnd == .unreachable)
        #expect(outcome?.detail == "ending it failed: timeout")
    }
}
