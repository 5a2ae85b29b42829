import AuditTrail
import Glibc
import SessionProtocol
import Testing

@testable import Authority

/// Each by a clock that the test moves: to a nanosecond before the wait is over, and on.
@Suite struct `a wait for a session process` {
    private let clock = ManualClock()
    private let limits = ConnectionLimits()
    private let bastion: Bastion
    private let target: SilentTarget

    init() throws {
        target = try SilentTarget()
        bastion = try Bastion(
            try World().edited("192.0.2.10:22", "\(target.address)"),
            limits: limits,
            clock: clock
        )
    }

    private var connection: InboundConnection { bastion.connection }

    private func pass(
        _ time: Duration,
        sourceLocation: SourceLocation = #_sourceLocation,
        until hasHappened: () throws -> Bool
    ) throws {
        try clock.pass(
            time,
            on: bastion.services.reactor,
            sourceLocation: sourceLocation,
            until: hasHappened
        )
    }

    private func expectKilled() throws {
        try bastion.turn { connection.process.end != nil }
        #expect(connection.process.end == .killed(signal: SIGKILL))
    }

    @Test func `that lets nobody sign in is that of the client, and some seconds`() throws {
        try pass(limits.loginGrace + InboundConnection.signInGrace) { connection.ending != nil }
        #expect(connection.ending?.cause == .notSignedIn)
        #expect(connection.ending?.detail == "signing in took too long (`limits.login-grace`)")
        #expect(bastion.services.limitCounts[.loginGrace] == 1)
        #expect(connection.failure == .exceededGrace)
    }

    @Test func `that is told to end is short, and then it is killed`() throws {
        connection.end(.terminated, "that is enough")
        try pass(InboundConnection.endGrace) { connection.graceTimer == nil }
        try expectKilled()
    }

    @Test func `that said its last word is as short, and then it is killed`() throws {
        bastion.says(.connectionEnded(.clientClosed, detail: ""))
        try pass(InboundConnection.exitGrace) { connection.graceTimer == nil }
        try expectKilled()
        #expect(connection.ending?.cause == .clientClosed)
    }

    private func connectedSession() throws -> ServedSession {
        try bastion.signsIn(with: bastion.world.alice)
        let session = try bastion.opensSession()
        try bastion.turn { session.transport != nil }
        return session
    }

    @Test func `that starts no program is the time to set it up, and some seconds`() throws {
        let session = try connectedSession()
        try pass(limits.setupTimeout + ServedSession.setupGrace) { session.ownCause != nil }
        #expect(session.ownCause?.reason == "it took too long")
        #expect(session.ownCause?.cause == .notStarted)
    }

    @Test func `that does not end a session ends that on the target, and then all`() throws {
        let session = try connectedSession()
        session.end(.terminated, "that is enough")
        try pass(InboundConnection.endGrace) { try target.isLeft }
        try pass(ServedSession.reportGrace - InboundConnection.endGrace) {
            connection.ending != nil
        }
        #expect(connection.ending?.detail == "its process did not end a session")
    }
}

@Suite struct `a wait for a target` {
    private let clock = ManualClock()

    @Test func `of one attempt to connect ends it, and it is lost like any other`() throws {
        let queue = try FullQueue()
        let world = try World().edited("192.0.2.10:22", "\(queue.address)")
        let bastion = try Bastion(world, clock: clock)
        try bastion.signsIn(with: world.alice)
        let session = try bastion.opensSession()
        try bastion.turn { session.dial != nil }
        // It has begun to connect once its address is found.
        try bastion.services.reactor.turn(atMost: .zero)

        try clock.pass(ServedSession.dialTimeout, on: bastion.services.reactor) {
            session.dial == nil
        }
        #expect(session.redial != nil)
    }
}
