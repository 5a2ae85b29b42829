import ShellSyntax

// `$(…)`, `<(…)`, `>(…)`: commands in words.

extension Interpreter {
    /// What `$(…)` may print, without the line feeds at its end.
    mutating func outputs(
        of list: CommandList,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> [AbstractText] {
        noteAliases(of: list, state, frame)
        var inner = try frame.nested().inCopy
        inner.collects = true
        var other = state.forked
        other.isOutputKnown = true
        var output = try run(list, &other, inner)
        end(output, other.progress)
        let mayBeNothing = outputSurety == .allOrNothing && !output.pieces.isEmpty
        if !mayBeNothing { output = takeSure(output) }
        outputSurety = .certain
        if let file = list.fileThatIsPrinted {
            output = fileInput(try foldPattern(file, &other, inner), other, inner).text
        }
        state.takeFiles(of: other)
        state.takeInput(of: other)
        output = output.withoutFinalNewlines
        return mayBeNothing ? [output, .empty] : [output]
    }

    /// Notes that a substitution may be other commands: bash reads it once more when it runs, with the
    /// aliases that there are by then.
    private mutating func noteAliases(
        of list: CommandList,
        _ state: ShellState,
        _ frame: Frame
    ) {
        if state.aliases.isEmpty || !state.options.expandsAliases { return }
        emit(.commandDynamic, frame, at: frame.origin.range(of: list.range))
    }

    /// The name of the file behind which the commands of `<(…)` are.
    mutating func file(
        for substitution: ProcessSubstitution,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        noteAliases(of: substitution.list, state, frame)
        var inner = try frame.nested().inBackground(beside: concurrentFiles)
        substitutions += 1
        let name = AbstractText(ShellText("/dev/fd/\(1000 - substitutions)"))
        var other = state.forked
        other.input = nil
        other.isOutputKnown = true
        other.files.startJob()
        let started = invocations.count
        // It is a job as any other.
        defer { state.isLastJobForeign = isForeign(since: started) }
        switch substitution.direction {
        case .input:
            inner.collects = true
            // It reads what the shell reads, and nobody knows when.
            inner.input = state.input ?? frame.input
            let reads = textReads
            var output = try run(substitution.list, &other, inner)
            end(output, other.progress)
            output = takeSure(output)
            if textReads != reads, let rest = inner.input.rest { state.input = rest }
            state.files.take(filesOfJob: other.files)
            for path in paths(of: name, state) { state.files[path] = .text(output) }
        case .output:
            inner.input = .unknown(UnknownText(.text, from: .output))
            inner.collects = false
            _ = try run(substitution.list, &other, inner)
            state.files.take(filesOfJob: other.files)
            receivers.append(Receiver(name: name, list: substitution.list))
        }
        return name
    }

    /// Runs once more, on what was written to it, each `>(…)` that was found since.
    mutating func runReceivers(
        from count: Int,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        guard receivers.count > count else { return }
        let found = receivers[count...]
        receivers.removeSubrange(count...)
        for receiver in found {
            let text = content(of: receiver.name, state, frame)
            guard text.text.literal?.isEmpty == false else { continue }
            var inner = try frame.nested().inBackground(beside: concurrentFiles)
            inner.input = text
            inner.collects = false
            var other = state.forked
            other.input = nil
            other.isOutputKnown = true
            other.files.startJob()
            _ = try run(receiver.list, &other, inner)
            state.files.take(filesOfJob: other.files)
        }
    }
}

/// The commands of a `>(…)`, and the name of the file behind which they are.
struct Receiver {
    let name: AbstractText
    let list: CommandList
}

extension CommandList {
    /// The file of `$(< FILE)`, which prints what is in it.
    fileprivate var fileThatIsPrinted: Word? {
        guard items.count == 1, items[0].andOr.rest.isEmpty,
            items[0].andOr.first.commands.count == 1,
            case .simple(let command) = items[0].andOr.first.commands[0],
            command.words.isEmpty, command.assignments.isEmpty, command.redirections.count == 1,
            command.redirections[0].operator == .input,
            case .word(let word) = command.redirections[0].target
        else { return nil }
        return word
    }
}
