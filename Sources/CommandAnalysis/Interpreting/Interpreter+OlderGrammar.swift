internal import ShellSyntax

// Commands that an older bash reads as other commands.

extension Interpreter {
    /// Runs what stands before a pipeline where it is a name of a program to an older bash.
    ///
    /// Before bash 4.2, `! time a` runs a program `time`, and `time -- a` a command `--`. What is no
    /// simple command is refused there.
    mutating func runPrefixes(
        of pipeline: Pipeline,
        _ state: ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        guard let first = pipeline.commands.first, first.followsNames else { return }
        if pipeline.hasTime, hasCommand("--", state),
            reading(of: .timeOptionsEnd, state, frame).mayBeOlder
        {
            emit(.commandDynamic, frame, at: frame.origin.range(of: pipeline.range))
        }
        guard pipeline.hasNegatedTime, reading(of: .negatedTime, state, frame).mayBeOlder else {
            return
        }
        guard case .simple(let command) = first, command.assignments.isEmpty else {
            emit(.commandDynamic, frame, at: frame.origin.range(of: pipeline.range))
            return
        }
        var other = state
        let redirected = try redirect(
            command.redirections,
            reaching: .elsewhere,
            &other,
            frame
        )
        for arguments in try foldArguments(command.words, &other, frame) {
            let call = Call(
                arguments: [.one("time")] + arguments,
                range: frame.origin.range(of: command.range)
            )
            _ = try run(call, &other, redirected.frame)
        }
    }

    /// Whether a name that no program has may be one that runs here.
    private func hasCommand(_ name: ShellText, _ state: ShellState) -> Bool {
        state.functions[name] != nil || !state.areProgramsKnown
    }

    /// `time -p a` in POSIX mode: a program, before bash 4.2 a reserved word.
    mutating func noteTime(_ command: SimpleCommand, _ state: ShellState, _ frame: Frame) {
        guard state.options.isPOSIX, command.words.first?.literal == "time",
            command.words.dropFirst().first?.literal?.utf8.first == UInt8(ascii: "-"),
            reading(of: .posixTimeOptions, state, frame).mayBeOlder
        else { return }
        emit(.commandDynamic, frame, at: frame.origin.range(of: command.range))
    }

    /// Starts a coprocess; before bash 4.0 that is a command named `coproc`, which nobody has, or an
    /// error.
    mutating func start(
        _ coprocess: Coprocess,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        let range = frame.origin.range(of: coprocess.range)
        if coprocess.command.followsNames, hasCommand("coproc", state),
            reading(of: .coprocess, state, frame).mayBeOlder
        {
            emit(.commandDynamic, frame, at: range)
        }
        var names: [AbstractText] = ["COPROC"]
        if let name = coprocess.name { names = try foldTexts(name, &state, frame) }
        var other = state.forked
        other.files.startJob()
        other.input = nil
        var inner = frame.inBackground(beside: concurrentFiles)
        inner.input = .unknown(.notComputed)
        inner.collects = false
        _ = try run(coprocess.command, &other, inner)
        state.files.take(filesOfJob: other.files)
        for name in names {
            guard let variable = name.literal, variable.isName else {
                try unknownName(name, &state, frame, at: range)
                continue
            }
            // Before bash 5.0 a name that is expanded names nothing.
            let isCertain =
                coprocess.name?.literal != nil || coprocess.name == nil
                || reading(of: .coprocessNameExpansion, state, frame) == .newer
            let unknown = UnknownText(isCertain ? .digits : .text, from: .variable(variable))
            try assign(variable, .unknown(unknown), &state, frame, at: range)
        }
    }
}

extension Pipeline {
    fileprivate var hasTime: Bool { prefixes.contains { $0 != .negation } }

    /// Whether `time` stands behind a `!`.
    fileprivate var hasNegatedTime: Bool {
        zip(prefixes, prefixes.dropFirst()).contains { $0 == .negation && $1 != .negation }
    }
}

extension Command {
    /// Whether it is read as the arguments of the word before it, where that is no reserved word.
    fileprivate var followsNames: Bool {
        switch self {
        case .simple: return true
        case .compound(let command):
            if case .conditional = command.body { return true }
            return false
        case .function, .coprocess: return false
        }
    }
}
