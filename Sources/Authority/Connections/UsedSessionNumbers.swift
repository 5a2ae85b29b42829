import SessionProtocol

/// The numbers that a process gave to sessions of its connection: each is good once.
struct UsedSessionNumbers: Sendable {
    // INVARIANT: at most a range for each session, and the table limits those.
    private var numbers = RangeSet<UInt64>()

    init() {}

    /// Those of which another release of the authority knows.
    init(handed ranges: [[UInt64]]) {
        for range in ranges where range.count == 2 && range[0] < range[1] {
            numbers.insert(contentsOf: range[0]..<range[1])
        }
    }

    /// What another release needs to know them.
    var handed: [[UInt64]] { numbers.ranges.map { [$0.lowerBound, $0.upperBound] } }

    /// Takes a number; false where it was used before.
    mutating func use(_ number: SessionNumber) -> Bool {
        let value = UInt64(number.value)
        guard !numbers.contains(value) else { return false }
        numbers.insert(contentsOf: value..<(value + 1))
        return true
    }
}
