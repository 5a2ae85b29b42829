/// What went otherwise than it should.
extension AuditEvent {
    /// Something that the client tried and that was refused, or an auditor should know of.
    package struct Notice: Hashable, Sendable, Codable {
        /// What it was.
        package enum Topic: String, Hashable, Sendable, CaseIterable, Codable {
            case directForwardRefused = "direct-forward-refused"
            case remoteForwardRefused = "remote-forward-refused"
            case agentForwardRefused = "agent-forward-refused"
            case x11ForwardRefused = "x11-forward-refused"
            case unknownRequestRefused = "unknown-request-refused"
            case environmentRefused = "environment-refused"
            case loginGraceExceeded = "login-grace-exceeded"
            case tooManyTries = "too-many-tries"
            case userNameChanged = "user-name-changed"
            case tooManySessions = "too-many-sessions"
            case recordingLimitReached = "recording-limit-reached"
            case commandLineTooLong = "command-line-too-long"
            case recordingFailed = "recording-failed"
            case userNameTooLong = "user-name-too-long"
            case signatureRefused = "signature-refused"
            /// A source from which connections come to nothing is refused for a while.
            case sourcePenalised = "source-penalised"
            /// How many connections were refused unheard, and by which limits.
            case connectionsRefused = "connections-refused"
            /// Another release was to take the place of this one, and did not.
            case upgradeRefused = "upgrade-refused"
        }

        package let topic: Topic
        package let detail: String

        package init(topic: Topic, detail: String) {
            self.topic = topic
            self.detail = detail
        }
    }

    /// A process said what it may not say: it lies, or it is owned.
    package struct ProtocolViolation: Hashable, Sendable, Codable {
        package let detail: String

        package init(detail: String) {
            self.detail = detail
        }
    }

    /// A process ended without being asked to.
    package struct ProcessDied: Hashable, Sendable, Codable {
        /// Which one.
        package enum Process: String, Hashable, Sendable, CaseIterable, Codable {
            case session = "session"
            case decide = "decide"
        }

        package let process: Process
        package let detail: String

        package init(process: Process, detail: String) {
            self.process = process
            self.detail = detail
        }
    }

    /// A recording that a crash left open was closed at its last whole event.
    package struct RecordingRecovered: Hashable, Sendable, Codable {
        package let bytesCut: UInt64

        package init(bytesCut: UInt64) {
            self.bytesCut = bytesCut
        }
    }
}
