import PolicyEngine

/// Keeps sessions away from a login that refuses our certificates.
///
/// sshd from 9.8 on penalises addresses that fail to authenticate, and ends by banning them: one
/// target that does not trust the CA would lock the bastion out for everybody's sessions. Logins are
/// told apart, because a target may refuse one and take the others.
///
/// A refusal counts only where the authority signed: what a session process says of a certificate
/// that nobody could use proves nothing.
struct TargetBreaker: Sendable {
    /// LIMIT: refusals in a row that open it.
    static let failuresInARow = 2
    /// LIMIT: how long it stays open; then one session may try.
    static let openMilliseconds: UInt64 = 60_000

    private struct Place: Hashable {
        let target: TargetName
        let login: Login

        init(_ address: ResolvedAddress) {
            target = address.target.name
            login = address.login
        }
    }

    private struct Entry {
        var failures = 0
        /// Open until then; behind that moment it lets one through and is open again.
        var openUntil: UInt64?
    }

    // INVARIANT: at most one entry for each login of the inventory; names come from there only.
    private var entries: [Place: Entry] = [:]

    /// How long nobody may try; nil where somebody may.
    func remainingMilliseconds(
        for address: ResolvedAddress,
        at nowMilliseconds: UInt64
    ) -> UInt64? {
        guard let until = entries[Place(address)]?.openUntil, until > nowMilliseconds else {
            return nil
        }
        return until - nowMilliseconds
    }

    /// Lets a session try, or says how long none may.
    ///
    /// The first one after the time is the probe: the others wait until it has got in, or for the
    /// same time once more where nobody hears of it again.
    mutating func admit(
        to address: ResolvedAddress,
        at nowMilliseconds: UInt64
    ) -> UInt64? {
        if let wait = remainingMilliseconds(for: address, at: nowMilliseconds) { return wait }
        let place = Place(address)
        if entries[place]?.openUntil != nil {
            entries[place]?.openUntil = nowMilliseconds + Self.openMilliseconds
        }
        return nil
    }

    /// A certificate with which the authority signed was refused; true where nobody may try now.
    mutating func authenticationFailed(
        at address: ResolvedAddress,
        _ nowMilliseconds: UInt64
    ) -> Bool {
        let place = Place(address)
        var entry = entries[place] ?? Entry()
        entry.failures += 1
        let opens = entry.failures >= Self.failuresInARow
        if opens { entry.openUntil = nowMilliseconds + Self.openMilliseconds }
        entries[place] = entry
        return opens
    }

    mutating func authenticated(at address: ResolvedAddress) { entries[Place(address)] = nil }

    /// An operator's probe got in: what was mended is tried at once, as every login.
    mutating func mended(_ target: TargetName) {
        entries = entries.filter { $0.key.target != target }
    }

    /// Another inventory is in force: what was mended is tried at once.
    mutating func reset() { entries = [:] }
}
