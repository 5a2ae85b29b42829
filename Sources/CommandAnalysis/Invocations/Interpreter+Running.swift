import ShellSyntax

// What a program runs: other programs, text of a shell, scripts, code of other languages.

extension Interpreter {
    /// The circumstances in which a program runs another one.
    mutating func context(
        _ work: Performance,
        _ frame: Frame
    ) throws(AnalysisProblem) -> Frame {
        var inner = try frame.nested().wrapped(by: work.program)
        inner.origin = .part(work.range)
        switch work.usage.runs.identity {
        case .same: break
        case .root: inner.identity = .account("root")
        case .value(let type):
            inner.identity = work.identity(type)
            if work.values(of: type).contains(where: \.isBadNumber) {
                emit(.commandDeceptive, frame, program: work.program, at: work.range)
            }
        }
        if case .within(let kind, let type) = work.usage.runs.location {
            let names = work.values(of: type)
            let name = names.count == 1 ? names[0] : names.only
            inner.place = .within(kind, name: name)
        }
        return inner
    }

    /// Runs a command that stands in a program's arguments.
    mutating func run(
        _ command: (type: ValueType, arguments: [Argument]),
        _ work: Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        var arguments = command.arguments
        if work.usage.runs.addsOperands || work.usage.input == .operands {
            arguments += addedOperands(work, frame)
        }
        if command.type == .command {
            return try runVector(arguments, &state, frame, at: work.range)
        }
        guard let texts = arguments.texts else {
            emit(.commandDynamic, frame, program: work.program, at: work.range)
            return nil
        }
        return try runShell(texts.joined(by: " "), work, &state, frame)
    }

