/// How many session processes to start now.
///
/// A started spare is what a client is served with, so that it never waits for a start. When starts
/// fail, the next attempt waits longer each time.
struct SpareDemand: Sendable {
    /// LIMIT: starts under way at once; each takes a processor for some milliseconds.
    static let startsAtOnce = 4
    /// LIMIT: the longest pause between attempts.
    static let longestPauseMilliseconds: UInt64 = 10_000
    static let firstPauseMilliseconds: UInt64 = 100

    private let wanted: Int
    private(set) var starting = 0
    private(set) var spare = 0
    private(set) var failuresInARow = 0
    private var pausedUntil: UInt64 = 0

    init(wanted: Int) {
        precondition(wanted > 0, "without a spare process nobody is served")
        self.wanted = wanted
    }

    /// How many to start; `waiting` clients have none yet.
    func missing(waiting: Int, at nowMilliseconds: UInt64) -> Int {
        guard nowMilliseconds >= pausedUntil else { return 0 }
        let needed = wanted + waiting - spare - starting
        return max(0, min(needed, Self.startsAtOnce - starting))
    }

    /// When to ask again after a failure.
    func pauseEnds(after nowMilliseconds: UInt64) -> UInt64? {
        pausedUntil > nowMilliseconds ? pausedUntil : nil
    }

    mutating func started() { starting += 1 }

    mutating func becameReady() {
        precondition(starting > 0, "a process is started before it is ready")
        starting -= 1
        spare += 1
        failuresInARow = 0
    }

    /// A process ended, or said that it failed, before it was ready.
    mutating func failedToStart(at nowMilliseconds: UInt64, wasStarted: Bool = true) {
        if wasStarted { starting -= 1 }
        let pause = Self.firstPauseMilliseconds << UInt64(min(failuresInARow, 10))
        failuresInARow += 1
        pausedUntil = nowMilliseconds + min(pause, Self.longestPauseMilliseconds)
    }

    mutating func taken() {
        precondition(spare > 0, "only what is there is taken")
        spare -= 1
    }

    mutating func spareDied() {
        precondition(spare > 0, "only what is there dies")
        spare -= 1
    }
}
