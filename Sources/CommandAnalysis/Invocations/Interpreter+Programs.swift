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
        frame.isInLoop = false
        frame.canReturn = false
        let program = self.program(name, &state, &frame, at: call.range)
        guardProgram(program.base, call, state, frame)
        note(call, program.base, frame)
        if state.exportedFunctions.contains(where: { knowledge.program(named: $0) != nil }) {
            // Where it is a script of bash, what it calls is the function.
            emit(.codeRun, frame, program: program.base, certainty: .possible, at: call.range)
        }
        if !state.watchedVariables.isEmpty {
            useVariables(of: program.base, state, frame, at: call.range)
        }
        try setForBuild(call, program.base, state, frame)
        if program.isForeign {
            // A file that is no installed program: what is in it runs, whatever it is called.
            // Nothing that ran before can have put another one in its place.
            let isNamed =
                program.isBuiltOrBrought && program.content == nil && pipelines == 1
                && frame.wrappers.isEmpty
            if !isNamed { use(frame.input, as: .code) }
            if case .text(let text)? = program.content {
                // There may be nothing in it.
                emit(.systemRead, frame, program: program.base, at: call.range)
                return try runFile(text, call, &state, frame.wrapped(by: program.base))
            }
            if let text = perhapsContent(of: AbstractText(name), state) {
                _ = try runFile(text, call, &state, frame.wrapped(by: program.base))
            }
            emit(
                .codeRun,
                frame,
                program: program.base,
                [.init(.path, .paths(program.paths))]
                    + (isNamed ? [.init(.verb, .texts(["named"]))] : []),
                at: call.range
            )
            if let service = program.paths.first?.initScript(call.arguments),
                let knowledge = knowledge.program(named: "service")
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

        /// Whether it is called as a program that is known, and stands where the line starts: what
        /// people build or download, `./restic`.
        var isBuiltOrBrought: Bool {
            guard knowledge != nil, paths.count == 1, paths[0].components.count == 1,
                paths[0].levelsUp == 0
            else { return false }
            switch paths[0].root {
            case .known(.start), .known(.home(nil)): return true
            case .known(.home), .root, .unknown: return false
            }
        }
    }

    private mutating func program(
        _ name: ShellText,
        _ state: inout ShellState,
        _ frame: inout Frame,
        at range: SourceRange
    ) -> FoundProgram {
        if !name.contains(UInt8(ascii: "/")) {
            if let hashed = state.hashedPrograms[name] {
                // Whatever is hashed is forgotten soon, and then it is the program of that name.
                emit(.commandDynamic, frame, program: name, at: range)
                guard let path = hashed.literal else {
                    emit(.commandDynamic, frame, program: name, at: range)
                    return FoundProgram(base: name, knowledge: knowledge.program(named: name))
                }
                return self.program(path, &state, &frame, at: range)
            }
            if !state.areProgramsKnown {
                emit(.codeRun, frame, program: name, certainty: .possible, at: range)
                frame.isCertain = false
            }
            return FoundProgram(base: name, knowledge: knowledge.program(named: name))
        }
        let paths = paths(of: AbstractText(name), state)
        var path = paths[0]
        var isSure = paths.count == 1
        // A copy or a link that the line made is what it was made of.
        for _ in 0..<FileTable.links {
            guard case .copy(let original) = state.files[path] else { break }
            path = state.files.resolve(original)
            isSure = isSure && path == original
        }
        let base = path.components.last?.literal ?? name
        var found = FoundProgram(base: base, paths: path == paths[0] ? paths : [path])
        if let literal = path.literal, let own = knowledge.program(named: literal) {
            found.knowledge = own
            return found
        }
        found.knowledge = knowledge.program(named: base)
        let directory = AbstractPath(
            root: path.root,
            components: path.components.dropLast(),
            levelsUp: path.levelsUp
        )
        if case .text(let text) = state.files[path] {
            let isChanging = concurrentFiles.read(path, by: frame.activity)
            found.content = isChanging ? nil : .text(text)
            found.isForeign = true
        } else {
            found.isForeign = !isSure || !knowledge.isProgramDirectory(directory)
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
        let before = emissions
        if let reader = knowledge.reader,
            let output = try run(reader, program, arguments, knowledge, call, &state, frame)
        {
            // An alias that is a comment runs nothing.
            if emissions == before { emit(.systemRead, frame, program: program, at: call.range) }
            return output
        }
        // Of a program whose options nobody has listed, these two alone are still known.
        if knowledge.style == .none, arguments.count == 1,
            arguments[0].literal == "--help" || arguments[0].literal == "--version"
        {
            emit(.systemRead, frame, program: program, at: call.range)
            return AbstractText(UnknownText(.text, from: .output))
        }
        return try perform(
            ArgumentReading.read(arguments, knowledge),
            program,
            call,
            &state,
            frame
        )
    }

    /// Does what a program does with arguments that were read.
    mutating func perform(
        _ parsed: consuming ParsedArguments,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var frame = frame
        if isUnattended(state, frame) { parsed.tags.append(.unattended) }
        let isAlone = call.arguments.count == 2 && parsed.has(Tag("help-alone"))
        if parsed.has(.help) || isAlone, !parsed.isUncertain, !parsed.actsBeforeHelp {
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
        // A path that the knowledge takes for a text may as well be one that is written.
        if frame.identity != .login, frame.place == .target, !Filter.knows(program),
            performance.values.contains(where: \.isPathAsText)
        {
            frame.isCertain = false
        }
        for argument in performance.unknown { noteUnknown(argument, of: program, at: call.range) }
        let before = emissions
        let first = actions.count
        try perform(&performance, &state, frame)
        let output = try performance.output(self, state, frame)
        for other in performance.parsed.otherUsages(than: usage) {
            try perform(other, performance.parsed, since: first, program, call, &state, frame)
        }
        if emissions == before || performance.isUncertain && !performance.didAnything {
            emit(.systemRead, frame, program: program, at: call.range)
        }
        return output
    }
}

extension Interpreter {
    /// Does what the program may do instead, for all that is known of its arguments, as far as that is
    /// worse than what it seems to do.
    private mutating func perform(
        _ usage: Usage,
        _ parsed: ParsedArguments,
        since first: Int,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        var other = state
        var frame = frame
        frame.isCertain = false
        var performance = Performance(parsed, usage, program, call)
        let count = actions.count
        let told = actions[min(first, count)...]
        try perform(&performance, &other, frame)
        keepActions(from: count) { action in
            !action.action.onlyReads
                && !told.contains {
                    $0.action == action.action && $0.attributes == action.attributes
                }
        }
        state.files.join(other.files)
    }
}

extension [ShellText] {
    /// With blanks between.
    var joined: ShellText { ShellText(map(\.description).joined(separator: " ")) }
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