    /// What a program adds to the command that it runs: its input, where that is known.
    private func addedOperands(_ work: Performance, _ frame: Frame) -> [Argument] {
        let unknown = UnknownText(.text, from: .addedOperands)
        guard work.usage.input == .operands else { return [.any(unknown)] }
        let input = frame.input.text
        if let text = input.literal {
            guard work.splitsAtBlanks(text) else { return [.any(unknown)] }
            let words = text.utf8.split { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
            return words.map { .one(AbstractText(ShellText(Array($0)))) }
        }
        // Names of files, each of them below what is known.
        guard case .unknown(let last) = input.pieces.last, last.shape != .text,
            input.pieces.dropLast().allSatisfy(\.isKnownPath)
        else { return [.any(unknown)] }
        if input.pieces.count == 1 {
            let origin = last.origin == .names ? last.origin : .addedOperands
            return [.any(UnknownText(last.shape, from: origin))]
        }
        // A name with a blank in it is two others, which matters to whoever takes files away.
        let isWhole = work.parsed.has(Tag("null")) || work.parsed.has(Tag("delimiter"))
        if !isWhole, deletesOperands(work.command?.arguments ?? []) {
            return [.one(input), .any(unknown)]
        }
        return [.one(input)]
    }

    /// Whether the operands of the command are files that it deletes.
    private func deletesOperands(_ command: [Argument]) -> Bool {
        guard let program = command.first?.literal else { return false }
        let name = program.utf8.split(separator: UInt8(ascii: "/")).last.map {
            ShellText(Array($0))
        }
        let known = name.flatMap { knowledge.programs[$0] }
        return known?.usages.contains { $0.operands.repeated == .delete } ?? false
    }

    /// A program with its arguments, that no shell has read.
    mutating func runVector(
        _ arguments: [Argument],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) -> AbstractText {
        try step()
        guard let first = arguments.first else { return .empty }
        guard case .one(let text) = first, let name = text.literal else {
            emit(.commandDynamic, frame, at: range)
            use(frame.input, as: .code)
            return AbstractText(UnknownText(.text, from: .output))
        }
        let call = Call(arguments: arguments, range: range)
        return try runProgram(name, call, &state, frame)
    }

    /// A shell that starts somewhere else knows nothing of this one.
    func elsewhere(_ state: ShellState, _ work: Performance) -> ShellState {
        var other = ShellState(request.dialect)
        other.files = state.files
        switch work.usage.runs.location {
        case .same:
            other.directories = state.directories
            other.variables = state.variables.filter(\.value.isExported)
            other.areVariablesKnown = state.areVariablesKnown
            other.areProgramsKnown = state.areProgramsKnown
            other.functions = state.exportableFunctions
        case .within:
            other.directories = [AbstractPath(root: .known(.start))]
            other.files = FileTable()
        }
        return other
    }

    /// `NAME=VALUE` of `env` and `sudo`.
    mutating func assign(
        _ assignment: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame,
        _ work: Performance
    ) throws(AnalysisProblem) {
        guard let name = assignment.knownPrefix.variableName else { return }
        let value = assignment.dropping(name.utf8.count + 1)
        try assign(name, .scalar([value]), &state, frame.temporary, at: work.range)
        state.variables[name]?.isExported = true
    }

    /// A program's name, or its arguments too, in one text.
    mutating func runWords(
        _ value: ParsedArguments.TypedValue,
        _ work: Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        // What `rsync --server` is told behind `-e` is no program.
        if work.program == "rsync", let word = value.value.literal,
            word.utf8.first == UInt8(ascii: "."), !word.utf8.contains(UInt8(ascii: "/")),
            !word.utf8.contains(UInt8(ascii: " "))
        {
            return
        }
        var inner = try context(work, frame)
        // A remote shell gets the host, which stands among the other operands.
        let hosts = value.type == .words ? work.remoteHosts : []
        if hosts.isEmpty {
            inner.isCertain = false
        } else {
            // It reads what the program sends through it.
            inner.input = .text(.empty)
        }
        guard let literal = value.value.literal else {
            emit(.commandDynamic, inner, program: work.program, at: work.range)
            return
        }
        let words =
            value.type == .words
            ? literal.utf8.split(separator: 0x20).map { ShellText(Array($0)) } : [literal]
        let arguments: [Argument] =
            words.map { .one(AbstractText($0)) }
            + (hosts.first.map { [.one($0)] } ?? [.any(UnknownText(.text, from: .addedOperands))])
        _ = try runVector(arguments, &state, inner, at: work.range)
    }

    /// A script file that the program runs.
    mutating func runScript(
        _ file: AbstractText,
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        work.didAnything = true
        if file.literal == "-" || file.isStandardInput {
            work.readsInput = true
            work.readsScript = true
            return
        }
        work.hasCode = true
        access(.read, file, &state, frame, program: work.program, at: work.range)
        if case .text(let text) = content(of: file, state),
            let language = work.usage.input.language ?? work.program.language
        {
            try runCode(text, language, &work, &state, frame)
            return
        }
        emit(
            .codeRun,
            frame,
            program: work.program,
            [.init(.path, .paths(paths(of: file, state)))],
            at: work.range
        )
    }

    /// Code in a language: what can be told of it, and whether that is all.
    mutating func runCode(
        _ code: AbstractText,
        _ language: ValueType,
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        if language == .shell {
            work.didAnything = true
            work.printed = try runShell(code, work, &state, try context(work, frame))
            return
        }
        let text =
            language.isOfTexts && request.profile == .exec ? code.withSettingsAsNames : code
        let findings = Languages.findings(
            in: text,
            language,
            program: work.program,
            options: CodeOptions(isLoop: language == .perl && work.parsed.has(Tag("loop")))
        )
        try perform(findings, language, &work, &state, frame)
    }

    /// Does what code was found to do.
    mutating func perform(
        _ findings: CodeFindings,
        _ language: ValueType,
        _ work: inout Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        if !findings.isComplete {
            work.didAnything = true
            emit(
                .codeRun,
                frame,
                program: work.program,
                [
                    .init(
                        .language,
                        .texts([AbstractText(ShellText(language.rawValue.lowercased()))])
                    )
                ],
                at: work.range
            )
        }
        for effect in findings.effects {
            work.didAnything = true
            try perform(effect, work, &state, frame)
        }
    }

    private mutating func perform(
        _ effect: CodeEffect,
        _ work: Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        var frame = frame
        if effect.certainty == .possible { frame.isCertain = false }
        let program = work.program
        switch effect.kind {
        case .readFile(let file):
            access(.read, file, &state, frame, program: program, at: work.range)
        case .writeFile(let file):
            access(.write, file, &state, frame, program: program, at: work.range)
        case .deleteFile(let file, let isRecursive):
            access(
                isRecursive ? .deleteTree : .delete,
                file,
                &state,
                frame,
                program: program,
                at: work.range
            )
        case .changePermission(let file):
            access(.permission, file, &state, frame, program: program, at: work.range)
        case .shell(let text):
            _ = try runShell(text, work, &state, try context(work, frame))
        case .shellWithInput(let text):
            var context = try context(work, frame)
            context.input = .unknown(UnknownText(.text, from: .output))
            _ = try runShell(text, work, &state, context)
        case .command(let arguments):
            _ = try runVector(arguments, &state, try context(work, frame), at: work.range)
        case .connect(let host):
            emit(
                .networkConnect,
                frame,
                program: program,
                [.init(.host, .texts([host]))],
                at: work.range
            )
        case .action(let action, let attributes):
            emit(action, frame, program: program, attributes, at: work.range)
        }
    }
}

extension AbstractText.Piece {
    /// Whether it is text without blanks, or a directory.
    fileprivate var isKnownPath: Bool {
        switch self {
        case .text(let text): !text.utf8.contains { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
        case .directory: true
        case .unknown, .wildcard: false
        }
    }
}

extension Performance {
    /// Whether its operands are the words of this input: nothing in it is quoted, and no option says
    /// what else stands between them.
    fileprivate func splitsAtBlanks(_ input: ShellText) -> Bool {
        if input.utf8.contains(where: { [0x22, 0x27, 0x5C].contains($0) }) { return false }
        return !arguments.mayDivide(input, otherwiseThanAt: [0x20, 0x09, 0x0A])
    }

