package import ShellSyntax

/// What is asked about a command line, and what is known of the shell that will run it.
package struct AnalysisRequest: Hashable, Sendable {
    package var dialect: Dialect
    /// The version of the bash that reads it; nil where that is not known.
    package var bashVersion: BashVersion?
    /// The account that the shell runs as, where that is known.
    package var login: ShellText?
    package var input: ClientInput
    package var hasTerminal: Bool
    /// Variables that the client asked to set.
    package var environment: [EnvironmentVariable]
    package var profile: ShellProfile

    package struct EnvironmentVariable: Hashable, Sendable {
        package let name: ShellText
        package let value: ShellText

        package init(name: ShellText, value: ShellText) {
            self.name = name
            self.value = value
        }
    }

    package init(
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
