import ShellSyntax

/// One program, function or built-in with all that it is given.
struct Call {
    /// The first is what runs.
    var arguments: [Argument]
    var range: SourceRange
    /// Whether functions are no longer looked for: behind `command`.
    var skipsFunctions = false
    /// Whether only built-ins are looked for: behind `builtin`.
    var isBuiltin = false
}

// What a call runs: a function, a built-in, a program.

extension Interpreter {
    /// Runs the same call with each of the argument vectors that it may have.
    mutating func run(
        _ call: Call,
        as vectors: [[Argument]],
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        if vectors.count == 1 { return try runDividing(call, &state, frame) }
        var outputs: [AbstractText] = []
        var ends: [ShellState] = []
        for vector in vectors {
            try step()
            var call = call
            call.arguments = vector
            var other = state
            outputs.append(takeSure(try runDividing(call, &other, frame)))
            ends.append(other)
        }
        return joined(outputs, ends, &state)
    }

    /// Runs a call, and notes what it changes where names of files that are split are other names.
    private mutating func runDividing(
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        guard let vector = call.arguments.withDividedNames else {
            return try run(call, &state, frame)
        }
        var other = state
        let output = try run(call, &state, frame)
        try runChanges(vector, &other, frame, at: call.range)
        return output
    }

    /// Finds what a call runs, and runs it.
    mutating func run(
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        guard let first = call.arguments.first else { return .empty }
        defer { note(call, &state, frame) }
        guard case .one(let text) = first, let name = text.literal else {
            emit(.commandDynamic, frame, at: call.range)
            noteObeying(first.text, frame, at: call.range)
            use(frame.input, as: .code)
            return AbstractText(UnknownText(.text, from: .output))
        }
        if state.flags.takesKeywords, call.arguments.dropFirst().contains(where: \.mayBeAssignment)
        {
            emit(.commandDynamic, frame, at: call.range)
        }
        if call.arguments.contains(where: \.isDeceptive) {
            emit(.commandDeceptive, frame, at: call.range)
        }
        guardWords(call.arguments, frame, at: call.range)
        // To bash a name with slashes in it may be a function's, too.
        let isPOSIX = frame.dialect == .posix || state.options.isPOSIX
        if !call.skipsFunctions, !call.isBuiltin, let choices = state.functions[name],
            !(isPOSIX && name.isSpecialBuiltin)
        {
            return try run(call, name, as: choices, &state, frame)
        }
        if !name.contains(UInt8(ascii: "/")) {
            try guardBuiltin(name, call, state, frame)
            if let output = try runBuiltin(name, call, &state, frame) { return output }
            if call.isBuiltin { return .empty }
            if frame.mayBeBash, Self.wordsOfBash.contains(name) {
                // Another shell finds no such program.
                emit(.systemRead, frame, program: name, at: call.range)
                return .empty
            }
        }
        let output = try runProgram(name, call, &state, frame)
        noteDoubt(of: name, call, output, &state, frame)
        return output
    }

    private static let wordsOfBash: Set<ShellText> = [
        "[[", "declare", "typeset", "shopt", "mapfile", "readarray", "let", "builtin", "enable",
        "pushd", "popd", "dirs", "caller", "disown", "compgen", "complete", "compopt", "select",
        "function", "coproc", "help", "logout", "suspend", "bind", "history", "source",
    ]

    /// Runs each of the functions that a name may be, and what it is where it is none.
    private mutating func run(
        _ call: Call,
        _ name: ShellText,
        as choices: [ShellFunction?],
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        if choices.count > ShellState.alternatives {
            emit(.commandDynamic, frame, program: name, at: call.range)
            use(frame.input, as: .code)
        }
        var outputs: [AbstractText] = []
        var ends: [ShellState] = []
        for choice in choices {
            if choices.count > 1 { try step() }
            var other = state
            if let choice {
                let rest = Array(call.arguments.dropFirst())
                outputs.append(
                    takeSure(try self.call(choice, rest, &other, frame, at: call.range))
                )
            } else {
                var call = call
                call.skipsFunctions = true
                outputs.append(takeSure(try run(call, &other, frame)))
            }
            ends.append(other)
        }
        return joined(outputs, ends, &state)
    }

    /// What holds behind several ways of which one is gone.
    func joined(
        _ outputs: [AbstractText],
        _ ends: [ShellState],
        _ state: inout ShellState
    ) -> AbstractText {
        state = ends[0]
        for end in ends.dropFirst() where end != state { state.join(end) }
        let isSame = outputs.allSatisfy { $0 == outputs[0] }
        return isSame ? outputs[0] : AbstractText.notComputed
    }

    private func note(_ call: Call, _ state: inout ShellState, _ frame: Frame) {
        // To dash `_` is a variable like any other.
        if frame.dialect == .bash, case .one(let text) = call.arguments.last {
            state.lastArgument = text
        } else {
            state.lastArgument = nil
        }
    }
}

extension Argument {
    fileprivate var mayBeAssignment: Bool {
        text.literal == nil || text.knownPrefix.contains(UInt8(ascii: "="))
    }

    /// Whether anything that is known of it looks like something else.
    fileprivate var isDeceptive: Bool {
        guard case .one(let text) = self else { return false }
        return text.pieces.contains { piece in
            if case .text(let known) = piece { known.isDeceptive } else { false }
        }
    }
}
