/// What a client wants to run, and what was decided.
extension AuditEvent {
    /// A variable that the client asked to set.
    package struct EnvironmentVariable: Hashable, Sendable, Codable {
        package let name: String
        package let value: RecordedBytes

        package init(name: String, value: RecordedBytes) {
            self.name = name
            self.value = value
        }
    }

    /// A client asks for a program on a target.
    package struct SessionOpened: Hashable, Sendable, Codable {
        /// What is to run on the target (RFC 4254 §6.5).
        package enum Request: String, Hashable, Sendable, CaseIterable, Codable {
            case exec = "exec"
            case shell = "shell"
            case subsystem = "subsystem"
        }

        /// Number of the session within its connection.
        package let number: UInt32
        package let request: Request
        /// The command line of an exec, the name of a subsystem, empty for a shell.
        package let command: RecordedBytes
        package let hasTerminal: Bool
        package let environment: [EnvironmentVariable]

        package init(
            number: UInt32,
            request: Request,
            command: RecordedBytes,
            hasTerminal: Bool,
            environment: [EnvironmentVariable]
        ) {
            self.number = number
            self.request = request
            self.command = command
            self.hasTerminal = hasTerminal
            self.environment = environment
        }
    }

    /// The answer to the request of a session.
    package struct Decided: Hashable, Sendable, Codable {
        /// What was decided.
        package enum Effect: String, Hashable, Sendable, CaseIterable, Codable {
            case permit = "permit"
            case deny = "deny"
        }

        package let effect: Effect
        package let reason: String
        package let determiningRules: [String]
        /// SHA-256 of the command line that was decided, in hexadecimal.
        package let commandDigest: String?
        /// Of a permitted session, relative to the folder of recordings.
        package let recording: String?

        package init(
            effect: Effect,
            reason: String,
            determiningRules: [String],
            commandDigest: String? = nil,
            recording: String? = nil
        ) {
            self.effect = effect
            self.reason = reason
            self.determiningRules = determiningRules
            self.commandDigest = commandDigest
            self.recording = recording
        }
    }
}
