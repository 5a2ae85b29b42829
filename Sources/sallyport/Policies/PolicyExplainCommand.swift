internal import ArgumentParser
internal import PolicyEngine
internal import StrictYAML

/// `sallyport policy explain`: what one rule says, in words.
struct PolicyExplainCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say in words what a rule says.",
        discussion: """
            Decisions and refusals name rules by their id. Ends with 1 where there is no such \
            rule, 2 where the files are refused.
            """
    )

    @Option(
        name: .customLong("policy"),
        help: ArgumentHelp(
            "A policy file, or a directory of them; without it `policies`.",
            valueName: "path"
        )
    )
    var paths: [String] = []

    @Argument(help: "The id of the rule.")
    var rule: String

    func answer() throws -> CommandAnswer {
        try CommandAnswer.of {
            let files = try RuleFiles(paths.isEmpty ? [PolicyCommand.usualPath] : paths)
            let policy = try Policy.read(files.policies).value
            if let explanation = policy.explanation(ofRule: rule) {
                return CommandAnswer(lines: explanation.lines)
            }
            let guesses = policy.rules(like: rule).quotedList
            let hint = guesses.isEmpty ? "" : "; did you mean \(guesses)?"
            return CommandAnswer(
                complaints: ["there is no rule \(rule.quoted)\(hint)"],
                exitStatus: 1
            )
        }
    }
}
