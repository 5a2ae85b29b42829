/// A connection as lists show it.
package struct ConnectionEntry: Hashable, Sendable, Codable {
    package let id: String
    /// Of the record of its opening: the order of connections.
    package let sequence: Int64
    package let peerAddress: String
    package let peerPort: UInt16
    package let listener: String
    /// As the client sent it when it signed in.
    package let userName: String?
    /// Nil until somebody signed in.
    package let principal: String?
    package let onBehalfOf: String?
    package let method: AuditEvent.SignedIn.Method?
    package let fingerprint: String?
    package let openedAt: Timestamp
    package let endedAt: Timestamp?
    package let isLive: Bool
    package let cause: AuditEvent.ConnectionEnded.Cause?
    package let detail: String?
}
