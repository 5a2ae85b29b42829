import ShellSyntax

// `parallel`: a command of which each run gets another argument, or another part of its input.

extension Interpreter {
    /// Runs each of the commands that are made; nil where an option or a mark makes them otherwise.
    mutating func parallel(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        let parsed = ArgumentReading.read(arguments, knowledge)
        if arguments.contains(where: { $0.text.mayHave("{=") && $0.literal != nil }) {
            emit(
                .codeRun,
                frame,
                program: program,
                [.init(.language, .texts(["perl"]))],
                at: call.range
            )
        }
        // `sem` runs its command once, without any argument more.
        guard program == "parallel", let usage = parsed.usage, !parsed.has(.help) else {
            return nil
        }
        guard let run = ParallelRun(parsed) else {
            if parsed.hasOtherOperands {
                try runMarked(Performance(parsed, usage, program, call), &state, frame)
            }
            return nil
        }
        touchFiles(of: parsed, program, call, &state, frame)
        let work = Performance(parsed, usage, program, call)
        var inner = try context(work, frame)
        inner.collects = false
        if run.isPipe {
            guard let command = run.template.command(with: []) else { return nil }
            let file = run.lists.last.map { content(of: $0, state, frame) }
            inner.input = run.dividesInput ? .unknown(.notComputed) : file ?? frame.input
            if file == nil, run.dividesInput { use(frame.input, as: .code) }
            _ = try runShell(AbstractText(command.text), work, &state, inner)
            return .notComputed
        }
        inner.input = .nothing
        let jobs = try self.jobs(run, state, frame)
        if jobs.isEmpty { emit(.systemRead, frame, program: program, at: call.range) }
        for job in jobs {
            let command = run.template.command(with: job)
            if command?.isCertain != true {
                emit(.commandDynamic, inner, program: program, at: call.range)
            }
            guard let command else { continue }
            var other = state
            _ = try runShell(AbstractText(command.text), work, &other, inner)
            state.files = other.files
        }
        let readsNames = run.sources.isEmpty && run.lists.isEmpty
        if readsNames, frame.input.text.mayDivideNames, !parsed.has(Tag("null")) {
            if parsed.operands.count > 1 {
                let words = parsed.operands.map { $0.replacing("{}", with: .addedOperand) }
                try runChanges(words + [.one(.addedOperand)], &state, inner, at: call.range)
            }
            try runText(of: run, work, &state, inner)
        }
        return .notComputed
    }

    /// Runs the command with any text in the place of its arguments and of its marks, where nobody
    /// tells what they are.
    private mutating func runMarked(
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        var inner = try context(work, frame)
        inner.collects = false
        inner.input = .unknown(.notComputed)
        let command = work.parsed.markedCommand
        guard let command else {
            emit(.commandDynamic, inner, program: work.program, at: work.range)
            return
        }
        var other = state
        _ = try runShell(AbstractText(command), work, &other, inner)
        state.files = other.files
    }

    /// Notes which files the text for a shell changes where names that are read are other ones.
    ///
    /// What gets a name of its own, as in `sort {} > {}.sorted`, is passed over.
    private mutating func runText(
        of run: ParallelRun,
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        guard let command = run.template.command(with: [.addedOperand]) else { return }
        let count = actions.count
        var other = state
        _ = try runShell(AbstractText(command.text), work, &other, frame)
        keepChanges(from: count, exceptEndings: true)
        state.files = other.files
    }

    /// The arguments of each command.
    private mutating func jobs(
        _ run: ParallelRun,
        _ state: ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> [[AbstractText]] {
        var sources = run.sources
        for list in run.lists {
            sources.append(run.items(of: content(of: list, state, frame)))
        }
        if sources.isEmpty {
            use(frame.input, as: .code)
            sources.append(run.items(of: frame.input))
        }
        if run.dividesItems {
            // How many there are follows from the options; `{4}` may be one of them.
            return sources.contains(where: \.isEmpty) ? [] : [[]]
        }
        var jobs: [[AbstractText]] = [[]]
        for source in sources {
            if jobs.count * source.count > AnalysisLimits.iterations
                || run.isLinked && sources.count > 1
            {
                let shape = AbstractText.commonShape(of: source)
                let any = AbstractText(UnknownText(shape, from: .addedOperands))
                jobs = jobs.map { $0 + [any] }
            } else {
                jobs = jobs.flatMap { job in source.map { job + [$0] } }
            }
        }
        return jobs
    }

    /// Files that its options name.
    private mutating func touchFiles(
        of parsed: ParsedArguments,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        for value in parsed.values {
            switch value.type {
            case .read where value.value.literal != "-":
                access(.read, value.value, &state, frame, program: program, at: call.range)
            case .write:
                // `+` says that it goes on with a file.
                let isLonger = value.value.knownPrefix.utf8.first == UInt8(ascii: "+")
                let file = isLonger ? value.value.dropping(1) : value.value
                access(.write, file, &state, frame, program: program, at: call.range)
            case .writeInto:
                access(.writeInto, value.value, &state, frame, program: program, at: call.range)
            default: continue
            }
        }
    }
}

/// What `parallel` is told, where nothing but its arguments changes the command.
private struct ParallelRun {
    let template: ParallelTemplate
    /// What stands behind each `:::`.
    private(set) var sources: [[AbstractText]] = []
    /// Files of which each line is an argument.
    private(set) var lists: [AbstractText] = []
    let isPipe: Bool
    /// Whether the input is divided, or lacks something.
    let dividesInput: Bool
    /// Whether an argument is a part of a line, or several of them.
    let dividesItems: Bool
    /// Whether zero bytes stand between arguments.
    private let isNull: Bool
    /// Whether something else than line feeds does.
    private let hasDelimiter: Bool
    /// Whether the sources are read side by side.
    private(set) var isLinked: Bool

