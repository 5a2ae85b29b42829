import AuditTrail

/// Why a lock is refused: one with an end has to end while somebody remembers it.
struct LockTooLong: Error, Hashable, Sendable, CustomStringConvertible {
    let seconds: UInt64

    var description: String {
        "a lock for \(seconds) s exceeds the limit of \(AdminLimits.lockSeconds) s; "
            + "without `--for` it stays until it is lifted"
    }
}

extension AdminRequest.Lock {
    /// When it ends by itself; nil where it does not.
    func end(after now: Timestamp) throws(LockTooLong) -> Timestamp? {
        guard let seconds else { return nil }
        guard seconds <= AdminLimits.lockSeconds else { throw LockTooLong(seconds: seconds) }
        return Timestamp(secondsSince1970: now.wholeSeconds + seconds)
    }
}
