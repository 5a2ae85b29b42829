import ShellSyntax

// Loops: once for each word or line where these are known, else until nothing changes any more.

extension Interpreter {
    mutating func run(
        _ loop: ForLoop,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        guard let name = loop.name.parts.plainText else { return .empty }
        let words: [[Argument]]
        if let list = loop.words {
            words = try foldArguments(list, &state, frame)
        } else {
            words = [state.positionalArguments]
        }
        let lists = words.compactMap(\.texts)
        if lists.count == words.count,
            lists.reduce(0, { $0 + $1.count }) <= AnalysisLimits.iterations
        {
            var outputs: [AbstractText] = []
            var ends: [ShellState] = []
            for list in lists {
                var other = state
                outputs.append(takeSure(try iterate(list, name, loop.body.list, &other, frame)))
                ends.append(other)
            }
            return joined(outputs, ends, &state)
        }
        let all = words.flatMap(\.self)
        let value: Variable.Value =
            all.texts.map { texts in
                texts.count <= ShellState.alternatives
                    ? .scalar(texts)
                    : .unknown(
                        UnknownText(AbstractText.commonShape(of: texts), from: .variable(name))
                    )
            } ?? .unknown(UnknownText(all.shapeOfEach, from: all.environment ?? .variable(name)))
        let range = frame.origin.range(of: loop.name.range)
        // What the loop itself does to its variable is no reason to walk it once more.
        var assigned = state
        try assign(name, value, &assigned, frame, at: range)
        try join(&state, assigned)
        return try repeated(loop.body.list, &state, frame) {
            interpreter,
            state throws(AnalysisProblem) in
            try interpreter.assign(name, value, &state, frame, at: range)
            return try interpreter.run(loop.body.list, &state, frame.inLoop)
        }
    }

    /// Walks a loop once for each of its words.
    private mutating func iterate(
        _ texts: [AbstractText],
        _ name: ShellText,
        _ list: CommandList,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var printed = Printed()
        var ends: [ShellState] = []
        let progress = state.progress
        let outer = state.departures
        // A loop whose variable cannot be set is not walked.
        if state.readOnly.contains(name) || Self.readOnlyOfBash.contains(name) {
            ends.append(state)
        }
        for text in texts {
            let range = frame.origin.range(of: list.range)
            try assign(name, .scalar([text]), &state, frame, at: range)
            let hasLeft = state.hasPerhapsLeft || !ends.isEmpty
            let output = try run(list, &state, frame.inLoop)
            append(output, to: &printed, &state, frame, hasLeft: hasLeft)
            let left = state.endPass(leaving: outer)
            try join(&state, left)
            ends += left
        }
        try join(&state, ends)
        return finish(printed, of: progress, &state)
    }

    /// What a loop printed that is over.
    private mutating func finish(
        _ printed: Printed,
        of progress: ShellProgress,
        _ state: inout ShellState
    ) -> AbstractText {
        let output = finish(printed)
        end(output, state.progress)
        state.progress.printsPerhaps = progress.printsPerhaps
        return output
    }

    mutating func run(
        _ loop: ConditionLoop,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        // Behind the loop holds what holds behind its condition.
        let outer = state.departures
        var printed = Printed()
        let hasLeft = state.hasPerhapsLeft
        let output = try run(loop.condition, &state, frame.inLoop)
        append(output, to: &printed, &state, frame, hasLeft: hasLeft)
        try join(&state, state.endPass(leaving: outer))
        let rest = try repeated(loop.body, &state, frame) {
            interpreter,
            state throws(AnalysisProblem) in
            try interpreter.runOnce(loop, &state, frame.inLoop)
        }
        append(rest, to: &printed, &state, frame, hasLeft: false)
        return finish(printed)
    }

    /// Walks the body, then the condition of what comes next.
    private mutating func runOnce(
        _ loop: ConditionLoop,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        let outer = state.departures
        var printed = Printed()
        append(try run(loop.body, &state, frame), to: &printed, &state, frame, hasLeft: false)
        // `continue` leads to the condition.
        try join(&state, state.endPass(leaving: outer))
        let output = try run(loop.condition, &state, frame)
        append(output, to: &printed, &state, frame, hasLeft: false)
        return finish(printed)
    }

