package import CommandAnalysis
internal import ShellSyntax

/// What a book says of one command line.
package struct CommandJudgement: Sendable {
    package let verdict: RuleVerdict
    /// Everything that it would do; empty where it cannot be read.
    package let actions: [ForeseenAction]
    package let unknownArguments: [UnknownArgument]
    /// What becomes of what the client sends.
    package let inputUse: ClientInputUse
    /// The rules that a file transfer could break; nil where it is none, or none is in its way.
    package let uncheckedTransfer: [RuleID]?
    /// See ``Analysis``: it goes when this does.
    private let analyses: [Analysis]

    init(
        verdict: RuleVerdict,
        actions: [ForeseenAction],
        unknownArguments: [UnknownArgument] = [],
        inputUse: ClientInputUse = .code,
        uncheckedTransfer: [RuleID]? = nil,
        analyses: [Analysis] = []
    ) {
        self.verdict = verdict
        self.actions = actions
        self.unknownArguments = unknownArguments
        self.inputUse = inputUse
        self.uncheckedTransfer = uncheckedTransfer
        self.analyses = analyses
    }
}

extension RuleBook {
    /// Judges a command line: what it would do, and what the rules say of that.
    ///
    /// Where it is not known which language the shell of the target reads, it is judged for all that
    /// it would do in any of them.
    package func judge(_ commandLine: [UInt8], in situation: CommandSituation) -> CommandJudgement {
        guard commandLine.count <= CommandLimits.commandLineBytes else {
            return CommandJudgement(
                verdict: RuleDecider(policy: policy)
                    .judge(undecidable: .tooLong, in: situation.context),
                actions: []
            )
        }
        let analyses = situation.shell.dialects.map { dialect in
            Interpreter.analyze(
                commandLine,
                for: AnalysisRequest(dialect: dialect, situation),
                with: knowledge
            )
        }
        let decider = RuleDecider(policy: policy)
        let failure = analyses.lazy.compactMap(\.failure).first
        var actions = analyses.distinct(\.actions)
        let ofRequest = situation.actions(of: commandLine)
        if !ofRequest.isEmpty { actions = ofRequest + actions }
        let verdict =
            if let failure {
                decider.judge(undecidable: failure.reason, in: situation.context)
            } else {
                decider.judge(
                    actions,
                    in: situation.context,
                    forms: analyses.distinct(\.forms)
                )
            }
        return CommandJudgement(
            verdict: verdict,
            actions: actions,
            unknownArguments: analyses.distinct(\.unknownArguments),
            inputUse: failure == nil ? analyses.map(\.inputUse).max() ?? .code : .code,
            analyses: analyses
        )
    }
}

extension Array where Element: Hashable {
    /// Each element once, where it came first.
    fileprivate var distinct: [Element] {
        // Comparing a few takes less time than hashing them.
        if count <= 16 {
            if !indices.contains(where: isRepeated) { return self }
            return indices.filter { !isRepeated($0) }.map { self[$0] }
        }
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }

    /// Whether an earlier one is the same.
    private func isRepeated(_ index: Int) -> Bool {
        for earlier in 0..<index where self[earlier] == self[index] { return true }
        return false
    }
}

extension [Analysis] {
    /// What all of them found, each once, where each of them has it once.
    fileprivate func distinct<Found: Hashable>(_ found: (Analysis) -> [Found]) -> [Found] {
        count == 1 ? found(self[0]) : flatMap(found).distinct
    }
}

extension AnalysisRequest {
    fileprivate init(dialect: Dialect, _ situation: CommandSituation) {
        self.init(
            dialect: dialect,
            bashVersion: situation.bashVersion,
            login: ShellText(situation.context.login.name),
            input: situation.input,
            hasTerminal: situation.hasTerminal,
            environment: situation.environment.map {
                EnvironmentVariable(name: ShellText($0.name), value: ShellText($0.value))
            },
            profile: situation.isGuardedShell ? .guarded : .exec
        )
    }
}

extension Analysis.Failure {
    fileprivate var reason: UndecidableReason {
        switch self {
        case .syntax(let error): .unreadable(description, at: error.range)
        case .incomplete(let incomplete):
            .unreadable(description, at: incomplete.open.last?.range)
        case .problem: .unreadable(description, at: nil)
        }
    }
}

extension CommandSituation {
    /// What a request does whatever its command line says.
    fileprivate func actions(of commandLine: [UInt8]) -> [ForeseenAction] {
        let range = SourceRange(0, commandLine.count)
        var actions: [ForeseenAction] = []
        if hasTerminal { actions.append(.ofRequest(.terminalInteractive, range)) }
        switch shell {
        // Nobody knows what reads it.
        case .none: actions.append(.ofRequest(.commandDynamic, range))
        case .program: break
        }
        return actions
    }
}

extension ForeseenAction {
    /// What a request itself is, before any program is looked at.
    static func ofRequest(
        _ action: Action,
        _ range: SourceRange = SourceRange(0, 0)
    ) -> ForeseenAction {
        ForeseenAction(
            action,
            .certain,
            context: ActionContext(program: nil, identity: .login, place: .target, wrappers: []),
            range: range
        )
    }
}

extension TargetShell {
    /// The languages that it may read.
    ///
    /// `sh` is dash on one host, bash on another; the shells of the Korn family have most of bash's
    /// expansions.
    var dialects: [Dialect] {
        switch self {
        case .program(let path) where path.hasSuffix("/bash"): [.bash]
        case .program(let path) where path.hasSuffix("/dash"): [.posix]
        case .program, .none: [.posix, .bash]
        }
    }
}
