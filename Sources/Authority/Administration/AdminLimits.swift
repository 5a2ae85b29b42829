/// What the admin socket takes and gives.
package enum AdminLimits {
    /// LIMIT: bytes of a request's line.
    package static let requestBytes = 64 * 1024
    /// LIMIT: bytes of an answer's line: a page of the audit trail in JSON, and what is around it.
    package static let answerBytes = 64 * 1024 * 1024
    /// LIMIT: clients at once; more are not accepted.
    static let clients = 32
    /// LIMIT: clients of one Unix user at once, so that no user keeps the others out.
    static let clientsOfOneUser = 8
    /// LIMIT: between two lines of the log about users who may not ask.
    static let strangerPause = Duration.seconds(10)
    /// LIMIT: how long a client may be silent between requests.
    static let idleTimeout = Duration.seconds(60)
    /// LIMIT: Unicode scalars of a reason that somebody gives, as it is shown: with what is around
    /// it, it fits `FieldLimits.refusalText`.
    package static let reasonCharacters = 1024
    /// LIMIT: the longest lock with an end; longer ones have none.
    package static let lockSeconds: UInt64 = 366 * 86_400
}
