import AuditTrail
import SessionProtocol
import Testing

@testable import Authority

/// Times that a decision brings with it, by a clock that the test moves.
@Suite struct `a wait of a decided session` {
    private func bastion(_ rule: String, _ clock: ManualClock) throws -> Bastion {
        let bastion = try Bastion(
            try World(),
            policy: "policy: 1\nname: p\nrules: [\(rule)]\n",
            clock: clock
        )
        try bastion.signsIn(with: bastion.world.alice)
        return bastion
    }

    @Test func `for an approval is as long as the client wants, and then it is refused`() throws {
        let clock = ManualClock()
        let bastion = try bastion("{id: r, review: any}", clock)
        let session = try bastion.opensSession(
            saying: ["SALLYPORT_WAIT": "10m", "SALLYPORT_INPUT": "none"]
        )
        try bastion.turn { session.decision != nil }
        #expect(session.decision != nil && session.ownCause?.reason.contains("`r ") == true)
        let record = try #require(try bastion.records(.decided).first)
        guard case .decided(let decided) = record.event else {
            Issue.record("\(record)")
            return
        }
        #expect(decided.effect == .review && decided.approvalRequest?.hasPrefix("r-") == true)
        clock.pass(.seconds(600))
        for _ in 0..<4 { try bastion.services.reactor.turn(atMost: .zero) }
        // The process of this test never says that it heard the refusal, which ends it.
        try clock.pass(ServedSession.reportGrace, on: bastion.services.reactor) {
            bastion.connection.ending != nil
        }
    }

    @Test func `is not there where the client wants none`() throws {
        let clock = ManualClock()
        let bastion = try bastion("{id: r, review: any}", clock)
        let session = try bastion.opensSession()
        try bastion.turn { session.decision != nil }
        try clock.pass(ServedSession.reportGrace, on: bastion.services.reactor) {
            bastion.connection.ending != nil
        }
    }

    @Test func `is the time that a rule lets it run`() throws {
        let clock = ManualClock()
        let bastion = try bastion("{id: t, permit: any, time-limit: 2h}", clock)
        let session = try bastion.opensSession()
        try bastion.turn { session.admitted != nil }
        session.started()
        try clock.pass(.seconds(7200), on: bastion.services.reactor) {
            session.ownCause?.cause == .timeLimit
        }
    }
}
