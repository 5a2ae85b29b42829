import ShellSyntax

// Lists, and-or lists, pipelines.

extension Interpreter {
    mutating func run(
        _ list: CommandList,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        if list.items.count == 1 { return try run(list.items[0], &state, frame) }
        var printed = Printed()
        for item in list.items {
            let hasLeft = state.hasPerhapsLeft
            let output = try run(item, &state, frame)
            append(output, to: &printed, &state, frame, hasLeft: hasLeft)
        }
        return finish(printed)
    }

    /// Runs what traps run, in what the shell has become.
    private mutating func runTraps(
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        guard stateOfTraps != state else { return }
        var joined = state
        for trap in state.traps {
            var later = state
            later.traps = []
            var inner = frame.wrapped(by: "trap")
            inner.collects = false
            _ = try runNested(trap.text, &later, inner, at: trap.range)
            // It may run at any time, and changes the shell.
            later.traps = state.traps
            later.lastArgument = state.lastArgument
            later.input = state.input
            later.progress = state.progress
            if later != joined { try join(&joined, later) }
        }
        state = joined
        stateOfTraps = state
    }

    private mutating func run(
        _ item: ListItem,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        guard item.terminator == .ampersand else { return try run(item.andOr, &state, frame) }
        // What runs in the background changes nothing here, but files.
        var other = state
        other.files.startJob()
        let started = invocations.count
        let output = try run(item.andOr, &other, frame.inBackground(beside: concurrentFiles))
        state.files.take(filesOfJob: other.files)
        state.input = other.input
        state.isLastJobForeign = isForeign(since: started)
        // It is printed at any time, among what others print.
        return output.perhapsPrinted
    }

    /// Whether any program since then runs as somebody else, or somewhere else.
    func isForeign(since first: Int) -> Bool {
        invocations[first...].contains {
            $0.context.identity != .login || $0.context.place != .target
        }
    }

    private mutating func run(
        _ andOr: AndOrList,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var hasLeft = state.hasPerhapsLeft
        let first = try run(andOr.first, &state, frame)
        if state.progress.mayEnd { state.progress.hasPerhapsEnded = true }
        if andOr.rest.isEmpty {
            // A `cd` alone that fails under `set -e` ends the shell.
            if state.flags.exitsOnError { state.directoriesOnFailure = [] }
            state.acceptFailedChange()
            return first
        }
        var printed = Printed()
        append(first, to: &printed, &state, frame, hasLeft: hasLeft)
        var mayStop = andOr.first.canFail
        var failure = andOr.first.canFail ? state.afterFailure : nil
        state.directoriesOnFailure = []
        for member in andOr.rest {
            switch member.operator {
            case .and:
                hasLeft = state.hasPerhapsLeft
                let output = try run(member.pipeline, &state, frame)
                if mayStop { doubtOutput(.allOrNothing) }
                append(output, to: &printed, &state, frame, hasLeft: hasLeft)
                if member.pipeline.canFail { mayStop = true }
                if member.pipeline.canFail {
                    var joined = state.afterFailure
                    if let earlier = failure {
                        joined = earlier
                        try join(&joined, state.afterFailure)
                    }
                    failure = joined
                }
                state.directoriesOnFailure = []
            case .or:
                // What cannot fail has nothing behind `||`, but whatever may run counts as run.
                var other = failure ?? state
                let output = try run(member.pipeline, &other, frame)
                outputSurety = .certain
                if frame.collects { printed.append(alternative: output) }
                mayStop = true
                failure = nil
                if endsHere(member.pipeline, other, frame) {
                    state.addDepartures(of: other)
                    continue
                }
                if member.pipeline.canFail { failure = other.afterFailure }
                other.directoriesOnFailure = []
                try join(&state, other)
            }
        }
        if let failure { try join(&state, failure) }
        return finish(printed)
    }