    /// As whom it runs what it runs.
    fileprivate func identity(_ type: ValueType) -> ProcessIdentity {
        let values = values(of: type)
        guard let value = values.last else { return .account("root") }
        guard let name = value.literal else { return .unknown }
        if name.utf8.first == UInt8(ascii: "#") {
            // Numbers that do not fit became root once (CVE-2019-14287).
            let number = Int(name.description.dropFirst())
            return number.map { (1..<0xFFFF_FFFF).contains($0) } == true
                ? .unknown : .account("root")
        }
        return .account(name)
    }
}

extension AbstractText {
    /// Whether it is `#` and no number of an account.
    fileprivate var isBadNumber: Bool {
        guard let literal, literal.utf8.first == UInt8(ascii: "#") else { return false }
        return Int(literal.description.dropFirst()).map { !(0..<0xFFFF_FFFF).contains($0) } ?? true
    }
}

extension InputUse {
    /// The language of what is read as code.
    var language: ValueType? {
        switch self {
        case .code(let type), .codeWithoutScript(let type), .console(let type),
            .consoleWithoutScript(let type):
            type
        case .ignored, .data, .dataWithoutFiles, .files, .operands: nil
        }
    }
}

extension ShellText {
    /// The language that a program of this name reads.
    var language: ValueType? {
        switch self {
        case "sh", "bash", "dash", "ksh", "zsh", "ash", "rbash": .shell
        case "awk", "gawk", "mawk", "nawk", "original-awk": .awk
        case "sed", "gsed": .sed
        case "python", "python2", "python3": .python
        case "perl": .perl
        case "ruby": .ruby
        case "node", "nodejs": .node
        case "php": .php
        case "lua": .lua
        default: nil
        }
    }
}
