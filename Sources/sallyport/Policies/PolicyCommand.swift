internal import ArgumentParser

/// `sallyport policy`: for whoever writes policies.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Test, check and explain policies.",
        subcommands: [
            PolicyTestCommand.self, PolicyLintCommand.self, PolicyExplainCommand.self,
            PolicyDiffCommand.self, PolicyReportCommand.self, PolicySuggestCommand.self,
        ]
    )

    /// Where policies are looked for when no path says it.
    static let usualPath = "policies"
}
