import ShellSyntax

// Commands that the shell itself has. What one prints is not looked at unless a filter has it.

extension Interpreter {
    /// Runs a built-in; nil where the name is none.
    mutating func runBuiltin(
        _ name: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        let isBash = frame.dialect == .bash
        lazy var arguments = Array(call.arguments.dropFirst())
        if mayRunText(name, call.arguments.dropFirst()) {
            emit(.commandDynamic, frame, program: name, at: call.range)
        }
        switch name {
        case "jobs" where arguments.first?.literal == "-x":
            var inner = call
            inner.arguments = Array(arguments.dropFirst())
            return try run(inner, &state, frame.wrapped(by: name))
        case ":", "true", "false", "exit", "return", "break", "continue", "times", "jobs",
            "umask", "ulimit", "fg", "bg", "test", "[", "echo", "pwd", "type":
            break
        case "printf":
            if isBash, arguments.count > 1, arguments[0].literal == "-v" {
                try formatInto(arguments, &state, frame, at: call.range)
                return .empty
            }
        case "cd": changeDirectory(arguments, &state)
        case "eval": return try evaluateText(arguments, call, &state, frame)
        case "exec": return try execute(arguments, call, &state, frame)
        case ".", "source": return try source(arguments, call, &state, frame)
        case "command": return try runCommand(arguments, call, &state, frame)
        case "set": set(arguments, &state)
        case "shift": shift(arguments, &state)
        case _ where isDeclaration(name, frame.dialect):
            // Behind `command` or `builtin`, or from a variable: words like any others.
            try declare(arguments.map(\.text), by: name, &state, frame, at: call.range)
        case "unset": try unset(arguments, &state, frame, at: call.range)
        case "read": return try read(arguments, &state, frame, at: call.range)
        case "getopts":
            var names = arguments.dropFirst().prefix(1) + [.one("OPTARG")]
            if case .any? = arguments.first { names.append(arguments[0]) }
            try assignUnknown(names, &state, frame, at: call.range)
        case "wait":
            let names = BuiltinArguments(arguments, valued: "p").values(of: "p")
            try assignUnknown(names.map { .one($0) }, &state, frame, at: call.range)
        case "trap": return trap(arguments, call, &state)
        case "alias": alias(arguments, &state)
        case "unalias": unalias(arguments, &state)
        case "builtin" where isBash:
            var inner = call
            inner.arguments = arguments
            inner.isBuiltin = true
            return try run(inner, &state, frame)
        case "pushd" where isBash, "popd" where isBash: pushDirectory(name, arguments, &state)
        case "let" where isBash:
            for argument in arguments {
                let text = argument.text.withoutMatches
                _ = try evaluate(text, &state, frame, at: call.range)
            }
        case "shopt" where isBash: shopt(arguments, &state)
        case "mapfile" where isBash, "readarray" where isBash:
            try mapFile(arguments, call, &state, frame)
        case "hash" where isBash: hash(arguments, &state)
        case "enable" where isBash: if !arguments.isEmpty { state.areProgramsKnown = false }
        case "caller" where isBash, "dirs" where isBash, "disown" where isBash,
            "suspend" where isBash, "logout" where isBash, "help" where isBash,
            "complete" where isBash, "compopt" where isBash:
            break
        case "compgen" where isBash, "bind" where isBash, "fc" where isBash,
            "history" where isBash:
            try mayRunText(name, arguments, call, &state, frame)
        default: return nil
        }
        return try finishBuiltin(name, call, &state, frame)
    }

    /// What built-ins and programs of the same name have in common: `echo`, `test`, `kill`.
    private mutating func finishBuiltin(
        _ name: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        if knowledge.programs[name] != nil { return try runProgram(name, call, &state, frame) }
        emit(.systemRead, frame, program: name, at: call.range)
        guard frame.collects else { return .empty }
        let filter = Filter(
            arguments: Array(call.arguments.dropFirst()),
            input: frame.input.text,
            content: contents(state),
            directory: workingDirectory(state),
            dialect: frame.dialect
        )
        let unknown = AbstractText(UnknownText(.text, from: .output))
        if printsOtherwise(name, filter.arguments, state, frame) { return unknown }
        return filter.output(of: name) ?? unknown
    }

