import AuditTrail

/// What surrounds a message: what is in force, and when it came.
struct MessageContext {
    let identification: Identification
    let moment: Timestamp
    /// By the clock that nobody sets.
    let monotonicMilliseconds: UInt64
    /// How long a session that is asked for now may take until it runs.
    let setupMilliseconds: UInt64
    /// Any number, taken at random.
    let jitter: UInt64
    /// Whether another transport of the authority has this exchange hash.
    let isUsedExchangeHash: ([UInt8]) -> Bool
}
