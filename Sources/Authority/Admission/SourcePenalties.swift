import SSHWire

/// Who is not let in for a while, after connections that came to nothing; OpenSSH's
/// `PerSourcePenalties` (sshd_config(5), 9.8 and newer), with a growth of its own.
///
/// Each failure adds its time to what is left of the time before. Below `min` nothing is refused; from
/// there on the source is, until its time is over. Whoever was refused and fails again pays double, and
/// double again after each further time, until `max` passed without a failure. Who signed in is spared for a
/// day, and so is what is exempt.
///
/// Instants are milliseconds of a clock that never falls; they may lie before its beginning.
struct SourcePenalties: Sendable {
    /// How a connection came to nothing.
    enum Failure: Hashable, Sendable, CaseIterable {
        /// Its process died, lied, or made a forbidden call.
        case crashed
        /// It tried to sign in, and could not.
        case couldNotSignIn
        /// It ended before any try.
        case didNotSignIn
        /// Its login grace ran out.
        case exceededGrace
    }

    struct Penalty: Hashable, Sendable, Codable {
        var until: Int64
        /// Whether it is refused, which it is up to the end once `min` is reached.
        var isInForce: Bool
        /// How often that was so.
        var times: Int
    }

    /// LIMIT: sources that are spared because somebody signed in from there; of more the oldest are not.
    static let maximumTrusted = 65_536
    /// LIMIT: for so long after somebody signed in, a day.
    static let trustMilliseconds: Int64 = 86_400_000
    /// LIMIT: how often a penalty doubles; a thousandfold is more than `max` for each kind.
    static let maximumDoublings = 10

    private(set) var settings: PenaltySettings
    /// IPv4 apart from IPv6, of which anybody has enough to fill a table.
    private var version4: SourceTable<Penalty>
    private var version6: SourceTable<Penalty>
    private var trusted = SourceTable<Void>(limit: maximumTrusted)

    init(_ settings: PenaltySettings) {
        self.settings = settings
        version4 = SourceTable(limit: settings.maximumSources)
        version6 = SourceTable(limit: settings.maximumSources)
    }

    /// Other settings count for what fails from here on.
    mutating func change(to settings: PenaltySettings) {
        self.settings = settings
        version4.limit = settings.maximumSources
        version6.limit = settings.maximumSources
    }

    // MARK: Asking

    /// For how long a connection from there is refused yet; nil where it is not.
    mutating func remaining(for address: IPAddress, at now: Int64) -> Int64? {
        let source = Source(address)
        guard !isSpared(address, at: now) else { return nil }
        if let penalty = table(of: source).value(of: source, at: now) {
            guard penalty.isInForce, penalty.until > now else { return nil }
            return penalty.until - now
        }
        switch settings.overflow {
        case .permissive: return nil
        case .denyAll:
            // Nobody could tell whether it fails.
            return isFull(for: source, at: now) ? settings.minimum.milliseconds : nil
        }
    }

    /// Whether nothing from there is ever held against it.
    private func isSpared(_ address: IPAddress, at now: Int64) -> Bool {
        trusted.value(of: Source(address), at: now) != nil
            || settings.exempt.contains { $0.contains(address) }
    }

    // MARK: Telling

    /// A connection came to nothing; for how long its source is refused, where that begins now.
    mutating func failed(_ failure: Failure, from address: IPAddress, at now: Int64) -> Int64? {
        let source = Source(address)
        let time = time(of: failure)
        guard time > 0, !isSpared(address, at: now) else { return nil }
        let before = table(of: source).value(of: source, at: now)
        let times = before?.times ?? 0
        let doubled = time << Int64(min(times, Self.maximumDoublings))
        let until = min(
            max(before?.until ?? now, now) + doubled,
            now + settings.maximum.milliseconds
        )
        var penalty = Penalty(
            until: until,
            isInForce: before.map { $0.isInForce && $0.until > now } ?? false,
            times: times
        )
        let begins = !penalty.isInForce && until - now >= settings.minimum.milliseconds
        if begins {
            penalty.isInForce = true
            penalty.times += 1
        }
        let rest = penalty.times > 0 ? settings.maximum.milliseconds : 0
        keep(penalty, of: source, until: until + rest, at: now)
        return begins ? until - now : nil
    }

    /// Somebody signed in from there, just now or as the audit trail remembers.
    mutating func signedIn(from source: Source, at instant: Int64, now: Int64) {
        version4.forget(source)
        version6.forget(source)
        trusted.keep((), of: source, until: instant + Self.trustMilliseconds, at: now)
    }

    // MARK: Handing over

    /// Everything that is held against anybody.
    func handed(at now: Int64) -> [HandedPenalty] {
        [version4, version6].flatMap { table in
            table.all(at: now).map {
                HandedPenalty(source: $0.source, penalty: $0.value, forgottenAt: $0.forgottenAt)
            }
        }
    }

    mutating func take(over handed: HandedPenalty, at now: Int64) {
        keep(handed.penalty, of: handed.source, until: handed.forgottenAt, at: now)
    }

    private func time(of failure: Failure) -> Int64 {
        switch failure {
        case .crashed: settings.crash.milliseconds
        case .couldNotSignIn: settings.authfail.milliseconds
        case .didNotSignIn: settings.noauth.milliseconds
        case .exceededGrace: settings.graceExceeded.milliseconds
        }
    }

    // MARK: The tables

    private func table(of source: Source) -> SourceTable<Penalty> {
        source.isVersion4 ? version4 : version6
    }

    private mutating func isFull(for source: Source, at now: Int64) -> Bool {
        source.isVersion4 ? version4.isFull(at: now) : version6.isFull(at: now)
    }

    private mutating func keep(
        _ penalty: Penalty,
        of source: Source,
        until instant: Int64,
        at now: Int64
    ) {
        // Where a full table lets nobody new in, nobody may empty it by failing.
        let makesRoom = settings.overflow == .permissive
        if source.isVersion4 {
            version4.keep(penalty, of: source, until: instant, at: now, makingRoom: makesRoom)
        } else {
            version6.keep(penalty, of: source, until: instant, at: now, makingRoom: makesRoom)
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
