internal import ArgumentParser
internal import PlainText
internal import StrictYAML

/// `sallyport policy lint`: everything that is wrong with policy and knowledge files, or looks it.
struct PolicyLintCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Say all that is wrong in policy and knowledge files.",
        discussion: """
            The files of all paths are read together, as a bastion reads them. Ends with 1 where \
            something is an error, and with --strict where something is a warning.
            """
    )

    @Flag(help: "Warnings count as errors.")
    var strict = false

    @Argument(help: "Policy and knowledge files, or directories of them.")
    var paths: [String]

    func answer() -> CommandAnswer {
        let findings: [Finding]
        do throws(RefusedFiles) {
            findings = try RuleFiles(paths).book().warnings
        } catch {
            findings = error.findings
        }
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count - errors
        let summary = "\(errors.counted("error")), \(warnings.counted("warning"))"
        return CommandAnswer(
            lines: findings.sorted().map(\.description) + [summary],
            exitStatus: errors > 0 || (strict && warnings > 0) ? 1 : 0
        )
    }
}