    /// `printf -v NAME FORMAT …`.
    private mutating func formatInto(
        _ arguments: [Argument],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        emit(.systemRead, frame, program: "printf", at: range)
        let isAlike = !printsOtherwise("printf", arguments, state, frame)
        let text = isAlike ? Printf.format(Array(arguments.dropFirst(2))) : nil
        guard let name = arguments[1].literal, name.isName else {
            try unknownName(arguments[1].text, &state, frame, at: range)
            return
        }
        try assign(name, .scalar([text ?? .notComputed]), &state, frame, at: range)
        // That of the command itself stays.
        state.noteDeclared(name)
    }

    // MARK: Text that is read again

    /// `eval`: its arguments, joined with blanks, are a command line of this shell.
    private mutating func evaluateText(
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var words = arguments
        if words.first?.literal == "--" { words.removeFirst() }
        guard let texts = words.texts else {
            emit(.commandDynamic, frame, program: "eval", at: call.range)
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
    private mutating func execute(
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var rest = arguments[...]
        while let option = rest.first?.literal, option.utf8.first == UInt8(ascii: "-") {
            rest.removeFirst()
            if option == "--" { break }
            if option.utf8.last == UInt8(ascii: "a") { rest = rest.dropFirst() }
        }
        return try runArguments(Array(rest), of: "exec", call, &state, frame)
    }

    /// `.` and `source`: a file that this shell reads.
    private mutating func source(
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
        access(.read, file.text, &state, frame, program: "source", at: call.range)
        let input = file.text.isStandardInput ? frame.input : content(of: file.text, state)
        use(input, as: .code)
        let positional = state.positional
        let rest = Array(arguments.drop { $0 != file }.dropFirst())
        if !rest.isEmpty { state.positional = .known(rest) }
        if case .text(let text) = input, !file.text.hasWildcard {
            let result = try runNested(text, &state, frame.wrapped(by: "source"), at: call.range)
            if !result.isKnown { state.forgetAll() }
            state.positional = positional
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
    private func trap(
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
    private mutating func runCommand(
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var rest = arguments[...]
        while let option = rest.first?.literal, option.utf8.first == UInt8(ascii: "-"),
            option.utf8.count > 1
        {
            rest.removeFirst()
            if option == "--" { break }
            if option.utf8.contains(UInt8(ascii: "v")) || option.utf8.contains(UInt8(ascii: "V")) {
                emit(.systemRead, frame, program: "command", at: call.range)
                return AbstractText(UnknownText(.text, from: .output))
            }
        }
        return try runArguments(Array(rest), of: "command", call, &state, frame)
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

extension Frame {
    /// Inside of a wrapper.
    func wrapped(by program: ShellText) -> Frame {
        var frame = self
        frame.wrappers.append(program)
        return frame
    }
}

extension ShellText {
    /// What stands before `=`, where that is a name.
    var variableName: ShellText? {
        let name = ShellText(
            Array(utf8.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: "+") })
        )
        return name.isName ? name : nil
    }

    /// The same, or what stands before a subscript: `a[0]`, `a[0]=x`.
    var declaredName: ShellText? {
        let name = ShellText(Array(utf8.prefix { !"=+[".utf8.contains($0) }))
        return name.isName ? name : nil
    }
}

extension ShellState {
    /// Gives up everything that text nobody can read may have changed.
    mutating func forgetAll() {
        areVariablesKnown = false
        variables = [:]
        positional = .unknown(.notComputed)
        areSettingsCertain = false
        areProgramsKnown = false
        directories = [.unknown]
        directoriesOnFailure = []
        previousDirectory = nil
    }
}
