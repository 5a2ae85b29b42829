internal import ArgumentParser
internal import CommandAnalysis
internal import Foundation
internal import PolicyEngine
internal import ShellSyntax
internal import StrictYAML

/// `sallyport check`: what policies say of a command line, without a connection.
struct CheckCommand: AnsweringCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what policies decide about a command line, and why.",
        discussion: """
            Nothing runs, and nobody is connected to. The command line stands behind `--`; several \
            words are joined with blanks, as ssh does. A path is a policy file, a knowledge file \
            or a directory, of which all *.yaml are read and those of its folder `knowledge`. A \
            policy file brings the folder `knowledge` beside it; --json says where it was found.

            Where --config or $SALLYPORT_CONFIG names an installation, the roles and the owner of \
            the principal, the labels, the shell and the first login of the target are those of \
            its inventory, as far as no option says otherwise. Without --policy its policies \
            decide, and its grants say who may ask at all.

            Ends with 0 where it is permitted, 75 where it needs an approval, 77 where it is \
            denied; 2 where the files are refused.

            With --batch each line of the standard input is a JSON object with `id` (a string or \
            a number), `command` and perhaps `stdin` (none, unknown, or a text), and is answered \
            by one with `id`, `decision`, `rules`, `reason` and `actions`. A line that is no such \
            object is denied. It ends with 0 whatever the decisions are.
            """
    )

    @OptionGroup var configurationFile: ConfigurationOption
    @OptionGroup var book: BookOptions
    @OptionGroup var situation: SituationOptions

    @Option(
        name: .customLong("stdin"),
        help: ArgumentHelp(
            "What the client sends: a file with it, none, or unknown.",
            valueName: "file"
        )
    )
    var input = AskedInput.unknown

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Read many commands, a JSON object on each line.")
    var batch = false

    @ArgumentParser.Argument(parsing: .postTerminator, help: "The command line, behind `--`.")
    var command: [String] = []

    func validate() throws {
        guard situation.principal != nil, situation.target != nil else {
            throw Self.noSituation
        }
        guard batch == command.isEmpty else {
            throw ValidationError(
                batch
                    ? "--batch reads the standard input, not a command line"
                    : "expected `--` and a command line"
            )
        }
    }

    func run() throws {
        guard batch else {
            try answer().print()
            return
        }
        try CommandAnswer.of {
            let check = try ruleCheck()
            for warning in check.rules.warnings { Complaint.write(warning) }
            try runBatch(check)
            return CommandAnswer()
        }.print()
    }

    func answer() throws -> CommandAnswer {
        try CommandAnswer.of {
            let check = try ruleCheck()
            let checked = check.check(Array(command.joined(separator: " ").utf8))
            return CommandAnswer(
                lines: [json ? check.json(of: checked) : String(checked.text.dropLast())],
                complaints: check.rules.warnings,
                exitStatus: checked.decision.ruling.exitStatus
            )
        }
    }

    private func ruleCheck() throws -> RuleCheck {
        guard let principal = situation.principal, let target = situation.target else {
            throw Self.noSituation
        }
        let rules = try book.rules(configurationFile)
        var asked = situation.situation(of: principal, on: target, rules.known(principal, target))
        asked.input = try clientInput()
        return RuleCheck(rules: rules, situation: asked)
    }

    private static let noSituation = ValidationError("--as and --target say who asks, and where")

    private func runBatch(_ check: RuleCheck) throws(RefusedFiles) {
        do throws(BoundedLines.Failure) {
            try CheckBatch(check: check).run()
        } catch {
            throw RefusedFiles(findings: [
                Finding(.error, "cannot be read", at: SourceLocation(file: "<stdin>"))
            ])
        }
    }

    private func clientInput() throws(RefusedFiles) -> ClientInput {
        switch input {
        case .none: return .nothing
        case .unknown: return .unknown
        case .file(let path):
            let findings = Findings()
            let bytes = FileContents.read(path, findings: findings)
            return .text(ShellText(try findings.conclude(bytes).value))
        }
    }
}

extension Ruling {
    /// As a client of the bastion gets it: EX_TEMPFAIL and EX_NOPERM of sysexits.h.
    var exitStatus: Int32 {
        switch self {
        case .permit: 0
        case .review: 75
        case .deny: 77
        }
    }
}
