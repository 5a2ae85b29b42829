/// Refused connections between two lines of the log: a flood must not fill it, nor the trail.
struct RefusalSummary: Sendable {
    /// LIMIT: how long refusals are gathered.
    static let interval = Duration.seconds(10)

    private var count = 0
    private var limits = LimitCounts()

    var isEmpty: Bool { count == 0 }

    /// Whether it is the first since the last summary, so that there is to be another one.
    mutating func refused(by limit: LimitName?) -> Bool {
        count += 1
        if let limit { limits.count(limit) }
        return count == 1
    }

    /// How many there were and by which limits, in a line; what comes is counted anew.
    mutating func take() -> String {
        defer { self = RefusalSummary() }
        let named = limits.all.filter { $0.count > 0 }.map { "\($0.name) \($0.count)" }
        return named.isEmpty ? "\(count)" : "\(count): \(named.joined(separator: ", "))"
    }
}
