import AuditTrail
import Dispatch
import Foundation
import PolicyEngine
import RecordingStore
import SSHKeys
import SessionProtocol
import Testing

@testable import Authority

@Suite struct `a session that is served` {
    private let bastion: Bastion
    /// Takes connections and says nothing.
    private let listener: Listener

    init() throws {
        let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        let reactor = try Reactor()
        listener = try Listener(at: address, on: reactor, logger: .silent) { _, _ in }
        var limits = ConnectionLimits()
        limits.sessionsPerConnection = 1
        bastion = try Bastion(
            try World().edited("192.0.2.10:22", "\(listener.address)")
                .edited("192.0.2.11:22", "127.0.0.1:1"),
            limits: limits
        )
    }

    private func signedIn(to target: String) throws -> ServedSession {
        try bastion.signsIn(with: bastion.world.alice, user: "deploy@\(target)")
        return try bastion.opensSession()
    }

    @Test func `counts until its command is ended, so that no client heaps up endings`() throws {
        let session = try signedIn(to: "web1")
        try bastion.turn { session.transport != nil }
        // Its transport has the one signature: the command may run.
        session.signedIn()
        bastion.reports(1, .clientClosed)
        bastion.says(.openSession(ProcessUnderTest.opening(2)))

        #expect(bastion.connection.machine.endings == 1)
        #expect(bastion.connection.sessions[SessionNumber(2)] == nil)
        try bastion.turn { try !bastion.records(.notice).isEmpty }
    }

    @Test func `finishes while its connection takes no other one and ends behind it`() throws {
        let session = try signedIn(to: "web1")
        try bastion.turn { session.transport != nil }
        bastion.connection.drain()
        #expect(bastion.connection.ending == nil)
        bastion.reports(1, .finished)
        #expect(bastion.connection.ending == nil)
        try bastion.turn { bastion.connection.ending != nil }
        #expect(bastion.connection.ending?.cause == .drained)
        #expect(try bastion.entry(of: session)?.cause == .finished)
    }

    @Test func `is refused where it is not decided before its connection is drained`() throws {
        let session = try signedIn(to: "web1")
        bastion.connection.drain()
        try bastion.turn { session.ownCause != nil }
        #expect(session.ownCause?.cause == .drained)
    }

    @Test(arguments: ["end", "refuse"])
    func `dials no target again once it is told to end`(_ way: String) throws {
        // Nobody listens there.
        let session = try signedIn(to: "db1")
        try bastion.turn { session.redial != nil }
        switch way {
        case "end": session.end(.terminated, "that is enough")
        default: session.refuse(SessionRefusal(text: "", reason: ""))
        }
        #expect(session.redial == nil && session.dial == nil)
    }

    @Test func `that ends while its recording is being made leaves a closed one`() throws {
        let gate = DispatchSemaphore(value: 0)
        for _ in 0..<Services.helperThreads {
            let ticket = bastion.services.reactor.expect { (_: Int?) in }
            bastion.services.work.run(
                {
                    gate.wait()
                    return 0
                },
                fulfilling: ticket
            )
        }
        let session = try signedIn(to: "web1")
        try bastion.turn { session.isMakingRecording }
        session.end(.terminated, "that is enough")
        bastion.reports(1, .terminated)
        #expect(session.isOver)
        for _ in 0..<Services.helperThreads { gate.signal() }
        try bastion.turn { try bastion.entry(of: session)?.endedAt != nil }

        let recordings = bastion.services.recordings
        let files = try FileManager.default.subpathsOfDirectory(atPath: recordings.path)
        let place = try #require(files.first { $0.hasSuffix("\(session.plan.session).cast") })
        #expect(try recordings.settle(place)?.wasClosed == true)
    }
}
