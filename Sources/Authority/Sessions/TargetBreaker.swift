/// Keeps sessions away from a target that refuses our certificates.
///
/// sshd from 9.8 on penalises addresses that fail to authenticate, and ends by banning them: one
/// target that does not trust the CA would lock the bastion out for everybody's sessions.
struct TargetBreaker: Sendable {
    /// LIMIT: refusals in a row that open it.
    static let failuresInARow = 2
    /// LIMIT: how long it stays open; then one session may try again.
    static let openMilliseconds: UInt64 = 60_000

    private struct Entry {
        var failures: Int
        var openUntil: UInt64?
    }

    // INVARIANT: at most one entry for each target of the inventory; names come from there only.
    private var entries: [String: Entry] = [:]

    /// How long the target stays closed to sessions; nil where it is open to them.
    func remainingMilliseconds(for target: String, at nowMilliseconds: UInt64) -> UInt64? {
        guard let until = entries[target]?.openUntil, until > nowMilliseconds else { return nil }
        return until - nowMilliseconds
    }

    /// The target refused a certificate; true where that opened the breaker.
    mutating func authenticationFailed(at target: String, _ nowMilliseconds: UInt64) -> Bool {
        var entry = entries[target] ?? Entry(failures: 0, openUntil: nil)
        entry.failures += 1
        let opens = entry.failures >= Self.failuresInARow
        if opens { entry.openUntil = nowMilliseconds + Self.openMilliseconds }
        entries[target] = entry
        return opens
    }

    mutating func authenticated(at target: String) { entries[target] = nil }

    /// Another inventory is in force: what was mended is tried at once.
    mutating func reset() { entries = [:] }
}
