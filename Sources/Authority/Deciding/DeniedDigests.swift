/// Questions that broke a decider: they are denied without being asked again for a while.
struct DeniedDigests: Sendable {
    /// LIMIT: how long a question stays denied.
    static let milliseconds: UInt64 = 10 * 60 * 1000
    /// LIMIT: digests kept; with more the oldest is forgotten, and asking it costs one process.
    static let maximumCount = 4096

    private var expiries: [[UInt8]: UInt64] = [:]
    // INVARIANT: in the order of insertion, and every digest of `expiries` is in it once.
    private var order: [[UInt8]] = []

    func contains(_ digest: [UInt8], at nowMilliseconds: UInt64) -> Bool {
        guard let expiry = expiries[digest] else { return false }
        return nowMilliseconds < expiry
    }

    mutating func insert(_ digest: [UInt8], at nowMilliseconds: UInt64) {
        if expiries.updateValue(nowMilliseconds + Self.milliseconds, forKey: digest) != nil {
            order.removeAll { $0 == digest }
        }
        order.append(digest)
        if order.count > Self.maximumCount { expiries[order.removeFirst()] = nil }
    }
}
