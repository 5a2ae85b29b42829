import ShellSyntax

// Shells that start for a text: which ones they may be, and what they know of this one.

extension Interpreter {
    /// Runs text that a shell reads which starts for it.
    ///
    /// `sh` is dash here and bash there, and which shell an account has nobody can see: the text is
    /// read as each of them reads it.
    mutating func runShell(
        _ text: AbstractText,
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let isHere = !work.usage.runs.isElsewhere
        var dialects = work.program.dialects
        if !isHere, text.isPlainCommand, work.values(of: .assignment).isEmpty {
            // All of them read it as the same.
            dialects = Array(dialects.prefix(1))
        }
        return try runShells(
            text,
            dialects,
            isHere: isHere,
            &state,
            frame,
            at: work.range
        ) { interpreter, inner in
            inner.setVariables(of: work)
            guard work.program.language == .shell else { return }
            interpreter.setOptions(of: work, &inner)
            inner.setParameters(of: work)
        }
    }

    /// Runs a file that the line wrote, and that is started by its path.
    mutating func runFile(
        _ text: AbstractText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let inner = try frame.nested()
        if let interpreter = text.interpreter {
            return try runVector(interpreter + call.arguments, &state, inner, at: call.range)
        }
        if text.knownPrefix.utf8.starts(with: "#!".utf8) {
            emit(.commandDynamic, frame, at: call.range)
        }
        return try runShells(
            text,
            [.posix, .bash],
            isHere: true,
            &state,
            inner,
            at: call.range
        ) { _, inner in
            inner.shellName = call.arguments[0].text
            inner.positional = .known(Array(call.arguments.dropFirst()))
        }
    }

    /// Runs text for the shell that another program starts here.
    mutating func runShells(
        _ text: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        _ = try runShells(text, [.posix, .bash], isHere: true, &state, frame, at: range) { _, _ in }
    }

    /// What runs what it is given in any case.
    private static let surelyRunning: NameSet = [
        ".", "bash", "builtin", "command", "dash", "eval", "sh", "source", "time", "trap",
    ]

    /// What starts programs with an environment of its own, or can be told to.
    private static let clearing: NameSet = [
        "doas", "env", "exec", "pkexec", "runuser", "setpriv", "su", "sudo", "systemd-run",
    ]

    private mutating func runShells(
        _ text: AbstractText,
        _ dialects: [Dialect],
        isHere: Bool,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange,
        _ prepare: (inout Interpreter, inout ShellState) -> Void
    ) throws(AnalysisProblem) -> AbstractText {
        var outputs: [AbstractText] = []
        var surety = OutputSurety.certain
        var files: FileTable?
        for dialect in dialects {
            var inner =
                isHere
                ? state.started(
                    dialect,
                    isCleared: frame.wrappers.contains(where: Self.clearing.contains)
                ) : ShellState(dialect)
            prepare(&self, &inner)
            var frame = frame
            frame.dialect = dialect
            frame.mayBeBash = dialect == .posix && dialects.count > 1
            let output = try runNested(text, &inner, frame, at: range).output
            end(output, inner.progress)
            surety = min(surety, outputSurety)
            outputs.append(output)
            let isSure = frame.wrappers.allSatisfy(Self.surelyRunning.contains)
            if inner.hasPerhapsLeft || !isSure { inner.files.join(state.files) }
            if let before = files { inner.files.join(before) }
            files = inner.files
        }
        if isHere, let files { state.files = files }
        outputSurety = surety
        return outputs.allSatisfy { $0 == outputs[0] } ? outputs[0] : AbstractText.notComputed
    }

    /// Options of the shell that change how it reads its text.
    private mutating func setOptions(of work: borrowing Performance, _ state: inout ShellState) {
        if work.arguments.contains(where: \.mayEndShell) { state.progress.mayEnd = true }
        for value in work.parsed.values {
            if value.tags.contains(Tag("option")) { setOption(value.value.literal, true, &state) }
            if value.tags.contains(Tag("setting")) {
                shopt([.one("-s"), .one(value.value)], &state)
            }
        }
        if work.program == "rbash" || work.parsed.has(Tag("restricted")) { state.restrict() }
        if work.parsed.has(Tag("posix")) { setOption("posix", true, &state) }
        if work.parsed.has(Tag("keyword")) { setOption("keyword", true, &state) }
        if work.parsed.has(Tag("export")) { setOption("allexport", true, &state) }
        if work.parsed.has(Tag("interactive")) { state.options.expandsAliases = true }
    }
}

