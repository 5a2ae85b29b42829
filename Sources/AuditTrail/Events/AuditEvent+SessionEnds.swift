/// How sessions end.
extension AuditEvent {
    /// How much went through a session, as its process counted.
    package struct StreamBytes: Hashable, Sendable, Codable {
        /// From the client to the program.
        package let input: UInt64
        package let output: UInt64
        package let error: UInt64
        /// Of the recording.
        package let recorded: UInt64

        package init(input: UInt64, output: UInt64, error: UInt64, recorded: UInt64) {
            self.input = input
            self.output = output
            self.error = error
            self.recorded = recorded
        }
    }

    /// A session is over, and so is what it ran, as far as `remoteEnd` says.
    package struct SessionEnded: Hashable, Sendable, Codable {
        /// Why it ended.
        package enum Cause: String, Hashable, Sendable, CaseIterable, Codable {
            /// The program ended and everything it wrote was handed on.
            case finished = "finished"
            case clientClosed = "client-closed"
            /// The client left keepalives unanswered.
            case clientSilent = "client-silent"
            case targetLost = "target-lost"
            /// The target left keepalives unanswered.
            case targetSilent = "target-silent"
            case recordingFailed = "recording-failed"
            case recordingLimit = "recording-limit"
            case terminated = "terminated"
            /// The target could not be reached, proved or signed in to.
            case notStarted = "not-started"
            case denied = "denied"
            /// The client sent another input than it promised, and nothing of it was handed on.
            case inputRefused = "input-refused"
            /// It ran for as long as the rules, or the settings, let it.
            case timeLimit = "time-limit"
            /// Nothing crossed it for too long.
            case idle = "idle"
            /// Another limit of the settings, which `detail` names.
            case limit = "limit"
            case locked = "locked"
            /// The principal, or the grant, is no longer in the inventory.
            case removed = "removed"
            case connectionEnded = "connection-ended"
            case drained = "drained"
            case protocolViolation = "protocol-violation"
            case processDied = "process-died"
            /// The authority died; found open at the next start.
            ///
            /// The true end is not known.
            case recovered = "recovered"
        }

        package let cause: Cause
        package let result: ProgramResult?
        /// Empty when nothing was started.
        package let remoteEnd: RemoteEnd?
        /// Empty when nobody counted.
        package let bytes: StreamBytes?
        /// The size of the recording's file, as the authority found it.
        ///
        /// Empty where there is none, and where a crash ended the session.
        package let recordingBytes: UInt64?
        package let detail: String?

        package init(
            cause: Cause,
            result: ProgramResult? = nil,
            remoteEnd: RemoteEnd? = nil,
            bytes: StreamBytes? = nil,
            recordingBytes: UInt64? = nil,
            detail: String? = nil
        ) {
            self.cause = cause
            self.result = result
            self.remoteEnd = remoteEnd
            self.bytes = bytes
            self.recordingBytes = recordingBytes
            self.detail = detail
        }
    }
}
