/// A session as lists show it.
///
/// What its records say, put together.
package struct SessionEntry: Hashable, Sendable, Codable {
    package let id: String
    /// Of the record of its opening: the order of sessions.
    package let sequence: Int64
    package let connection: String
    /// Within its connection.
    package let number: UInt32
    package let principal: String
    package let onBehalfOf: String?
    package let target: String?
    package let login: String?
    package let request: AuditEvent.SessionOpened.Request
    /// Its first `AuditLimits.listedCommandBytes`.
    package let command: RecordedBytes
    /// How long the whole command is.
    package let commandBytes: Int
    package let hasTerminal: Bool
    /// Nil before it is decided.
    package let effect: AuditEvent.Decided.Effect?
    /// Relative to the folder of recordings.
    package let recording: String?
    package let openedAt: Timestamp
    /// When the target ran the program.
    package let startedAt: Timestamp?
    package let endedAt: Timestamp?
    package let isLive: Bool
    package let cause: AuditEvent.SessionEnded.Cause?
    package let result: AuditEvent.ProgramResult?
    package let remoteEnd: AuditEvent.RemoteEnd?
}