extension AbstractText {
    /// Whether it is a program and words for it, without anything that means something to a shell.
    fileprivate var isPlainCommand: Bool {
        guard let literal, let end = literal.utf8.firstIndex(of: UInt8(ascii: " ")) else {
            return false
        }
        let isPlain = literal.utf8.allSatisfy {
            $0.isLetterOrDigit || " -_./:@+,".utf8.contains($0)
        }
        let name = ShellText(literal.utf8[..<end])
        // `chdir` is one of dash's own.
        return isPlain && !ShellVocabulary.builtins.contains(name)
            && !ShellVocabulary.reservedWords.contains(name) && name != "chdir"
    }
}

extension ShellState {
    /// A shell that this one starts: it knows only what is exported.
    ///
    /// What stands between perhaps takes its variables away.
    fileprivate func started(_ dialect: Dialect, isCleared: Bool) -> ShellState {
        var other = ShellState(dialect)
        other.files = files
        other.directories = directories
        other.variables = variables.filter(\.value.isExported).filter(\.value.isScalar)
        for (name, variable) in other.variables where isCleared || variable.isPerhapsExported {
            other.variables[name]?.value = .unknown(UnknownText(.text, from: .variable(name)))
        }
        other.areVariablesKnown = areVariablesKnown
        other.areProgramsKnown = areProgramsKnown
        other.exportedFunctions = exportedFunctions
        for name in exportedFunctions {
            // Another shell, or another account, does not get it.
            other.functions[name] = (functions[name] ?? []).filter { $0 != nil } + [nil]
        }
        if other.variables["POSIXLY_CORRECT"] != nil { other.areSettingsCertain = false }
        return other
    }

    /// What `git filter-branch` says to its filters: the index is in a directory that it makes
    /// (git-filter-branch manual).
    fileprivate mutating func setVariables(of work: borrowing Performance) {
        guard work.program == "git", work.parsed.verbs == ["filter-branch"],
            !work.parsed.has(Tag("elsewhere"))
        else { return }
        var index = Variable("./.git-rewrite/index")
        index.isExported = true
        variables["GIT_INDEX_FILE"] = index
    }

    /// `sh -c TEXT NAME ARGUMENT…`, `sh -s ARGUMENT…`, `sh FILE ARGUMENT…`.
    fileprivate mutating func setParameters(of work: borrowing Performance) {
        let operands = work.parsed.operands
        if work.parsed.has(Tag("command")) {
            shellName = work.parameters.first.map(\.text)
            positional = .known(Array(work.parameters.dropFirst()))
        } else if work.parsed.has(Tag("stdin")) {
            positional = .known(operands)
        } else {
            shellName = operands.first.map(\.text)
            positional = .known(Array(operands.dropFirst()))
        }
    }
}

extension AbstractText {
    /// The words of the first line behind `#!`: a program, and one argument at most.
    fileprivate var interpreter: [Argument]? {
        guard let literal, literal.utf8.starts(with: "#!".utf8) else { return nil }
        let line = literal.utf8.dropFirst(2).prefix { $0 != 0x0A }
            .drop { $0 == 0x20 || $0 == 0x09 }
        let program = line.prefix { $0 != 0x20 && $0 != 0x09 }
        var rest = line.dropFirst(program.count).drop { $0 == 0x20 || $0 == 0x09 }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        guard !program.isEmpty else { return nil }
        return [ShellText(Array(program))].map { .one(AbstractText($0)) }
            + (rest.isEmpty ? [] : [.one(AbstractText(ShellText(Array(rest))))])
    }
}

extension ShellText {
    /// What the shell of a program may be that has one run text; the one that counts stands last.
    fileprivate var dialects: [Dialect] {
        switch self {
        case "bash", "rbash": [.bash]
        case "dash", "ash": [.posix]
        default: [.posix, .bash]
        }
    }
}

extension Argument {
    /// Whether it is an option of a shell with which any command may end it: `-e`, `-u`, `-n`, `-t`.
    fileprivate var mayEndShell: Bool {
        guard let bytes = literal?.utf8, bytes.first == UInt8(ascii: "-"), bytes.count > 1,
            bytes.dropFirst().first != UInt8(ascii: "-")
        else { return false }
        return bytes.contains { "eunt".utf8.contains($0) }
    }
}
