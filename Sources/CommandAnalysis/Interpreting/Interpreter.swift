internal import ShellSyntax

/// Walks a command line as the shell would run it, without running anything.
///
/// Words become what is known of their values, programs become what the knowledge says of them,
/// and text that a shell reads once more is walked in the same way. Whatever may run counts as run.
public struct Interpreter {
    let knowledge: KnowledgeBase
    let request: AnalysisRequest
    /// As it was asked about.
    let commandLine: [UInt8]
    var actions: [ForeseenAction] = []
    private(set) var invocations: [Invocation] = []
    private var unknownArguments: [UnknownArgument] = []
    private var known: Set<ForeseenAction> = []
    private var trees: [CommandList] = []
    private var forms: [PathForm] = []
    var inputUse = ClientInputUse.ignored
    var effort = AnalysisEffort()
    /// How many actions were emitted, those included that were there already.
    private(set) var emissions = 0
    /// How often known text was read from standard input.
    var textReads = 0
    /// Whether a command took lines of the text that its shell was still reading.
    private var readsOwnScript = false
    /// The shell for which traps were run last.
    var stateOfTraps: ShellState?
    var functions = 0
    var substitutions = 0
    /// Pipelines on the target that were begun, wherever in the line.
    var pipelines = 0
    var redirections = 0
    /// Each `>(…)` to which the simple command that runs may still write.
    var receivers: [Receiver] = []
    var descriptors = DescriptorTable()
    /// How surely the last command prints what it prints.
    var outputSurety = OutputSurety.certain
    var sources = WrittenSources()
    let concurrentFiles = ConcurrentFiles()

    private init(
        _ commandLine: [UInt8],
        _ knowledge: KnowledgeBase,
        _ request: AnalysisRequest
    ) {
        self.commandLine = commandLine
        self.knowledge = knowledge
        self.request = request
        actions.reserveCapacity(Self.usualActions)
        invocations.reserveCapacity(Self.usualActions)
    }

    /// As many actions and programs as most lines have: with more of them it only takes longer.
    private static let usualActions = 4

    /// Says what a command line would do.
    ///
    /// - Parameters:
    ///   - commandLine: The bytes that the shell gets.
    ///   - request: What is known of the shell and the client.
    ///   - knowledge: What is known of programs.
    ///   - state: What the shell remembers from earlier lines; nil for a shell that starts.
    /// - Returns: Its actions, or why they cannot be told.
    public static func analyze(
        _ commandLine: some Collection<UInt8>,
        for request: AnalysisRequest,
        with knowledge: KnowledgeBase,
        in state: ShellState? = nil
    ) -> Analysis {
        var interpreter = Interpreter(Array(commandLine), knowledge, request)
        var state = state ?? ShellState(of: request)
        interpreter.functions = state.lastFunctionNumber
        interpreter.sources.paths = state.written
        var failure: Analysis.Failure?
        do throws(AnalysisProblem) {
            let frame = Frame(
                dialect: request.dialect,
                input: request.standardInput,
                origin: .offset(0),
                shell: request.profile == .guarded ? .same : .other
            )
            try interpreter.setEnvironment(&state, frame)
            failure = try interpreter.runText(interpreter.commandLine, &state, frame).failure
            try interpreter.effort.check()
        } catch {
            failure = .problem(error)
        }
        state.written = interpreter.sources.paths
        state.endLine(of: request)
        return Analysis(
            actions: interpreter.actions,
            invocations: interpreter.invocations,
            unknownArguments: interpreter.unknownArguments,
            inputUse: interpreter.inputUse,
            failure: failure,
            state: state,
            trees: interpreter.trees,
            forms: interpreter.forms
        )
    }

    // MARK: Text

    struct TextResult {
        var output: AbstractText
        var failure: Analysis.Failure?
    }

