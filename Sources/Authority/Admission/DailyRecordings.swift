import PolicyEngine

/// How large the recordings are of what each principal opened on one day, the latest that is known.
///
/// A day is one of UTC, as the folders of recordings have them; a session belongs to the day on
/// which it was opened, however long it lasts.
struct DailyRecordings: Sendable {
    private struct Live: Sendable {
        let principal: PrincipalName
        let day: Int64
        var bytes: UInt64
    }

    private var day = Int64.min
    // INVARIANT: at most the principals of one day.
    private var settled: [PrincipalName: UInt64] = [:]
    /// By the id of the session; as many as there are sessions.
    private var live: [String: Live] = [:]

    /// The day of UTC on which a moment is, in days since 1970.
    static func day(ofSecond secondsSince1970: Int64) -> Int64 {
        (secondsSince1970 - (secondsSince1970 < 0 ? 86_399 : 0)) / 86_400
    }

    /// What a principal has recorded of that day, with what is still being recorded.
    func bytes(of principal: PrincipalName, on today: Int64) -> UInt64 {
        let running = live.values.reduce(into: UInt64(0)) { sum, session in
            guard session.principal == principal, session.day == today else { return }
            sum &+= session.bytes
        }
        return (today == day ? settled[principal] ?? 0 : 0) &+ running
    }

    /// The same of each principal that has anything.
    func totals(on today: Int64) -> [PrincipalName: UInt64] {
        var totals = today == day ? settled : [:]
        for session in live.values where session.day == today {
            totals[session.principal, default: 0] &+= session.bytes
        }
        return totals
    }

    /// What is known of recordings that are over, for another release.
    var handed: [HandedUse] {
        settled.map { HandedUse(principal: $0.key.description, day: day, bytes: $0.value) }
    }

    /// How large a recording is now.
    mutating func grew(
        _ session: String,
        of principal: PrincipalName,
        on day: Int64,
        to bytes: UInt64
    ) {
        live[session] = Live(principal: principal, day: day, bytes: bytes)
    }

    /// A recording is over, of so many bytes; where nobody knows, of those that were seen last.
    mutating func settle(
        _ session: String,
        of principal: PrincipalName,
        on day: Int64,
        _ bytes: UInt64?
    ) {
        let seen = live.removeValue(forKey: session)?.bytes
        add(bytes ?? seen ?? 0, of: principal, on: day)
    }

    /// Recordings of before the start; of a day that is past nothing needs to be known.
    mutating func add(_ bytes: UInt64, of principal: PrincipalName, on day: Int64) {
        guard day >= self.day else { return }
        if day > self.day {
            self.day = day
            settled = [:]
        }
        settled[principal, default: 0] &+= bytes
    }
}
