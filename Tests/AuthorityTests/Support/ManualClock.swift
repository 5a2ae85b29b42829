import Testing

@testable import Authority

/// The clock of a loop, which stands still until the test lets time pass.
final class ManualClock {
    private(set) var nanoseconds = Reactor.monotonicNanoseconds()

    func pass(_ time: Duration) { nanoseconds += time.wholeNanoseconds }

    func reactor() throws -> Reactor { try Reactor { self.nanoseconds } }

    /// Lets this time pass, all but a nanosecond of it and then the rest; something is to happen
    /// with the last one, and not before.
    func pass(
        _ time: Duration,
        on reactor: Reactor,
        sourceLocation: SourceLocation = #_sourceLocation,
        until hasHappened: () throws -> Bool
    ) throws {
        pass(time - .nanoseconds(1))
        try settle(reactor)
        #expect(try !hasHappened(), "too early", sourceLocation: sourceLocation)
        pass(.nanoseconds(1))
        try settle(reactor)
        #expect(try hasHappened(), "not in time", sourceLocation: sourceLocation)
    }

    /// What is due, and what that puts off to the next turn, as often as anything here does.
    private func settle(_ reactor: Reactor) throws {
        for _ in 0..<4 { try reactor.turn(atMost: .zero) }
    }
}