    /// Reads a text as the shell does, one complete command after another, and runs it.
    mutating func runText(
        _ text: [UInt8],
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> TextResult {
        guardText(text, frame)
        var limits = ParserLimits()
        limits.aliasBytes = AnalysisLimits.aliasBytes
        var parser = Parser(text, dialect: frame.dialect, limits: limits)
        var printed = Printed()
        while true {
            let hasLeft = state.hasPerhapsLeft
            switch parser.next(options: state.options, aliases: state.aliases) {
            case .command(let list):
                if trees.count < Self.maximumTrees { trees.append(list) }
                if !state.areSettingsCertain {
                    emit(.commandDynamic, frame, at: frame.origin.range(of: list.range))
                }
                let output = try run(list, &state, frame)
                append(output, to: &printed, &state, frame, hasLeft: hasLeft)
                if readsOwnScript {
                    readsOwnScript = false
                    // The shell goes on wherever that command stopped.
                    emit(.commandDynamic, frame, at: frame.origin.range(of: list.range))
                }
            case .error(let error):
                return TextResult(
                    output: finish(printed),
                    failure: .syntax(error.moved(frame.origin))
                )
            case .incomplete(let incomplete):
                return TextResult(output: finish(printed), failure: .incomplete(incomplete))
            case .end: return TextResult(output: finish(printed), failure: nil)
            }
        }
    }

    // LIMIT: commands that are kept until after the answer; long scripts are taken apart on the way.
    static let maximumTrees = 16

    // MARK: Bookkeeping

    // LIMIT: paths that are read once for all patterns; those behind them are read once more.
    static let maximumForms = 16

    /// What a path may be: most are written and read on the same line.
    mutating func form(of path: AbstractPath, isRecursive: Bool) -> PathForm {
        for form in forms where form.isRecursive == isRecursive && form.path == path { return form }
        let form = PathForm(path, recursive: isRecursive)
        if forms.count < Self.maximumForms { forms.append(form) }
        return form
    }

    /// Remembers an action; one that is known already is not remembered twice.
    mutating func emit(_ action: ForeseenAction) {
        emissions += 1
        guard actions.count < AnalysisLimits.actions else {
            effort.refuse(.tooManyActions)
            return
        }
        // Few lines have many actions, and hashing one takes longer than comparing it with a few.
        if actions.count < 8 {
            if !actions.contains(action) { actions.append(action) }
        } else {
            if known.isEmpty { known = Set(actions) }
            if known.insert(action).inserted { actions.append(action) }
        }
    }

    /// Keeps only some of those actions that were found after so many others.
    mutating func keepActions(from count: Int, where isKept: (ForeseenAction) -> Bool) {
        let found = actions[count...]
        actions.removeSubrange(count...)
        for action in found {
            if isKept(action) { actions.append(action) } else { known.remove(action) }
        }
        if actions.count < 8 { known = [] }
    }

    /// Tells something else of an action than what was told before.
    mutating func replaceAction(at index: Int, with action: ForeseenAction) {
        actions[index] = action
        known = []
    }

    // LIMIT: unknown arguments that are told; the first of them explain enough.
    static let maximumUnknownArguments = 16

    mutating func noteUnknown(
        _ argument: AbstractText,
        of program: ShellText,
        at range: SourceRange
    ) {
        let unknown = UnknownArgument(program: program, argument: argument, range: range)
        guard unknownArguments.count < Self.maximumUnknownArguments,
            !unknownArguments.contains(unknown)
        else { return }
        unknownArguments.append(unknown)
    }

    /// Remembers a program that runs.
    mutating func note(_ call: Call, _ name: ShellText, _ frame: Frame) {
        // Each program has at least one action, so that these have the same limit.
        guard invocations.count < AnalysisLimits.actions else {
            effort.refuse(.tooManyActions)
            return
        }
        invocations.append(
            Invocation(
                range: call.range,
                arguments: call.arguments,
                context: frame.context(name)
            )
        )
    }

    mutating func emit(
        _ action: Action,
        _ frame: Frame,
        program: ShellText? = nil,
        _ attributes: [ForeseenAction.Attribute] = [],
        certainty: Certainty? = nil,
        at range: SourceRange
    ) {
        let foreseen = ForeseenAction(
            action,
            certainty ?? frame.certainty,
            attributes: attributes,
            context: frame.context(program),
            range: range
        )
        emit(sources.told(foreseen, frame.company))
        if action == .networkConnect { noteService(behind: foreseen, frame) }
        for unseen in sources.unseenBuilds(by: foreseen, frame.company, knowledge) { emit(unseen) }
        for earlier in sources.endangered(by: foreseen) { emit(earlier) }
    }

    /// Notes that the client's input is read, if that is what this is.
    mutating func use(_ input: Stream, as use: ClientInputUse) {
        switch input {
        case .client: inputUse = max(inputUse, use)
        case .unknown(let unknown) where unknown.origin == .input: inputUse = max(inputUse, use)
        case .script: readsOwnScript = true
        case .text: textReads += 1
        case .nothing, .unknown: return
        }
    }
}

extension ClientInput {
    var stream: Stream {
        switch self {
        case .nothing: .nothing
        case .unknown: .client
        case .text(let text): .text(AbstractText(text))
        }
    }
}

extension Stream {
    /// What is read, as text.
    var text: AbstractText {
        switch self {
        case .client: AbstractText(UnknownText(.text, from: .input))
        case .nothing: .empty
        case .text(let text): text
        case .unknown(let unknown): AbstractText(unknown)
        case .script: AbstractText(UnknownText(.text, from: .file))
        }
    }
}

extension AbstractText {
    /// How much is known of it, in bytes, with something for what is not.
    var weight: Int {
        pieces.reduce(0) { weight, piece in
            if case .text(let text) = piece { weight + text.utf8.count } else { weight + 8 }
        }
    }

    /// The text, or that it is not known where it became too long to be followed.
    var followed: AbstractText { weight <= AnalysisLimits.textBytes ? self : .notComputed }
}

extension SyntaxError {
    fileprivate func moved(_ origin: TextOrigin) -> SyntaxError {
        SyntaxError(kind: kind, range: origin.range(of: range))
    }
}
