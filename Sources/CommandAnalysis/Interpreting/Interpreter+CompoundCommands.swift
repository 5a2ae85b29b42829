import ShellSyntax

// Groups, branches, and functions that are called.

extension Interpreter {
    mutating func run(
        _ command: CompoundCommand,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        guard !command.redirections.isEmpty else { return try run(command.body, &state, frame) }
        var reach = RedirectionReach.passing
        if case .subshell = command.body { reach = .elsewhere }
        let redirected = try redirect(command.redirections, reaching: reach, &state, frame)
        let input = state.input
        let skipped = command.redirections.contains(where: \.canFail) ? state : nil
        if redirected.replacesInput { state.input = nil }
        let output = try run(command.body, &state, redirected.frame)
        if redirected.replacesInput { state.input = redirected.restOfInput ?? input }
        try joinSkipped(skipped, &state)
        doubt(output, behind: command.redirections, redirected)
        let surety = outputSurety
        let range = frame.origin.range(of: command.range)
        noteEntries(in: output, writtenTo: redirected.outputs ?? [], frame, at: range)
        noteContents(redirected, output)
        let rest = finish(
            redirected,
            output,
            isDoubtful: command.redirections.count(where: \.canFail) > 1,
            &state,
            frame
        )
        outputSurety = surety
        return rest
    }

    private mutating func run(
        _ body: CompoundBody,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        switch body {
        case .braceGroup(let list): return try run(list, &state, frame)
        case .subshell(let list):
            var other = state.forked
            let output = try run(list, &other, frame.inCopy)
            end(output, other.progress)
            state.takeFiles(of: other)
            state.takeInput(of: other)
            return output
        case .forLoop(let loop): return try run(loop, &state, frame)
        case .selectLoop(let loop):
            use(frame.input, as: .data)
            if let rest = frame.input.rest { state.input = rest }
            let answer = UnknownText(.text, from: .variable("REPLY"))
            let range = frame.origin.range(of: loop.name.range)
            // Where the input ends nothing was chosen.
            let before = state
            try assign("REPLY", .unknown(answer), &state, frame, at: range)
            let output = try run(loop, &state, frame)
            try joinSkipped(before, &state)
            return output.perhapsPrinted
        case .caseClause(let clause): return try run(clause, &state, frame)
        case .ifClause(let clause): return try run(clause, &state, frame)
        case .whileLoop(let loop)
        where loop.condition.readsLine && state.readOnly.isEmpty
            && state.functions["read"] == nil && hasLine(state, frame) && hasLines(state, frame):
            return try iterate(loop, &state, frame)
        case .whileLoop(let loop), .untilLoop(let loop): return try run(loop, &state, frame)
        case .arithmeticFor(let loop):
            if let start = loop.start { _ = try evaluate(start, &state, frame) }
            return try repeated(loop.body.list, &state, frame) {
                interpreter,
                state throws(AnalysisProblem) in
                if let condition = loop.condition {
                    _ = try interpreter.evaluate(condition, &state, frame)
                }
                let output = try interpreter.run(loop.body.list, &state, frame.inLoop)
                if let step = loop.step { _ = try interpreter.evaluate(step, &state, frame) }
                return output
            }
        case .arithmetic(let arithmetic):
            _ = try evaluate(arithmetic, &state, frame)
            return .empty
        case .conditional(let expression):
            try test(expression, &state, frame)
            return .empty
        }
    }

    // MARK: Branches

    private mutating func run(
        _ clause: IfClause,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var outputs: [AbstractText] = []
        var ends: [ShellState] = []
        var printed = Printed()
        for branch in clause.branches {
            let hasLeft = state.hasPerhapsLeft
            let output = try run(branch.condition, &state, frame)
            // Only the first condition is looked at in any case.
            if !outputs.isEmpty { doubtOutput(.allOrNothing) }
            append(output, to: &printed, &state, frame, hasLeft: hasLeft)
            var inner = state
            outputs.append(takeSure(try run(branch.body, &inner, frame)))
            if endsHere(branch.body, inner, frame) {
                state.addDepartures(of: inner)
            } else {
                ends.append(inner)
            }
        }
        if let otherwise = clause.otherwise {
            outputs.append(takeSure(try run(otherwise, &state, frame)))
        } else {
            outputs.append(.empty)
        }
        if let otherwise = clause.otherwise, endsHere(otherwise, state, frame),
            var first = ends.first
        {
            first.addDepartures(of: state)
            state = first
        }
        try join(&state, ends)
        outputSurety = .certain
        append(outputs.common, to: &printed, &state, frame, hasLeft: false)
        return finish(printed)
    }

    private mutating func run(
        _ clause: CaseClause,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        _ = try foldTexts(clause.subject, &state, frame)
        var outputs: [AbstractText] = [.empty]
        var ends: [ShellState] = []
        for item in clause.items {
            for pattern in item.patterns {
                var other = state
                _ = try foldTexts(pattern, &other, frame)
                try join(&state, [other])
            }
            var inner = state
            // The list before may have fallen through to this one.
            if let last = ends.last { try join(&inner, last) }
            outputs.append(takeSure(try run(item.list, &inner, frame)))
            ends.append(inner)
        }
        try join(&state, ends)
        return outputs.common
    }

    // MARK: Functions

    /// Runs a function with arguments.
    mutating func call(
        _ function: ShellFunction,
        _ arguments: [Argument],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) -> AbstractText {
        guard let name = function.definition.name.parts.plainText else { return .empty }
        var inner = try frame.nested()
        // What calls itself is walked twice, the second time for what its arguments become.
        if frame.calls.count(where: { $0 == name }) > 1 {
            emit(.commandDynamic, frame, program: name, at: range)
            return AbstractText.notComputed
        }
        inner.calls.append(name)
        // Of an earlier line there is no place in this one.
        inner.origin = function.isOfEarlierLine ? .part(range) : function.origin
        let positional = state.positional
        state.positional = .known(arguments)
        state.scopes.append(VariableScope(.function))
        let outer = state.departures
        inner.isInLoop = false
        inner.canReturn = true
        let progress = state.progress
        let output = try run(function.definition.body, &state, inner)
        end(output, state.progress)
        state.progress.printsPerhaps = progress.printsPerhaps
        try join(&state, state.endCall(leaving: outer))
        state.leaveScope()
        state.positional = positional
        return output
    }
}

extension [AbstractText] {
    /// The one of them where all are the same, else unknown.
    fileprivate var common: AbstractText {
        guard let first else { return .empty }
        return allSatisfy { $0 == first }
            ? first : AbstractText.notComputed
    }
}
