internal import ArgumentParser
internal import PolicyEngine
internal import StrictYAML

/// `sallyport policy diff`: what would be decided otherwise.
struct PolicyDiffCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say what new policies would decide otherwise than old ones.",
        discussion: """
            OLD and NEW are each a policy file or a directory of policies and knowledge. Both \
            decide about the commands of --over: .cases files, directories of them, files of JSON \
            lines with `command`, or - for JSON lines on the standard input, such as those of \
            `sallyport audit --json --kind session-opened` and `sallyport sessions --json`; and \
            about those that the running bastion was asked for --since a time. What a line does \
            not say (`principal`, `onBehalfOf`, `target`, `login`, `stdin`) is what the options \
            say, roles and labels are those of the installation where one is named. Each command \
            whose decision differs is printed, what becomes looser first. Ends with 0 whatever \
            differs, 2 where files are refused.
            """
    )

    @OptionGroup var commands: RecordedCommands

    @Argument(help: "The policies as they are.")
    var old: String

    @Argument(help: "The policies as they are to be.")
    var new: String

    func answer() throws -> CommandAnswer {
        try CommandAnswer.of {
            let installation = try commands.installation()
            var answer = CommandAnswer()
            var comparison = BookComparison(
                from: try Self.book(old, &answer),
                to: try Self.book(new, &answer)
            )
            answer.complaints += try commands.forEach {
                Installation.known(installation?.inventory, $0, $1)
            } _: {
                comparison.add($0)
            }
            answer.lines = comparison.lines
            return answer
        }
    }

    private static func book(_ path: String, _ answer: inout CommandAnswer) throws -> RuleBook {
        let accepted = try RuleFiles([path]).book()
        answer.complaints += accepted.warnings.map(\.description)
        return accepted.value
    }
}
