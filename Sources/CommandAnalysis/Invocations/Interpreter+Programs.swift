import ShellSyntax

// Programs: which one a name is, what its arguments mean, and what it does.

extension Interpreter {
    /// Runs a program by name or path.
    mutating func runProgram(
        _ name: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        if let directory = directoryOfAnySystem(name, state) {
            // Nothing runs, but a shell may have been told to go there.
            if !state.directories.contains(directory) { state.directories.append(directory) }
            emit(.systemRead, frame, program: name, at: call.range)
            return .empty
        }
        var frame = frame
        frame.shell = .other
        let program = self.program(name, &state, &frame, at: call.range)
        guardProgram(program.base, call, state, frame)
        note(call, program.base, frame)
        if !state.watchedVariables.isEmpty {
            useVariables(of: program.base, state, frame, at: call.range)
        }
        if program.isForeign {
            // A file that is no installed program: what is in it runs, whatever it is called.
            use(frame.input, as: .code)
            if case .text(let text)? = program.content {
                // There may be nothing in it.
                emit(.systemRead, frame, program: program.base, at: call.range)
                return try runFile(text, call, &state, frame.wrapped(by: program.base))
            }
            emit(
                .codeRun,
                frame,
                program: program.base,
                [.init(.path, .paths(program.paths))],
                at: call.range
            )
            if let service = program.paths.first?.initScript(call.arguments),
                let knowledge = knowledge.programs["service"]
            {
                let call = Call(arguments: service, range: call.range)
                return try run("service", knowledge, call, &state, frame)
            }
            if program.knowledge == nil {
                return AbstractText(UnknownText(.text, from: .output))
            }
            // What is in the file nobody knows, and that is said; its name tells the rest.
        }
        guard let knowledge = program.knowledge else {
            use(frame.input, as: .code)
            emit(
                .programUnknown,
                frame,
                program: program.base,
                program.paths.isEmpty ? [] : [.init(.path, .paths(program.paths))],
                at: call.range
            )
            return AbstractText(UnknownText(.text, from: .output))
        }
        return try run(program.base, knowledge, call, &state, frame)
    }

    // MARK: Which program

    private struct FoundProgram {
        var base: ShellText
        var paths: [AbstractPath] = []
        var knowledge: ProgramKnowledge?
        /// Whether it is a file outside of the directories of programs.
        var isForeign = false
        var content: Stream?
    }

    private mutating func program(
        _ name: ShellText,
        _ state: inout ShellState,
        _ frame: inout Frame,
        at range: SourceRange
    ) -> FoundProgram {
        if !name.utf8.contains(UInt8(ascii: "/")) {
            if let hashed = state.hashedPrograms[name] {
                guard let path = hashed.literal else {
                    emit(.commandDynamic, frame, program: name, at: range)
                    return FoundProgram(base: name, knowledge: knowledge.programs[name])
                }
                return self.program(path, &state, &frame, at: range)
            }
            if !state.areProgramsKnown {
                emit(.codeRun, frame, program: name, certainty: .possible, at: range)
                frame.isCertain = false
            }
            return FoundProgram(base: name, knowledge: knowledge.programs[name])
        }
        let paths = paths(of: AbstractText(name), state)
        var path = paths[0]
        // A copy or a link that the line made is what it was made of.
        for _ in 0..<FileTable.links {
            guard case .copy(let original) = state.files[path] else { break }
            path = state.files.resolve(original)
        }
        let base = path.components.last?.literal ?? name
        var found = FoundProgram(base: base, paths: path == paths[0] ? paths : [path])
        if let literal = path.literal, let own = knowledge.programs[literal] {
            found.knowledge = own
            return found
        }
        found.knowledge = knowledge.programs[base]
        let directory = AbstractPath(
            root: path.root,
            components: path.components.dropLast(),
            levelsUp: path.levelsUp
        )
        if case .text(let text) = state.files[path] {
            found.content = .text(text)
            found.isForeign = true
        } else {
            found.isForeign = paths.count > 1 || !knowledge.isProgramDirectory(directory)
        }
        return found
    }

    // MARK: What it does

    private mutating func run(
        _ program: ShellText,
        _ knowledge: ProgramKnowledge,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let arguments = Array(call.arguments.dropFirst())
        noteOrder(of: arguments, knowledge, program, state, frame, at: call.range)
        if let reader = knowledge.reader,
            let output = try run(reader, program, arguments, knowledge, call, &state, frame)
        {
            return output
        }
        // Of a program whose options nobody has listed, these two alone are still known.
        if knowledge.style == .none, arguments.count == 1,
            arguments[0].literal == "--help" || arguments[0].literal == "--version"
        {
            emit(.systemRead, frame, program: program, at: call.range)
            return AbstractText(UnknownText(.text, from: .output))
        }
        let parsed = ArgumentReading.read(arguments, knowledge)
        return try perform(parsed, program, call, &state, frame)
    }

