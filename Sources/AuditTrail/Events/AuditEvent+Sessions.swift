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
        /// What the client says of its reasons, by name; nobody has confirmed it.
        package let claims: [String: String]?

        package init(
            number: UInt32,
            request: Request,
            command: RecordedBytes,
            hasTerminal: Bool,
            environment: [EnvironmentVariable],
            claims: [String: String]? = nil
        ) {
            self.number = number
            self.request = request
            self.command = command
            self.hasTerminal = hasTerminal
            self.environment = environment
            self.claims = claims
        }
    }

    /// The answer to the request of a session.
    package struct Decided: Hashable, Sendable, Codable {
        /// What was decided.
        package enum Effect: String, Hashable, Sendable, CaseIterable, Codable {
            case permit = "permit"
            case deny = "deny"
            /// It needs an approval, and does not run without.
            case review = "review"
        }

        /// What the policies that are for the request do with what they say.
        package enum Mode: String, Hashable, Sendable, CaseIterable, Codable {
            case enforce = "enforce"
            case observe = "observe"
            case observeEverything = "observe-everything"
        }

        /// What was decided by, and what about.
        package struct Judgement: Hashable, Sendable, Codable {
            package let mode: Mode
            /// SHA-256 over policies and knowledge, in hexadecimal.
            package let policyDigest: String
            /// What would be done, as far as it is known.
            package let actions: [String]
            package let input: Input
            /// What would have been where a policy only observes.
            package let observed: Effect?
            package let observedReason: String?

            package init(
                mode: Mode,
                policyDigest: String,
                actions: [String],
                input: Input,
                observed: Effect? = nil,
                observedReason: String? = nil
            ) {
                self.mode = mode
                self.policyDigest = policyDigest
                self.actions = actions
                self.input = input
                self.observed = observed
                self.observedReason = observedReason
            }
        }

        package let effect: Effect
        package let reason: String
        package let determiningRules: [String]
        /// SHA-256 of the command line that was decided, in hexadecimal.
        package let commandDigest: String?
        /// Of a permitted session, relative to the folder of recordings.
        package let recording: String?
        /// Nil where no rule was asked.
        package let judgement: Judgement?
        /// By which an approval is asked for.
        package let approvalRequest: String?

        package init(
            effect: Effect,
            reason: String,
            determiningRules: [String],
            commandDigest: String? = nil,
            recording: String? = nil,
            judgement: Judgement? = nil,
            approvalRequest: String? = nil
        ) {
            self.effect = effect
            self.reason = reason
            self.determiningRules = determiningRules
            self.commandDigest = commandDigest
            self.recording = recording
            self.judgement = judgement
            self.approvalRequest = approvalRequest
        }
    }
}
