internal import CommandAnalysis
internal import PlainText
internal import ShellSyntax

/// All that is to be said of one command line that was asked about and not run.
///
/// Everything in it is foreign and shown without anything that a terminal acts on.
package struct CheckedCommand: Sendable {
    /// LIMIT: Unicode scalars of one line about an action.
    static let maximumLineScalars = 400

    package let commandLine: [UInt8]
    package let decision: Decision
    let unknownArguments: [UnknownArgument]

    /// Asks for a decision.
    ///
    /// Where there is an inventory and no grant is found in it, no rule is asked.
    package init(
        _ commandLine: [UInt8],
        in situation: CommandSituation,
        by book: RuleBook,
        grants: Grants = .notAsked
    ) {
        self.commandLine = commandLine
        switch grants {
        case .some([]):
            decision = .denied(.noGrant)
            unknownArguments = []
        case .some, .notAsked:
            let judgement = book.judge(commandLine, in: situation)
            decision = Decision(
                on: judgement,
                grants: grants.rules,
                claims: situation.context.claims
            )
            unknownArguments = judgement.unknownArguments
        }
    }

    /// What the inventory says of who may ask.
    package enum Grants: Hashable, Sendable {
        /// There is no inventory: the policies alone are asked.
        case notAsked
        case some([RuleID])

        fileprivate var rules: [RuleID] {
            switch self {
            case .notAsked: []
            case .some(let rules): rules
            }
        }
    }

    // MARK: Text

    /// Several lines, each with its end: the decision first.
    package var text: String {
        var text =
            decision.refusal?.text(of: commandLine, prefix: "")
            ?? "permitted by \(decision.determiningRules.quotedList)\n"
        if let observed = decision.observation?.refusal {
            text += observed.text(of: commandLine, prefix: "only observed: ")
        }
        let obligations = decision.obligations.map(\.words)
        if !obligations.isEmpty { text += "with \(obligations.joined(separator: ", "))\n" }
        text += list("actions:", decision.actions.map(\.checked))
        if decision.denial != .noGrant { text += "standard input: \(decision.inputUse.words)\n" }
        return text + list("unknown arguments:", unknownArguments.map(\.words))
    }

    private func list(_ head: String, _ lines: [String]) -> String {
        guard !lines.isEmpty else { return "" }
        return head + "\n"
            + lines.map { "  \($0.escapingControls(limit: Self.maximumLineScalars))\n" }.joined()
    }
}

extension [RuleID] {
    /// The rules in backticks, as decisions name them.
    fileprivate var quotedList: String {
        isEmpty
            ? "policies that only observe"
            : map { "`\($0.text.escapingControls())`" }.joined(separator: ", ")
    }
}

extension ForeseenAction {
    /// What is done, by which program, as whom and where.
    fileprivate var checked: String {
        let program = context.program.map { " by `\($0.escapingControls)`" } ?? ""
        let wrappers = context.wrappers.map { "`\($0.escapingControls)`" }
        let under = wrappers.isEmpty ? "" : " under " + wrappers.joined(separator: ", ")
        return shown + program + under + context.shown
    }
}

extension UnknownArgument {
    fileprivate var words: String { "`\(argument.shown)` of `\(program.escapingControls)`" }
}

extension ClientInputUse {
    fileprivate var words: String {
        switch self {
        case .ignored: "nothing reads it"
        case .data: "it is read as data"
        case .code: "it may be run as code"
        }
    }
}

extension Obligation {
    /// What must be done, as a list of obligations says it.
    var words: String {
        switch self {
        case .approval(let quorum, let roles):
            "an approval by " + (quorum == 1 ? "one other person" : "\(quorum) other people")
                + (roles.isEmpty ? "" : " of " + roles.map(\.name).joined(separator: " or "))
        case .masking: "secrets masked"
        case .timeLimit(let limit): "an end after \(limit.words)"
        case .claim(let name): "the claim `\(name)`"
        }
    }
}

extension Duration {
    /// As a policy file writes it: `90s`, `10m`, `2h`, `7d`.
    fileprivate var words: String {
        let seconds = components.seconds
        let units: [(seconds: Int64, letter: String)] = [(86_400, "d"), (3600, "h"), (60, "m")]
        for unit in units where seconds >= unit.seconds && seconds % unit.seconds == 0 {
            return "\(seconds / unit.seconds)\(unit.letter)"
        }
        return "\(seconds)s"
    }
}
