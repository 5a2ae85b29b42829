/// What is known of sources for a while: at most of so many, and of none for ever.
///
/// Instants are milliseconds of one clock that never falls; they may lie before its beginning.
struct SourceTable<Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        var value: Value
        var forgottenAt: Int64
    }

    /// Those at most are kept; what was known of others gives way.
    var limit: Int
    private var entries: [Source: Entry] = [:]
    /// Before that many are there, nobody looks for what can be forgotten.
    private var nextSweep = SourceTables.leastSwept
    /// Before that, nothing of a full table can be forgotten.
    private var nextForgotten = Int64.min

    init(limit: Int) {
        precondition(limit > 0, "a table has room for somebody")
        self.limit = limit
    }

    /// With those that are to be forgotten and still there.
    var count: Int { entries.count }

    func value(of source: Source, at now: Int64) -> Value? {
        guard let entry = entries[source], entry.forgottenAt > now else { return nil }
        return entry.value
    }

    /// What is not to be forgotten yet.
    func all(at now: Int64) -> [(source: Source, value: Value, forgottenAt: Int64)] {
        entries.filter { $0.value.forgottenAt > now }.map {
            ($0.key, $0.value.value, $0.value.forgottenAt)
        }
    }

    mutating func forget(_ source: Source) { entries[source] = nil }

    /// Whether nobody new can be kept unless somebody gives way.
    mutating func isFull(at now: Int64) -> Bool {
        guard entries.count >= limit else { return false }
        if now >= nextForgotten { sweep(at: now) }
        return entries.count >= limit
    }

    /// Keeps a value until an instant; who would be forgotten soonest gives way, or nobody does and it
    /// is not kept.
    mutating func keep(
        _ value: Value,
        of source: Source,
        until instant: Int64,
        at now: Int64,
        makingRoom makesRoom: Bool = true
    ) {
        guard instant > now else { return forget(source) }
        if entries[source] == nil {
            if entries.count >= nextSweep { sweep(at: now) }
            if isFull(at: now) {
                guard makesRoom else { return }
                makeRoom()
            }
        }
        entries[source] = Entry(value: value, forgottenAt: instant)
        nextForgotten = min(nextForgotten, instant)
    }

    private mutating func sweep(at now: Int64) {
        entries = entries.filter { $0.value.forgottenAt > now }
        nextSweep = max(SourceTables.leastSwept, entries.count * 2)
        nextForgotten = entries.values.map(\.forgottenAt).min() ?? .max
    }

    private mutating func makeRoom() {
        let wanted = max(1, limit / SourceTables.part) + (entries.count - limit)
        let soonest = entries.sorted { $0.value.forgottenAt < $1.value.forgottenAt }
        for (source, _) in soonest.prefix(wanted) { entries[source] = nil }
    }
}

/// What all such tables have in common.
enum SourceTables {
    /// LIMIT: entries that are kept until they are looked at, though they are to be forgotten.
    static let leastSwept = 1024
    /// LIMIT: of a full table so great a part gives way at once, so that one in so many arrivals pays
    /// for looking through all of it.
    static let part = 8
}