    /// Whether standard input is known, and there is something in it.
    func hasLine(_ state: ShellState, _ frame: Frame) -> Bool {
        guard case .text(let text) = state.input ?? frame.input else { return false }
        return text.literal?.isEmpty == false
    }

    /// Whether standard input is known, and has few lines.
    func hasLines(_ state: ShellState, _ frame: Frame) -> Bool {
        guard case .text(let text) = state.input ?? frame.input, let literal = text.literal else {
            return false
        }
        // At the end of a line that is not ended the condition fails.
        if let last = literal.utf8.last, last != 0x0A { return false }
        return literal.utf8.count(where: { $0 == 0x0A }) <= AnalysisLimits.iterations
    }

    /// Walks `while read …` once for each line that it reads.
    mutating func iterate(
        _ loop: ConditionLoop,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var printed = Printed()
        var ends: [ShellState] = []
        let progress = state.progress
        let outer = state.departures
        while hasLines(state, frame) {
            let input = state.input
            for list in [loop.condition, loop.body] {
                let hasLeft = state.hasPerhapsLeft || !ends.isEmpty
                let output = try run(list, &state, frame.inLoop)
                append(output, to: &printed, &state, frame, hasLeft: hasLeft)
            }
            let left = state.endPass(leaving: outer)
            try join(&state, left)
            ends += left
            if state.input == input { break }
        }
        // Where something else took of the input, nobody knows how it goes on.
        if state.input != .nothing {
            let output = try run(loop, &state, frame)
            append(output, to: &printed, &state, frame, hasLeft: !ends.isEmpty)
        } else {
            let output = try run(loop.condition, &state, frame)
            append(output, to: &printed, &state, frame, hasLeft: !ends.isEmpty)
        }
        try join(&state, ends)
        return finish(printed, of: progress, &state)
    }

    /// Walks what may run any number of times, until it changes nothing any more.
    mutating func repeated(
        _ list: CommandList,
        _ state: inout ShellState,
        _ frame: Frame,
        _ body: (inout Interpreter, inout ShellState) throws(AnalysisProblem) -> AbstractText
    ) throws(AnalysisProblem) -> AbstractText {
        let before = state
        let outer = state.departures
        var output = takeSure(try body(&self, &state))
        try join(&state, state.endPass(leaving: outer))
        try join(&state, before)
        guard state != before else { return output.asPossible }
        state.widen(from: before)
        for _ in 0..<Self.widenings {
            let widened = state
            output = takeSure(try body(&self, &state))
            try join(&state, state.endPass(leaving: outer))
            try join(&state, widened)
            state.widen(from: before)
            if state == widened { return output.asPossible }
        }
        // What the next pass would run was not seen.
        emit(.commandDynamic, frame, at: frame.origin.range(of: list.range))
        return output.asPossible
    }

    // LIMIT: how often a loop is walked again with what it changed unknown: a variable that follows
    // another one takes one more time.
    static let widenings = 8
}

extension CommandList {
    /// Whether it is `read …` and nothing else.
    var readsLine: Bool {
        guard items.count == 1, items[0].andOr.rest.isEmpty,
            items[0].andOr.first.commands.count == 1, items[0].andOr.first.prefixes.isEmpty,
            case .simple(let command) = items[0].andOr.first.commands[0]
        else { return false }
        guard command.words.first?.parts.plainText == "read", command.redirections.isEmpty else {
            return false
        }
        return command.words.dropFirst().allSatisfy { word in
            guard let text = word.parts.plainText else { return false }
            return text == "-r" || text.isName
        }
    }
}

extension [Argument] {
    /// The variable of the environment whose words they are, if they are nothing else.
    fileprivate var environment: UnknownText.Origin? {
        guard count == 1, case .any(let unknown) = self[0], unknown.isOfEnvironment else {
            return nil
        }
        return unknown.origin
    }
}

extension [Argument] {
    /// What each of them is, any number or not: numbers, or anything.
    fileprivate var shapeOfEach: UnknownText.Shape {
        let areNumbers = allSatisfy { argument in
            switch argument {
            case .one(let text): text.shape == .digits
            case .any(let unknown): unknown.shape == .digits
            }
        }
        return areNumbers && !isEmpty ? .digits : .text
    }
}

extension AbstractText {
    /// What is printed if what prints may also not run, or run again.
    fileprivate var asPossible: AbstractText {
        pieces.isEmpty ? self : AbstractText.notComputed
    }
}