    init?(_ parsed: ParsedArguments) {
        guard !parsed.isUncertain, parsed.possibleOption == nil, parsed.unclearValue == nil,
            !parsed.has(Tag("otherwise")), !parsed.has(Tag("placeholder")),
            !parsed.has(Tag("parens")), !parsed.has(Tag("remote")), !parsed.isDividedElsewhere,
            parsed.values.allSatisfy(\.isPlain)
        else { return nil }
        isPipe = parsed.has(Tag("pipe"))
        dividesInput = parsed.has(Tag("records")) || parsed.has(Tag("items"))
        dividesItems = parsed.has(Tag("items"))
        isNull = parsed.has(Tag("null"))
        hasDelimiter = parsed.has(Tag("delimiter"))
        isLinked = parsed.has(Tag("link"))
        var words: [ShellText] = []
        var rest = parsed.operands[...]
        while let operand = rest.first, !operand.isMark {
            guard let word = operand.literal else { return nil }
            words.append(word)
            rest.removeFirst()
        }
        while let mark = rest.popFirst()?.literal {
            let values = Array(rest.prefix { !$0.isMark })
            rest = rest.dropFirst(values.count)
            if mark.utf8.last == UInt8(ascii: "+") { isLinked = true }
            let isList = mark.utf8.starts(with: "::::".utf8)
            guard let texts = values.texts else { return nil }
            if isList {
                lists += texts
            } else {
                sources.append(hasDelimiter ? [.addedOperand] : isNull ? texts : texts.lines)
            }
        }
        lists += parsed.values(tagged: "list")
        template = ParallelTemplate(words, appends: !isPipe)
        if parsed.has(Tag("plus")), words.contains(where: ParallelTemplate.hasOtherMarks) {
            return nil
        }
        // Without a command, what is read are commands.
        if words.isEmpty, sources.isEmpty && lists.isEmpty || isPipe { return nil }
        if lists.contains(where: { $0.literal == "-" }) { return nil }
        if isPipe, !sources.isEmpty || lists.count > 1 || !template.hasOnlyNumbers { return nil }
        // As many words as there are arguments.
        if dividesItems, template.takesAll { return nil }
        if !sources.isEmpty, !lists.isEmpty, template.takesOne { return nil }
    }

    func items(of input: Stream) -> [AbstractText] {
        if hasDelimiter { return [.addedOperand] }
        return isNull ? input.items : input.lines
    }
}

extension [AbstractText] {
    /// As many as there are lines in them.
    fileprivate var lines: [AbstractText] {
        flatMap { text -> [AbstractText] in
            guard text.pieces.contains(where: \.hasLineFeed) else { return [text] }
            guard let literal = text.literal else { return [.addedOperand] }
            return literal.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
                AbstractText(ShellText([UInt8]($0)))
            }
        }
    }
}

extension AbstractText.Piece {
    fileprivate var hasLineFeed: Bool {
        if case .text(let text) = self { text.utf8.contains(0x0A) } else { false }
    }
}

extension ParsedArguments.TypedValue {
    /// Whether it is no code, and the same for all commands.
    fileprivate var isPlain: Bool {
        switch type {
        case .text, .number: !value.mayHave("{=")
        case .read, .write, .writeInto: value.literal?.utf8.contains(UInt8(ascii: "{")) == false
        default: false
        }
    }
}

extension AbstractText {
    /// Whether these bytes stand in what is known of it, or all of it is not known.
    fileprivate func mayHave(_ sought: ShellText) -> Bool {
        guard let literal else { return true }
        return literal.description.contains(sought.description)
    }
}

extension Argument {
    /// `:::`, `:::+`, `::::` and `::::+`.
    fileprivate var isMark: Bool {
        literal.map(ParallelTemplate.sourceMarks.contains) ?? false
    }
}
