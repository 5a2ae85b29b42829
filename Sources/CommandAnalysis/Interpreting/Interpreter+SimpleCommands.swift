import ShellSyntax

// Words, with what is opened and set for them.

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
                let before = state.files
                _ = redirected.finish(.empty, &state, collects: false)
                if command.redirections.count(where: \.canFail) > 1 { state.files.join(before) }
            }
            state.lastArgument = nil
            let skipped = command.redirections.contains(where: \.canFail) ? state : nil
            for assignment in command.assignments { try assign(assignment, &state, frame) }
            try joinSkipped(skipped, &state)
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
        // Those of a program are expanded where it starts, and perhaps not all of them.
        var skipped = command.redirections.contains(where: \.canFail) ? state : nil
        let reach = reach(ofRedirectionsOf: vectors, state, frame)
        var redirected = Redirected(frame: frame, reach: reach)
        redirected.frame.sendsNothing = false
        if !command.redirections.isEmpty {
            let isSilent = sendsNothing(vectors, command, state)
            let sender = isSilent ? frame.sendingNothing : frame
            redirected = try redirect(command.redirections, reaching: reach, &state, sender)
        }
        skipped?.files = state.files
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
        if skipped != nil, !vectors.contains(where: \.isExec) {
            try joinSkipped(skipped, &state)
        }
        if skipped != nil, call.arguments.first?.literal?.isSpecialBuiltin == true {
            state.progress.hasPerhapsEnded = true
        }
        doubt(output, behind: command.redirections, redirected)
        let surety = outputSurety
        noteEntries(in: output, writtenTo: redirected.outputs ?? [], frame, at: range)
        noteContents(redirected, output)
        noteFilling(vectors, of: command, redirected, frame, at: range)
        let rest = finish(
            redirected,
            output,
            isDoubtful: command.redirections.count(where: \.canFail) > 1,
            &state,
            frame
        )
        try runReceivers(from: known, &state, frame)
        outputSurety = surety
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
            for path in redirected.writable { state.files.race(path) }
            redirected.outputs = nil
        } else if redirected.replacesInput {
            state.input = redirected.restOfInput ?? input
        } else if textReads != reads, state.input == input {
            // How much of it is left nobody knows.
            state.input = .unknown(UnknownText(.text, from: .file))
        }
        return output
    }
}

extension [Argument] {
    /// Whether it is `exec`, whose redirections are those of the shell from then on.
    fileprivate var isExec: Bool {
        guard let name = self.first?.literal, Self.leadingToExec.contains(name) else {
            return false
        }
        return contains { $0.literal == "exec" }
    }

    private static let leadingToExec: NameSet = ["exec", "command", "builtin"]
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
