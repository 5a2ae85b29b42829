import ShellSyntax

// Groups, branches, loops, and functions that are called.

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
        if redirected.replacesInput { state.input = nil }
        let output = try run(command.body, &state, redirected.frame)
        if redirected.replacesInput { state.input = redirected.restOfInput ?? input }
        return redirected.finish(output, &state, collects: frame.collects)
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
            state.files = other.files
            state.input = other.input
            return output
        case .forLoop(let loop): return try run(loop, &state, frame)
        case .selectLoop(let loop):
            use(frame.input, as: .data)
            if let rest = frame.input.rest { state.input = rest }
            let answer = UnknownText(.text, from: .variable("REPLY"))
            let range = frame.origin.range(of: loop.name.range)
            try assign("REPLY", .unknown(answer), &state, frame, at: range)
            return try run(loop, &state, frame)
        case .caseClause(let clause): return try run(clause, &state, frame)
        case .ifClause(let clause): return try run(clause, &state, frame)
        case .whileLoop(let loop)
        where loop.condition.readsLine && state.functions["read"] == nil && hasLines(state, frame):
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
                let output = try interpreter.run(loop.body.list, &state, frame)
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
        for branch in clause.branches {
            _ = try run(branch.condition, &state, frame)
            var inner = state
            outputs.append(try run(branch.body, &inner, frame))
            if !branch.body.endsShell { ends.append(inner) }
        }
        if let otherwise = clause.otherwise {
            outputs.append(try run(otherwise, &state, frame))
        } else {
            outputs.append(.empty)
        }
        if clause.otherwise?.endsShell == true, let first = ends.first { state = first }
        try join(&state, ends)
        return outputs.common
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
            for pattern in item.patterns { _ = try foldTexts(pattern, &state, frame) }
            var inner = state
            // The list before may have fallen through to this one.
            if let last = ends.last { try join(&inner, last) }
            outputs.append(try run(item.list, &inner, frame))
            ends.append(inner)
        }
        try join(&state, ends)
        return outputs.common
    }

    // MARK: Loops

    private mutating func run(
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
                outputs.append(try iterate(list, name, loop.body.list, &other, frame))
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
            } ?? .unknown(UnknownText(.text, from: all.environment ?? .variable(name)))
        return try repeated(loop.body.list, &state, frame) {
            interpreter,
            state throws(AnalysisProblem) in
            try interpreter.assign(
                name,
                value,
                &state,
                frame,
                at: frame.origin.range(of: loop.name.range)
            )
            return try interpreter.run(loop.body.list, &state, frame)
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
        var output = AbstractText.empty
        // The body may end the loop early, so any state on the way may be the last.
        var ends: [ShellState] = []
        let mayLeave = list.mayLeaveLoop
        for text in texts {
            if mayLeave { ends.append(state) }
            let range = frame.origin.range(of: list.range)
            try assign(name, .scalar([text]), &state, frame, at: range)
            append(try run(list, &state, frame), to: &output, frame)
        }
        try join(&state, ends)
        return mayLeave && texts.count > 1 ? output.asPossible : output
    }

    private mutating func run(
        _ loop: ConditionLoop,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        try repeated(loop.body, &state, frame) { interpreter, state throws(AnalysisProblem) in
            var output = try interpreter.run(loop.condition, &state, frame)
            interpreter.append(
                try interpreter.run(loop.body, &state, frame),
                to: &output,
                frame
            )
            return output
        }
    }

    /// Whether standard input is known, and has few lines.
    private func hasLines(_ state: ShellState, _ frame: Frame) -> Bool {
        guard case .text(let text) = state.input ?? frame.input, let literal = text.literal else {
            return false
        }
        return literal.utf8.count(where: { $0 == 0x0A }) <= AnalysisLimits.iterations
    }

    /// Walks `while read …` once for each line that it reads.
    private mutating func iterate(
        _ loop: ConditionLoop,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText {
        var output = AbstractText.empty
        var ends: [ShellState] = []
        let mayLeave = loop.body.mayLeaveLoop
        while hasLines(state, frame) {
            let input = state.input
            if mayLeave { ends.append(state) }
            append(try run(loop.condition, &state, frame), to: &output, frame)
            append(try run(loop.body, &state, frame), to: &output, frame)
            if state.input == input { break }
        }
        // Where something else took of the input, nobody knows how it goes on.
        if state.input != .nothing {
            append(try run(loop, &state, frame), to: &output, frame)
        } else {
            append(try run(loop.condition, &state, frame), to: &output, frame)
        }
        try join(&state, ends)
        return mayLeave ? output.asPossible : output
    }

    /// Walks what may run any number of times, until it changes nothing any more.
    private mutating func repeated(
        _ list: CommandList,
        _ state: inout ShellState,
        _ frame: Frame,
        _ body: (inout Interpreter, inout ShellState) throws(AnalysisProblem) -> AbstractText
    ) throws(AnalysisProblem) -> AbstractText {
        let before = state
        var output = try body(&self, &state)
        try join(&state, before)
        guard state != before else { return output.asPossible }
        state.widen(from: before)
        for _ in 0..<Self.widenings {
            let widened = state
            output = try body(&self, &state)
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
        let output = try run(function.definition.body, &state, inner)
        state.leaveScope()
        state.positional = positional
        return output
    }
}

extension CommandList {
    fileprivate var endsShell: Bool {
        guard let last = items.last, last.terminator != .ampersand else { return false }
        return (last.andOr.rest.isEmpty ? last.andOr.first : last.andOr.rest[0].pipeline).endsShell
            && last.andOr.rest.isEmpty
    }

    /// Whether it is `read …` and nothing else.
    fileprivate var readsLine: Bool {
        guard items.count == 1, items[0].andOr.rest.isEmpty,
            items[0].andOr.first.commands.count == 1, items[0].andOr.first.prefixes.isEmpty,
            case .simple(let command) = items[0].andOr.first.commands[0]
        else { return false }
        return command.words.first?.parts.plainText == "read" && command.redirections.isEmpty
    }

    /// Whether `break`, `continue`, `exit` or `return` stand anywhere in it, or what could be one.
    fileprivate var mayLeaveLoop: Bool {
        struct Search: SyntaxVisitor {
            var isFound = false
            mutating func visit(_ command: SimpleCommand) {
                guard let first = command.words.first else {
                    visitChildren(of: command)
                    return
                }
                switch first.parts.plainText {
                case "break", "continue", "exit", "return", "eval", ".", "source", "command",
                    "builtin", nil:
                    isFound = true
                case _?: visitChildren(of: command)
                }
            }
        }
        var search = Search()
        search.visit(self)
        return search.isFound
    }
}

extension [Argument] {
    /// All of them as texts, where there is no place for any number.
    var texts: [AbstractText]? {
        var texts: [AbstractText] = []
        for argument in self {
            guard case .one(let text) = argument else { return nil }
            texts.append(text)
        }
        return texts
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

extension [AbstractText] {
    /// The one of them where all are the same, else unknown.
    fileprivate var common: AbstractText {
        guard let first else { return .empty }
        return allSatisfy { $0 == first }
            ? first : AbstractText.notComputed
    }
}

extension AbstractText {
    /// What is printed if what prints may also not run, or run again.
    fileprivate var asPossible: AbstractText {
        pieces.isEmpty ? self : AbstractText.notComputed
    }
}
