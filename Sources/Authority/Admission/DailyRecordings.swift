import PolicyEngine

/// How much each principal recorded on each of the last days.
///
/// A day is one of UTC. Bytes count for the day on which they are seen to be there, whenever their
/// session was opened. So a session that goes on over midnight counts for both days, for each with what
/// it wrote then; where the clock is set, for the day that it shows.
struct DailyRecordings: Sendable {
    private struct Day: Sendable {
        let number: Int64
        // INVARIANT: at most the principals that recorded on that day.
        var bytes: [PrincipalName: UInt64] = [:]
    }

    /// LIMIT: days that are remembered, those that counted last: a clock that is set and set right
    /// forgets nothing of today.
    static let maximumDays = 8
    static let seconds: Int64 = 86_400

    /// The last one is the one that counted last.
    private var days: [Day] = []
    /// How large a recording was when it was seen last, by the id of its session; as many as there are
    /// sessions that are recorded.
    private var seen: [String: UInt64] = [:]

    /// The day of UTC on which a moment is, in days since 1970.
    static func day(ofSecond secondsSince1970: Int64) -> Int64 {
        (secondsSince1970 - (secondsSince1970 < 0 ? seconds - 1 : 0)) / seconds
    }

    /// What a principal has recorded on a day.
    func bytes(of principal: PrincipalName, on day: Int64) -> UInt64 {
        totals(on: day)[principal] ?? 0
    }

    /// The same of each principal that has anything.
    func totals(on day: Int64) -> [PrincipalName: UInt64] {
        days.last { $0.number == day }?.bytes ?? [:]
    }

    /// How large a recording is now; what it grew by counts for the day that is.
    mutating func grew(
        _ session: String,
        of principal: PrincipalName,
        on day: Int64,
        to bytes: UInt64
    ) {
        let before = seen.updateValue(bytes, forKey: session) ?? 0
        if bytes > before { add(bytes - before, of: principal, on: day) }
    }

    // MARK: Handing over

    /// What is known of each day, for another release.
    var handed: [HandedUse] {
        days.flatMap { day in
            day.bytes.map {
                HandedUse(principal: $0.key.description, day: day.number, bytes: $0.value)
            }
        }
    }

    /// How large a recording was when it was seen last; nil where it was not.
    func seenBytes(of session: String) -> UInt64? { seen[session] }

    /// So much of a recording that goes on is counted already.
    mutating func takeOver(_ session: String, seen bytes: UInt64) { seen[session] = bytes }

    // MARK: Ending

    /// A recording will not grow any more.
    mutating func forget(_ session: String) { seen[session] = nil }

    /// Recordings of before the start, and what one grew by.
    mutating func add(_ bytes: UInt64, of principal: PrincipalName, on day: Int64) {
        let known = days.firstIndex { $0.number == day }.map { days.remove(at: $0) }
        var counted = known ?? Day(number: day)
        let (sum, overflows) = counted.bytes[principal, default: 0].addingReportingOverflow(bytes)
        counted.bytes[principal] = overflows ? .max : sum
        days.append(counted)
        if days.count > Self.maximumDays { days.removeFirst() }
    }

    /// What of a recording counts for the day that begins then, as far as its ends tell: as if it had
    /// grown evenly.
    ///
    /// Instants are of one clock, in any unit. A recording that ends before it begins is of a clock that was
    /// set back, and counts whole.
    static func share(
        of bytes: UInt64,
        from begin: Int64,
        to end: Int64,
        since midnight: Int64
    ) -> UInt64 {
        guard end > midnight else { return 0 }
        guard begin < midnight else { return bytes }
        let part = Double(end - midnight) / Double(end - begin)
        return min(bytes, UInt64((Double(bytes) * part).rounded(.up)))
    }
}
