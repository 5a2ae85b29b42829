import ShellSyntax

// What a program runs: other programs, and text of a shell.

extension Interpreter {
    /// The circumstances in which a program runs another one.
    mutating func context(
        _ work: borrowing Performance,
        _ frame: Frame
    ) throws(AnalysisProblem) -> Frame {
        var inner = try frame.nested().wrapped(by: work.program)
        inner.origin = .part(work.range)
        if !work.isWaitedFor {
            inner.activity = concurrentFiles.start(from: frame.activity, lasts: true)
        }
        // What it starts reads what comes over its connection.
        if work.usage.output == .connection { inner.input = .unknown(.fromElsewhere) }
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
            let names = type == .path ? work.namedDirectories : work.values(of: type)
            let name = names.count == 1 ? names[0] : names.only
            inner.place = .within(kind, name: name)
        }
        return inner
    }

    /// Goes to the directory in which a program runs another one.
    mutating func goToStart(
        of work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        guard work.values(of: .directory).isEmpty else { return }
        switch work.usage.runs.directory {
        case .same:
            if work.usage.runs.location == .same { return }
            state.directories = [.unknown]
            // What stands there are hardly secrets, unless they are called so.
            state.isDirectoryUnset = true
        case .home:
            let home: AbstractPath =
                switch try context(work, frame).identity {
                case .login: AbstractPath(root: .known(.home(nil)))
                case .account(let name): AbstractPath(root: .known(.home(name)))
                case .unknown: .unknown
                }
            if !state.directories.contains(home) { state.directories.insert(home, at: 0) }
        case .root: state.directories = [AbstractPath(root: .root)]
        case .elsewhere: state.directories = [.unknown]
        }
    }

    /// Runs a command that stands in a program's arguments.
    mutating func run(
        _ command: (type: ValueType, arguments: [Argument]),
        _ work: borrowing Performance,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        var arguments = command.arguments
        if work.doublesDollars { arguments = arguments.map { $0.replacing("$$", with: "$") } }
        if work.usage.runs.addsOperands || work.usage.input == .operands {
            arguments += addedOperands(work, frame)
        }
        if command.type == .command {
            var inner = frame
            // What was read are operands: for the command itself there is nothing to read, unless
            // they stand in a file.
            if work.usage.input == .operands, !work.parsed.has(Tag("list")) {
                inner.input = .nothing
            }
            return try runVector(arguments, &state, inner, at: work.range)
        }
        guard let texts = arguments.texts else {
            emit(.commandDynamic, frame, program: work.program, at: work.range)
            for argument in arguments { noteObeying(argument.text, frame, at: work.range) }
            return nil
        }
        return try runShell(texts.joined(by: " "), work, &state, frame)
    }

    /// What a program adds to the command that it runs: its input, where that is known.
    private func addedOperands(_ work: borrowing Performance, _ frame: Frame) -> [Argument] {
        let unknown = frame.input.isFromElsewhere ? UnknownText.fromElsewhere : .addedOperand
        guard work.usage.input == .operands else { return [.any(unknown)] }
        let input = frame.input.text
        if let text = input.literal {
            if work.parsed.has(Tag("null")), !work.parsed.has(Tag("delimiter")) {
                let words = text.utf8.split(separator: 0)
                return words.map { .one(AbstractText(ShellText(Array($0)))) }
            }
            guard work.splitsAtBlanks(text) else { return [.any(unknown)] }
            let words = text.utf8.split { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
            return words.map { .one(AbstractText(ShellText(Array($0)))) }
        }
        if let last = input.asProcesses { return [.any(last)] }
        // Names of files, each of them below what is known.
        guard case .unknown(let last) = input.pieces.last, last.shape != .text,
            input.pieces.dropLast().allSatisfy(\.isKnownPath)
        else { return [.any(unknown)] }
        if input.pieces.count == 1 {
            let origin = last.origin == .names ? last.origin : .addedOperands
            return [.any(UnknownText(last.shape, from: origin))]
        }
        return [.one(input)]
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
            noteObeying(first.text, frame, at: range)
            use(frame.input, as: .code)
            return AbstractText(UnknownText(.text, from: .output))
        }
        let call = Call(arguments: arguments, range: range)
        return try runProgram(name, call, &state, frame)
    }

    /// `NAME=VALUE` of `env` and `sudo`.
    mutating func assign(
        _ assignment: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame,
        _ work: borrowing Performance
    ) throws(AnalysisProblem) {
        guard let name = assignment.knownPrefix.variableName else { return }
        let value = assignment.dropping(name.utf8.count + 1)
        try assign(name, .scalar([value]), &state, frame.temporary, at: work.range)
        state.variables[name]?.isExported = true
    }

    /// A program's name, or its arguments too, in one text.
    mutating func runWords(
        _ value: ParsedArguments.TypedValue,
        _ work: borrowing Performance,
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
        let isAll = value.type == .allWords
        if hosts.isEmpty {
            // Quotes are read by some and not by others.
            if !isAll || value.value.hasQuotes { inner.isCertain = false }
        } else {
            // It reads what the program sends through it.
            inner.input = .text(.empty)
        }
        guard let literal = value.value.literal else {
            emit(.commandDynamic, inner, program: work.program, at: work.range)
            return
        }
        let words =
            value.type == .words || isAll
            ? literal.utf8.split(separator: 0x20).map { ShellText(Array($0)) } : [literal]
        var arguments: [Argument] = words.map { .one(AbstractText($0)) }
        if let host = hosts.first {
            arguments.append(.one(host))
        } else if !isAll {
            arguments.append(.any(.addedOperand))
        }
        _ = try runVector(arguments, &state, inner, at: work.range)
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
    /// The directories that it is given, or else the one where it is, without detours.
    fileprivate var namedDirectories: [AbstractText] {
        let named = values(of: .path)
        return (named.isEmpty ? ["."] : named).flatMap { text in
            startDirectories.map { directory in
                let path = AbstractPath(text, relativeTo: directory)
                return path.withoutAliases(startDirectories).text ?? .notComputed
            }
        }
    }

    /// Whether it takes two dollar signs for one, as in a unit.
    fileprivate var doublesDollars: Bool {
        program == "systemd-run"
            && arguments.allSatisfy { argument in
                let word = argument.text.knownPrefix.utf8
                return !word.starts(with: "--sc".utf8) && !word.starts(with: "--exp".utf8)
            }
    }

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
    fileprivate var hasQuotes: Bool {
        literal?.utf8.contains { [0x22, 0x27, 0x5C].contains($0) } ?? true
    }

    /// Whether it is `#` and no number of an account.
    fileprivate var isBadNumber: Bool {
        guard let literal, literal.utf8.first == UInt8(ascii: "#") else { return false }
        return Int(literal.description.dropFirst()).map { !(0..<0xFFFF_FFFF).contains($0) } ?? true
    }
}

extension Performance {
    /// Whether the program ends no sooner than what it starts.
    fileprivate var isWaitedFor: Bool {
        program.language != nil
            || Self.waitingPrograms.contains(program) && !parsed.has(Tag("background"))
    }

    private static let waitingPrograms: NameSet = [
        "chrt", "command", "doas", "env", "find", "flock", "ionice", "nice", "nohup", "parallel",
        "runuser", "script", "stdbuf", "su", "sudo", "taskset", "time", "timeout", "xargs",
    ]
}
