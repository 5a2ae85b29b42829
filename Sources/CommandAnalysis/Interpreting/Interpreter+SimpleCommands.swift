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

extension Interpreter {
    mutating func run(
        _ command: SimpleCommand,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let range = frame.origin.range(of: command.range)
        guard !command.words.isEmpty else {
            // Redirections without a command make files; substitutions in values run.
            if !command.redirections.isEmpty {
                let redirected = try redirect(
                    command.redirections,
                    reaching: .passing,
                    &state,
                    frame.sendingNothing
                )
                noteContents(redirected, .empty)
                _ = redirected.finish(.empty, &state, collects: false)
            }
            for assignment in command.assignments { try assign(assignment, &state, frame) }
            return .empty
        }
        if let name = command.words[0].literal, state.functions[name] == nil,
            isDeclaration(name, frame.dialect)
        {
            return try declare(command, name, &state, frame)
        }
        if command.words[0].literal == "time" { noteTime(command, state, frame) }
        let known = receivers.count
        let first = actions.count
        let vectors = try foldArguments(of: command, &state, frame)
        let reach = reach(ofRedirectionsOf: vectors, state, frame)
        let sender = sendsNothing(vectors, command, state) ? frame.sendingNothing : frame
        var redirected = try redirect(command.redirections, reaching: reach, &state, sender)
        let saved = try assignForCommand(command, &state, frame, isTemporary: reach == .elsewhere)
        let call = Call(
            arguments: vectors[0],
            range: range
        )
        let start = actions.count
        let output = try run(call, as: vectors, &redirected, &state)
        noteSending(of: first..<start, to: start..<actions.count)
        noteSending(of: start..<actions.count, to: first..<start)
        endCommand(saved, call.arguments.first?.literal, &state, frame)
        noteEntries(in: output, writtenTo: redirected.outputs ?? [], frame, at: range)
        noteContents(redirected, output)
        let rest = redirected.finish(output, &state, collects: frame.collects)
        try runReceivers(from: known, &state, frame)
        return rest
    }

    /// Whether a command writes no more than an empty line: so one looks whether a port is open.
    private func sendsNothing(
        _ vectors: [[Argument]],
        _ command: SimpleCommand,
        _ state: ShellState
    ) -> Bool {
        guard vectors.count == 1, vectors[0].count == 1, let name = vectors[0][0].literal,
            state.functions[name] == nil, state.areProgramsKnown
        else { return false }
        switch name {
        case ":", "true", "echo": return true
        // What is opened stays open, under a number to which somebody must write.
        case "exec": return command.redirections.allSatisfy(\.isOfHighNumber)
        case "cat":
            let inputs = command.redirections.filter { $0.operator.readsFrom }
            return !inputs.isEmpty && inputs.allSatisfy(\.isOfNothing)
        default: return false
        }
    }

    /// Runs a call with its redirections, and notes what they leave behind.
    private mutating func run(
        _ call: Call,
        as vectors: [[Argument]],
        _ redirected: inout Redirected,
        _ state: inout ShellState
    ) throws(AnalysisProblem) -> AbstractText {
        let input = state.input
        let reads = textReads
        if redirected.replacesInput { state.input = nil }
        let output = try run(call, as: vectors, &state, redirected.frame)
        if vectors.contains(where: \.isExec) {
            // These redirections stay.
            if !redirected.replacesInput {
                state.input = input
            } else {
                state.input = redirected.frame.input
            }
            if redirected.movesOutput { state.isOutputKnown = false }
            // Whatever is printed from now on comes behind what anybody else writes there.
            for path in redirected.outputs ?? [] { state.files.race(path) }
            redirected.outputs = nil
        } else if redirected.replacesInput {
            state.input = redirected.restOfInput ?? input
        } else if textReads != reads, state.input == input {
            // How much of it is left nobody knows.
            state.input = .unknown(UnknownText(.text, from: .file))
        }
        return output
    }

    /// Runs the same call with each of the argument vectors that it may have.
    private mutating func run(
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
            outputs.append(try runDividing(call, &other, frame))
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
        defer { note(call, &state) }
        guard case .one(let text) = first, let name = text.literal else {
            emit(.commandDynamic, frame, at: call.range)
            use(frame.input, as: .code)
            return AbstractText(UnknownText(.text, from: .output))
        }
        if call.arguments.contains(where: \.isDeceptive) {
            emit(.commandDeceptive, frame, at: call.range)
        }
        guardWords(call.arguments, frame, at: call.range)
        // To bash a name with slashes in it may be a function's, too.
        if !call.skipsFunctions, !call.isBuiltin, let choices = state.functions[name] {
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
        return try runProgram(name, call, &state, frame)
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
                outputs.append(try self.call(choice, rest, &other, frame, at: call.range))
            } else {
                var call = call
                call.skipsFunctions = true
                outputs.append(try run(call, &other, frame))
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

    private func note(_ call: Call, _ state: inout ShellState) {
        if case .one(let text) = call.arguments.last {
            state.lastArgument = text
        } else {
            state.lastArgument = nil
        }
    }
}

extension [Argument] {
    /// Whether it is `exec`, whose redirections are those of the shell from then on.
    fileprivate var isExec: Bool {
        switch self.first?.literal {
        case "exec": true
        case "command", "builtin": contains { $0.literal == "exec" }
        case _?, nil: false
        }
    }
}

extension Argument {
    /// Whether anything that is known of it looks like something else.
    fileprivate var isDeceptive: Bool {
        guard case .one(let text) = self else { return false }
        return text.pieces.contains { piece in
            if case .text(let known) = piece { known.isDeceptive } else { false }
        }
    }
}

extension Frame {
    fileprivate var sendingNothing: Frame {
        var frame = self
        frame.sendsNothing = true
        return frame
    }
}

extension Redirection {
    fileprivate var isOfHighNumber: Bool {
        if case .number(let number)? = descriptor { Int(number) > 2 } else { false }
    }

    /// Whether it is `< /dev/null`.
    fileprivate var isOfNothing: Bool {
        guard descriptor == nil, self.operator == .input, case .word(let word) = target else {
            return false
        }
        return word.literal == "/dev/null"
    }
}

extension RedirectionOperator {
    fileprivate var readsFrom: Bool {
        switch self {
        case .input, .inputOutput, .duplicateInput, .hereString, .hereDocument,
            .hereDocumentStrippingTabs:
            true
        case .output, .append, .clobber, .duplicateOutput, .outputAndError, .appendOutputAndError:
            false
        }
    }
}
