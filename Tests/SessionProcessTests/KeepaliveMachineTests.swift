import Testing

@testable import SessionProcess

@Suite struct `the keepalives of a connection` {
    /// Seconds as the loop counts them.
    private func at(_ seconds: UInt32) -> UInt64 { Clock.seconds(seconds) }

    @Test func `go out every interval, not before`() {
        var machine = KeepaliveMachine(seconds: 30, now: at(100))

        #expect(machine.deadline == at(130))
        #expect(machine.passed(to: at(130) - 1, receivedPackets: 0) == .wait)
        #expect(machine.passed(to: at(130), receivedPackets: 0) == .send)
        #expect(machine.passed(to: at(131), receivedPackets: 0) == .wait)
        #expect(machine.passed(to: at(160), receivedPackets: 1) == .send)
    }

    @Test func `end with the fourth interval of silence, not with the third`() {
        var machine = KeepaliveMachine(seconds: 30, now: 0)

        // The last packet comes just after the connection began.
        for seconds: UInt32 in [30, 60, 90] {
            #expect(machine.passed(to: at(seconds), receivedPackets: 5) == .send)
        }
        #expect(machine.passed(to: at(120) - 1, receivedPackets: 5) == .wait)
        #expect(machine.passed(to: at(120), receivedPackets: 5) == .giveUp)
    }

    @Test func `count anew from any packet that comes`() {
        var machine = KeepaliveMachine(seconds: 30, now: 0)
        for seconds: UInt32 in [30, 60, 90] {
            _ = machine.passed(to: at(seconds), receivedPackets: 5)
        }

        for seconds: UInt32 in [120, 150, 180] {
            #expect(machine.passed(to: at(seconds), receivedPackets: 6) == .send)
        }
        #expect(machine.passed(to: at(210), receivedPackets: 6) == .giveUp)
    }

    @Test func `take one interval from who could not run for many`() {
        var machine = KeepaliveMachine(seconds: 30, now: 0)

        #expect(machine.passed(to: at(30), receivedPackets: 0) == .send)
        #expect(machine.passed(to: at(5000), receivedPackets: 0) == .send)
        #expect(machine.passed(to: at(5029), receivedPackets: 0) == .wait)
        #expect(machine.passed(to: at(5030), receivedPackets: 1) == .send)
    }
}
