/// A lock that nobody lifted.
package struct LockEntry: Hashable, Sendable, Codable {
    package let subject: LockSubject
    /// Of the record of the lock.
    package let sequence: Int64
    package let since: Timestamp
    /// Nil: until it is unlocked.
    package let until: Timestamp?
    package let by: String
    package let reason: String
}
