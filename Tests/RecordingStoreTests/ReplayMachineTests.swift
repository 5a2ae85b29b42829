import Recording
import Testing

@testable import RecordingStore

@Suite struct `a replay` {
    private static let second: UInt64 = 1_000_000_000

    private func output(at seconds: Double) -> RecordedEvent {
        RecordedEvent(
            microseconds: Int64(seconds * 1_000_000),
            kind: .output(RecordedEvent.Output(stream: .standardOutput, text: [], exact: []))
        )
    }

    private func marker(at seconds: Double) -> RecordedEvent {
        RecordedEvent(microseconds: Int64(seconds * 1_000_000), kind: .marker(""))
    }

    @Test func `shows each event at its time, divided by the speed`() {
        var machine = ReplayMachine(pace: ReplayPace(speed: 2), at: 100 * Self.second)
        #expect(machine.next(at: 100 * Self.second) == .bringEvent)
        machine.arrived(output(at: 1))
        #expect(
            machine.next(at: 100 * Self.second) == .wait(until: 100 * Self.second + 500_000_000)
        )
        #expect(machine.next(at: 100 * Self.second + 500_000_000) == .show(output(at: 1)))
        // Late drawing does not move what follows.
        machine.arrived(output(at: 3))
        #expect(
            machine.next(at: 101 * Self.second) == .wait(until: 101 * Self.second + 500_000_000)
        )
        #expect(machine.next(at: 105 * Self.second) == .show(output(at: 3)))
        machine.sourceEnded()
        #expect(machine.next(at: 105 * Self.second) == .finish)
    }

    @Test func `caps every pause at the idle limit`() {
        var machine = ReplayMachine(pace: ReplayPace(idleLimitSeconds: 2), at: 0)
        machine.arrived(output(at: 3600))
        #expect(machine.next(at: 0) == .wait(until: 2 * Self.second))
        #expect(machine.next(at: 2 * Self.second) == .show(output(at: 3600)))
        machine.arrived(output(at: 3601))
        #expect(machine.next(at: 2 * Self.second) == .wait(until: 3 * Self.second))
    }

    @Test func `starts anywhere, with everything before shown at once`() {
        var machine = ReplayMachine(pace: ReplayPace(startSeconds: 10), at: 0)
        for seconds in [1.0, 9.0, 10.0] {
            machine.arrived(output(at: seconds))
            #expect(machine.next(at: 0) == .show(output(at: seconds)))
        }
        machine.arrived(output(at: 11))
        #expect(machine.next(at: 0) == .wait(until: Self.second))
    }

    @Test func `waits in a pause as long as it takes, and goes on where it was`() {
        var machine = ReplayMachine(pace: ReplayPace(), at: 0)
        machine.arrived(output(at: 10))
        machine.pressed(.pause, at: 4 * Self.second)
        #expect(machine.next(at: 50 * Self.second) == .waitForKey)
        machine.pressed(.pause, at: 100 * Self.second)
        #expect(machine.next(at: 100 * Self.second) == .wait(until: 106 * Self.second))
    }

    @Test func `steps through a pause by one output`() {
        var machine = ReplayMachine(pace: ReplayPace(), at: 0)
        machine.pressed(.pause, at: 0)
        machine.pressed(.step, at: Self.second)
        machine.arrived(marker(at: 5))
        #expect(machine.next(at: Self.second) == .show(marker(at: 5)))
        machine.arrived(output(at: 6))
        #expect(machine.next(at: Self.second) == .show(output(at: 6)))
        machine.arrived(output(at: 7))
        #expect(machine.next(at: Self.second) == .waitForKey)
        machine.pressed(.pause, at: 9 * Self.second)
        #expect(machine.next(at: 9 * Self.second) == .wait(until: 10 * Self.second))
    }

    @Test func `goes on to the next marker from a pause`() {
        var machine = ReplayMachine(pace: ReplayPace(), at: 0)
        machine.pressed(.pause, at: 0)
        machine.pressed(.nextMarker, at: 0)
        for event in [output(at: 5), output(at: 6), marker(at: 7)] {
            machine.arrived(event)
            #expect(machine.next(at: 0) == .show(event))
        }
        machine.arrived(output(at: 8))
        #expect(machine.next(at: 0) == .waitForKey)
    }

    @Test func `ends by a key in every state`() {
        for keys: [ReplayKey] in [[], [.pause], [.pause, .step], [.pause, .nextMarker]] {
            var machine = ReplayMachine(pace: ReplayPace(), at: 0)
            machine.arrived(output(at: 1))
            for key in keys { machine.pressed(key, at: 0) }
            machine.pressed(.quit, at: 0)
            #expect(machine.next(at: 0) == .finish)
            machine.pressed(.pause, at: 0)
            #expect(machine.next(at: 0) == .finish)
        }
    }

    @Test func `takes any number for a pace`() {
        for wild in [Double.nan, -1, 0, .infinity, -.infinity, 1e300] {
            let pace = ReplayPace(speed: wild, idleLimitSeconds: wild, startSeconds: wild)
            var machine = ReplayMachine(pace: pace, at: .max - 5)
            machine.arrived(output(at: 1_000_000_000))
            _ = machine.next(at: .max - 5)
        }
    }

    @Test(
        arguments: [
            (0x20, ReplayKey.pause), (0x2e, .step), (0x5d, .nextMarker), (0x71, .quit),
            (0x03, .quit),
            (0x61, nil),
        ] as [(UInt8, ReplayKey?)]
    )
    func `knows its keys`(byte: UInt8, key: ReplayKey?) {
        #expect(ReplayKey(byte: byte) == key)
    }
}
