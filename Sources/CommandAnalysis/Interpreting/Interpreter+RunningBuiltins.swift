import ShellSyntax

// Built-ins that run commands, or text that is read again.

extension Interpreter {
    /// `eval`: its arguments, joined with blanks, are a command line of this shell.
    mutating func evaluateText(
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var words = arguments
        if words.first?.literal == "--" { words.removeFirst() }
        guard let texts = words.texts else {
            emit(.commandDynamic, frame, program: "eval", at: call.range)
            for word in words { noteObeying(word.text, frame, at: call.range) }
            state.forgetAll()
            return AbstractText(UnknownText(.text, from: .output))
        }
        let result = try runNested(
            texts.joined(by: " "),
            &state,
            frame.wrapped(by: "eval"),
            at: call.range
        )
        if !result.isKnown { state.forgetAll() }
        return result.output
    }

    /// `exec`: replaces the shell, or only redirects.
    mutating func execute(
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var rest = arguments[...]
        while let option = rest.first?.literal, option.utf8.first == UInt8(ascii: "-") {
            rest.removeFirst()
            if option == "--" { break }
            if option.utf8.contains(UInt8(ascii: "a")) {
                // What some programs are they tell from that.
                emit(.codeRun, frame, program: "exec", at: call.range)
                if option.utf8.last == UInt8(ascii: "a") { rest = rest.dropFirst() }
            }
        }
        defer { if !rest.isEmpty { state.progress.hasPerhapsEnded = true } }
        return try runArguments(Array(rest), of: "exec", call, &state, frame)
    }

    /// `.` and `source`: a file that this shell reads.
    mutating func source(
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        guard let file = arguments.first(where: { $0.literal != "--" }) else {
            // Fish reads its input, which bash does not.
            if frame.input != .nothing, frame.input != .client {
                let language = ForeseenAction.Attribute(.language, .texts(["shell"]))
                emit(.codeRun, frame, program: "source", [language], at: call.range)
            }
            return .empty
        }
        state.progress.hasPerhapsEnded = true
        // To dash `source` is no command.
        let before =
            frame.dialect == .posix && call.arguments.first?.literal == "source" ? state : nil
        access(.read, file.text, &state, frame, program: "source", at: call.range)
        let input = file.text.isStandardInput ? frame.input : content(of: file.text, state, frame)
        use(input, as: .code)
        let positional = state.positional
        let rest = Array(arguments.drop { $0 != file }.dropFirst())
        if !rest.isEmpty { state.positional = .known(rest) }
        if case .text(let text) = input, !file.text.hasWildcard {
            let outer = state.departures
            var inner = frame.wrapped(by: "source")
            inner.canReturn = true
            inner.isInLoop = false
            let result = try runNested(text, &state, inner, at: call.range)
            try join(&state, state.endCall(leaving: outer))
            if !result.isKnown { state.forgetAll() }
            state.positional = positional
            if let before { try join(&state, before) }
            return result.output
        }
        let paths = paths(of: file.text, state)
        if paths.count == 1, state.files[paths[0]] == nil, knowledge.isSettings(paths[0]) {
            // Any of them may be set there.
            for name in state.variables.keys {
                state.variables[name]?.value = .unknown(UnknownText(.text, from: .variable(name)))
            }
            return .empty
        }
        emit(
            .codeRun,
            frame,
            program: "source",
            [
                .init(.language, .texts(["shell"])),
                .init(.path, .paths(paths)),
            ],
            at: call.range
        )
        state.forgetAll()
        state.positional = positional
        return AbstractText(UnknownText(.text, from: .output))
    }

    /// `trap`: text that runs later, or now and then.
    func trap(
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState
    ) -> AbstractText {
        var rest = arguments[...]
        if rest.first?.literal == "--" { rest = rest.dropFirst() }
        guard let action = rest.first, rest.count > 1 else { return .empty }
        switch action.literal {
        case "", "-", "-l", "-p": return .empty
        case _?, nil: break
        }
        // It is run with whatever each command leaves behind, from this one on.
        let trap = Trap(text: action.text, range: call.range)
        if !state.traps.contains(trap) { state.traps.append(trap) }
        return .empty
    }

    /// `command`: runs what is no function, or only says what it is.
    mutating func runCommand(
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var rest = arguments[...]
        let before = state
        var isTaken = true
        while let option = rest.first?.literal, option.utf8.first == UInt8(ascii: "-"),
            option.utf8.count > 1
        {
            rest.removeFirst()
            if option == "--" { break }
            if !option.utf8.dropFirst().allSatisfy({ $0 == UInt8(ascii: "p") }) { isTaken = false }
            if option.utf8.contains(UInt8(ascii: "v")) || option.utf8.contains(UInt8(ascii: "V")) {
                emit(.systemRead, frame, program: "command", at: call.range)
                return AbstractText(UnknownText(.text, from: .program))
            }
        }
        let output = try runArguments(Array(rest), of: "command", call, &state, frame)
        // With an option that it has not it runs nothing.
        if !isTaken {
            doubtOutput(.allOrNothing)
            try joinSkipped(before, &state)
        }
        return output
    }

    /// Runs what stands behind `command` or `exec`, which is no function.
    private mutating func runArguments(
        _ arguments: [Argument],
        of wrapper: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        guard !arguments.isEmpty else { return .empty }
        var inner = call
        inner.arguments = arguments
        inner.skipsFunctions = true
        inner.isBuiltin = false
        return try run(inner, &state, frame.wrapped(by: wrapper))
    }
}
