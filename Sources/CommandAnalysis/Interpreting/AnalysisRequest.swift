public import ShellSyntax

/// What is asked about a command line, and what is known of the shell that will run it.
public struct AnalysisRequest: Hashable, Sendable {
    public var dialect: Dialect
    /// The version of the bash that reads it; nil where that is not known.
    public var bashVersion: BashVersion?
    /// The account that the shell runs as, where that is known.
    public var login: ShellText?
    public var input: ClientInput
    public var hasTerminal: Bool
    /// Variables that the client asked to set.
    public var environment: [EnvironmentVariable]
    public var profile: ShellProfile

    public struct EnvironmentVariable: Hashable, Sendable {
        public let name: ShellText
        public let value: ShellText

        public init(name: ShellText, value: ShellText) {
            self.name = name
            self.value = value
        }
    }

    public init(
        dialect: Dialect = .bash,
        bashVersion: BashVersion? = nil,
        login: ShellText? = nil,
        input: ClientInput = .unknown,
        hasTerminal: Bool = false,
        environment: [EnvironmentVariable] = [],
        profile: ShellProfile = .exec
    ) {
        self.dialect = dialect
        self.bashVersion = bashVersion
        self.login = login
        self.input = input
        self.hasTerminal = hasTerminal
        self.environment = environment
        self.profile = profile
    }
}