    /// Does what a program does with arguments that were read.
    mutating func perform(
        _ parsed: ParsedArguments,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var frame = frame
        if parsed.has(.help), !parsed.isUncertain {
            emit(.systemRead, frame, program: program, at: call.range)
            return AbstractText(UnknownText(.text, from: .output))
        }
        if parsed.hasUnknownCommand {
            use(frame.input, as: .code)
            emit(
                .programUnknown,
                frame,
                program: program,
                parsed.verbs.isEmpty
                    ? [] : [.init(.verb, .texts([AbstractText(parsed.verbs.joined)]))],
                at: call.range
            )
            return AbstractText(UnknownText(.text, from: .output))
        }
        guard let usage = parsed.usage else {
            emit(.systemRead, frame, program: program, at: call.range)
            return .empty
        }
        var performance = Performance(parsed, usage, program, call)
        if performance.isUncertain { frame.isCertain = false }
        for argument in performance.unknown { noteUnknown(argument, of: program, at: call.range) }
        let before = emissions
        try perform(&performance, &state, frame)
        let output = try performance.output(self, state, frame)
        if emissions == before || performance.isUncertain && !performance.didAnything {
            emit(.systemRead, frame, program: program, at: call.range)
        }
        return output
    }
}

extension [ShellText] {
    /// With blanks between.
    var joined: ShellText { ShellText(map(\.description).joined(separator: " ")) }
}

extension ParsedArguments {
    /// The first usage whose conditions hold.
    var usage: Usage? {
        knowledge.usages.first { $0.conditions.allSatisfy { holds($0) } }
    }

    func holds(_ condition: Condition) -> Bool {
        switch condition {
        case .tag(let tag): has(tag)
        case .value(let tag, let pattern):
            // A value that is not known may match.
            values.contains { value in
                value.tags.contains(tag)
                    && (value.value.literal.map {
                        pattern.lowercased.matchesStars($0.lowercased)
                    } ?? false)
            }
        case .operands(let least): operands.count >= least
        case .operand(let place?, let pattern):
            place <= operands.count && operands[place - 1].matches(pattern)
        case .operand(nil, let pattern): operands.contains { $0.matches(pattern) }
        case .not(let inner): !holds(inner)
        }
    }

    /// Whether it holds, or may hold because of an operand that is not known.
    func mayHold(_ condition: Condition) -> Bool {
        switch condition {
        case .operand(let place?, let pattern) where place <= operands.count:
            operands[place - 1].mayMatch(pattern)
        case .operand(nil, let pattern): operands.contains { $0.mayMatch(pattern) }
        case .tag, .value, .operands, .operand, .not: holds(condition)
        }
    }
}

extension AbstractPath {
    /// What does the same as a script that a service is started with; nil for any other file.
    fileprivate func initScript(_ arguments: [Argument]) -> [Argument]? {
        guard let literal, literal.utf8.starts(with: "/etc/init.d/".utf8),
            let name = components.last, components.count == 3
        else { return nil }
        let words: [AbstractText] = ["service", name]
        return words.map { .one($0) } + arguments.dropFirst()
    }
}

extension ShellText {
    /// With ASCII letters as small ones.
    fileprivate var lowercased: ShellText {
        ShellText(utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 })
    }
}

extension Argument {
    /// Whether it matches a pattern with `*` for any text, whatever is not known of it.
    fileprivate func matches(_ pattern: ShellText) -> Bool {
        guard case .one(let text) = self else { return false }
        if let literal = text.literal { return pattern.matchesStars(literal) }
        // `+*`, where the beginning is known.
        let head = pattern.beforeStar
        return head.count + 1 == pattern.utf8.count && text.knownPrefix.utf8.starts(with: head)
    }

    /// Whether it matches, or may do so: it may be anything behind its beginning, and not because of
    /// what the host alone has set.
    ///
    /// Of a single text, such as `-1`, nobody thinks where a program or a file tells the value.
    fileprivate func mayMatch(_ pattern: ShellText) -> Bool {
        if matches(pattern) { return true }
        let text = text
        let head = pattern.beforeStar
        let isSingle = head.count == pattern.utf8.count
        guard text.pieces.contains(where: { $0.mayBeChosen(besidesOutput: isSingle) }) else {
            return false
        }
        let prefix = text.knownPrefix.utf8
        return prefix.starts(with: head) || head.starts(with: prefix)
    }
}

extension ShellText {
    /// What a pattern begins with.
    fileprivate var beforeStar: some Collection<UInt8> {
        utf8.prefix { $0 != UInt8(ascii: "*") }
    }
}

extension AbstractText.Piece {
    /// Whether it is any text that the line may have chosen.
    fileprivate func mayBeChosen(besidesOutput: Bool) -> Bool {
        guard case .unknown(let unknown) = self, unknown.shape == .text else { return false }
        return switch unknown.origin {
        case .environment: false
        case .output, .file: !besidesOutput
        case .variable, .input, .names, .addedOperands, .ownProcess, .notComputed: true
        }
    }
}