    private mutating func run(
        _ pipeline: Pipeline,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let commands = pipeline.commands
        if commands.isEmpty { return .empty }
        if frame.place == .target { pipelines += 1 }
        if !pipeline.prefixes.isEmpty { try runPrefixes(of: pipeline, state, frame) }
        if commands.count == 1 { return try run(commands[0], &state, frame).withoutNull }
        noteInterrupt(&state, frame)
        var input = state.input ?? frame.input
        var output = AbstractText.empty
        var surety = OutputSurety.certain
        let activities = concurrentFiles.next
        defer {
            sources.endPipeline()
            concurrentFiles.end(since: activities)
        }
        let first = actions.count
        for (index, command) in commands.enumerated() {
            let start = actions.count
            let isLast = index == commands.count - 1
            // In a guarded shell jobs are controlled, and then `lastpipe` does nothing; but it may.
            var inner = isLast && state.flags.lastPipe ? frame : frame.inCopy
            inner.input = input
            inner.collects = !isLast || frame.collects
            if inner.company == .none { inner.company = .pipeline }
            inner.activity = concurrentFiles.start(from: frame.activity, lasts: false)
            var other = state.forked
            if index > 0 { other.input = nil }
            if !isLast { other.isOutputKnown = true }
            output = try run(command, &other, inner)
            end(output, other.progress)
            // What is made of a text is not made of none.
            if surety != .certain, !isLast { output = output.perhapsPrinted }
            surety = min(surety, outputSurety)
            noteSending(of: first..<start, to: start..<actions.count)
            let range = frame.origin.range(of: pipeline.range)
            noteObeying(in: first..<start, by: start..<actions.count, frame, at: range)
            if isLast && state.flags.lastPipe { try join(&state, other) }
            state.takeFiles(of: other)
            if index == 0 { state.takeInput(of: other) }
            // With errors in it, nobody knows what is written.
            let isAll = isLast || pipeline.operators[index] == .output
            // Only those that divide at zero bytes take them for what they are.
            if isLast || !commands[index + 1].dividesAtNull { output = output.withoutNull }
            if !isLast, surety != .certain, !commands[index + 1].readsAsWhole(state) {
                output = output.perhapsPrinted
            }
            input = .text(isAll ? output : output.mixed)
        }
        outputSurety = surety
        return output
    }

    mutating func run(
        _ command: Command,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        try step()
        effort.remember(state)
        outputSurety = .certain
        noteInterrupt(by: command, &state, frame)
        let output =
            if let input = state.input {
                try runCommand(command, &state, frame.reading(input))
            } else {
                try runCommand(command, &state, frame)
            }
        if state.progress.hasPerhapsEnded { noteInterrupt(&state, frame) }
        effort.fold(output.weight)
        if !state.traps.isEmpty { try runTraps(&state, frame) }
        // What traps print stands somewhere in it.
        let isKnown = state.isOutputKnown && state.traps.isEmpty
        return isKnown || !frame.collects ? output : .notComputed
    }

    private mutating func runCommand(
        _ command: Command,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        switch command {
        case .simple(let command): return try run(command, &state, frame)
        case .compound(let command): return try run(command, &state, frame)
        case .function(let definition):
            define(definition, &state, frame)
            return .empty
        case .coprocess(let coprocess):
            let started = invocations.count
            try start(coprocess, &state, frame)
            state.isLastJobForeign = isForeign(since: started)
            return .empty
        }
    }

    private mutating func define(
        _ definition: FunctionDefinition,
        _ state: inout ShellState,
        _ frame: Frame
    ) {
        let range = frame.origin.range(of: definition.name.range)
        guardFunction(definition.name.parts.plainText, frame, at: range)
        guard let name = definition.name.parts.plainText else {
            state.areProgramsKnown = false
            return
        }
        // Any program that is not there runs it.
        if name == "command_not_found_handle" {
            emit(.commandDynamic, frame, program: name, at: range)
        }
        // In a loop it is the same one each time.
        let known = state.functions[name]?.compactMap(\.self).first {
            $0.origin == frame.origin && $0.definition == definition
        }
        functions += 1
        let function = ShellFunction(
            definition: definition,
            origin: frame.origin,
            number: functions
        )
        // One that is read-only stays what it was.
        let others = state.readOnly.contains(name) ? state.functions[name] ?? [nil] : []
        state.functions[name] = [known ?? function] + others
        if state.flags.exportsAll { state.exportedFunctions.insert(name) }
    }
}

extension AbstractText {
    /// The same; nothing is known of a text with zero bytes, which shells drop and others do not.
    fileprivate var withoutNull: AbstractText {
        let hasNull = pieces.contains {
            if case .text(let text) = $0 { text.utf8.contains(0) } else { false }
        }
        return hasNull ? .notComputed : self
    }
}

extension ShellState {
    /// What a subshell starts with: traps are not for it.
    var forked: ShellState {
        var other = self
        other.progress = progress.forked
        if !departures.isEmpty { other.departures = Departures() }
        if !traps.isEmpty, !flags.inheritsTraps { other.traps = [] }
        return other
    }

    /// What holds where the last command failed.
    fileprivate var afterFailure: ShellState {
        guard !directoriesOnFailure.isEmpty else { return self }
        var state = self
        state.directories = directoriesOnFailure
        state.directoriesOnFailure = []
        return state
    }
}
