/// How long a client that signs in was kept waiting by us: by the disk, by an agent that signs, for a
/// process.
///
/// Who gives up then is not to blame. Instants are milliseconds of a clock that never falls.
struct OwnDelays: Sendable {
    /// LIMIT: what a client has patience for; what takes longer is our slowness.
    static let patienceMilliseconds: UInt64 = 1_000

    /// Something that the client waits for.
    struct Answer: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private var next: UInt64 = 0
    // INVARIANT: at most as many as the process may ask for.
    private var begun: [UInt64: UInt64] = [:]
    /// Whether it had to wait for longer than it has patience for, for anything so far.
    private(set) var wereLong = false

    /// The client begins to wait for an answer of ours.
    mutating func began(at now: UInt64) -> Answer {
        defer { next += 1 }
        begun[next] = now
        return Answer(number: next)
    }

    /// It has it.
    mutating func ended(_ answer: Answer, at now: UInt64) {
        guard let start = begun.removeValue(forKey: answer.number) else { return }
        waited(since: start, at: now)
    }

    /// It had to wait, and does not any more.
    mutating func waited(since start: UInt64, at now: UInt64) {
        if Self.isLong(since: start, at: now) { wereLong = true }
    }

    /// Whether it has been waiting for too long by now.
    func areLong(at now: UInt64) -> Bool {
        begun.values.contains { Self.isLong(since: $0, at: now) }
    }

    private static func isLong(since start: UInt64, at now: UInt64) -> Bool {
        now >= start &+ patienceMilliseconds && now >= start
    }
}
