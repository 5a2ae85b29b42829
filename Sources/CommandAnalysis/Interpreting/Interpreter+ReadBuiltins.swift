import ShellSyntax

// `read`, `mapfile`: built-ins that read lines into variables.

extension Interpreter {
    /// `read`: what it reads goes into variables.
    mutating func read(
        _ arguments: [Argument],
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) -> AbstractText {
        let options = BuiltinArguments(arguments, valued: "adiNnptu")
        var names = options.values(of: "a") + options.operands.map(\.text)
        // A line is taken as it is with `-r` and nothing else, or where no backslash is in it.
        let text = frame.input.text
        let hasBackslash = text.literal?.utf8.contains(UInt8(ascii: "\\")) ?? true
        let isPlain =
            options.hasOnly("r") && state.readOnly.isEmpty && (options.has("r") || !hasBackslash)
        if names.isEmpty { names = ["REPLY"] }
        use(frame.input, as: .data)
        emit(.systemRead, frame, program: "read", at: range)
        let fields = isPlain ? text.fields(names.count, separators(state)) : nil
        if isPlain, case .text = frame.input, let rest = text.withoutFirstLine {
            // With a name that is none it reads nothing.
            let areNames = names.allSatisfy { $0.literal?.isName == true }
            state.input = areNames ? rest : .unknown(UnknownText(.text, from: .input))
        }
        for (index, name) in names.enumerated() {
            guard let variable = name.literal, variable.isName else {
                try unknownName(name, &state, frame, at: range)
                continue
            }
            let unknown = Variable.Value.unknown(
                text.asProcesses
                    ?? (text.isFromElsewhere
                        ? .fromElsewhere : UnknownText(.text, from: .variable(variable)))
            )
            let value = fields.map { Variable.Value.scalar([$0[index]]) } ?? unknown
            try assign(variable, value, &state, frame, at: range)
        }
        return .empty
    }

    mutating func assignUnknown(
        _ names: some Sequence<Argument>,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        for name in names {
            guard let variable = name.literal, variable.isName else {
                try unknownName(name.text, &state, frame, at: range)
                continue
            }
            let unknown = UnknownText(.text, from: .variable(variable))
            try assign(variable, .unknown(unknown), &state, frame, at: range)
        }
    }

    mutating func mapFile(
        _ arguments: [Argument],
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        use(frame.input, as: .data)
        let options = BuiltinArguments(arguments, valued: "dnOsuCc")
        var names = options.operands
        // Only with `-t` and nothing else is an element a line.
        let isPlain = options.has("t") && options.hasOnly("t")
        // `-C` runs its value, which reads what the lines so far have left of the input.
        let input = state.input
        for callback in options.values(of: "C") {
            if let rest = frame.input.rest { state.input = rest }
            // Its number and the line are added, which matters to all but these.
            let isPrinted = ["echo", "printf", ":", "true"].contains { name in
                callback.knownPrefix.utf8.elementsEqual(name.utf8)
                    || callback.knownPrefix.utf8.starts(with: (name + " ").utf8)
            }
            if !isPrinted { emit(.commandDynamic, frame, program: "mapfile", at: call.range) }
            _ = try runNested(callback, &state, frame, at: call.range)
        }
        state.input = input
        if names.isEmpty { names = [.one("MAPFILE")] }
        guard isPlain, names.count == 1, let name = names[0].literal, name.isName,
            let text = frame.input.text.literal
        else {
            try assignUnknown(names, &state, frame, at: call.range)
            return
        }
        var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let elements = lines.enumerated().map { ($0, AbstractText(ShellText(Array($1)))) }
        let value = Variable.Value.indexed(Dictionary(uniqueKeysWithValues: elements))
        try assign(name, value, &state, frame, at: call.range)
    }
}

extension AbstractText {
    /// What is left behind the first line; nil where that is not known.
    fileprivate var withoutFirstLine: Stream? {
        guard let literal else { return nil }
        let rest = literal.utf8.drop { $0 != 0x0A }.dropFirst()
        return rest.isEmpty ? .nothing : .text(AbstractText(ShellText(Array(rest))))
    }

    /// The first line as so many variables get it; nil where it is not known whole.
    fileprivate func fields(_ count: Int, _ separators: FieldSeparators) -> [AbstractText]? {
        guard let literal, case .known(let blanks, let others) = separators, others.isEmpty else {
            return nil
        }
        var line = Array(literal.utf8.prefix { $0 != 0x0A })[...]
        while let last = line.last, blanks.contains(last) { line.removeLast() }
        var fields: [AbstractText] = []
        for index in 0..<count {
            while let first = line.first, blanks.contains(first) { line.removeFirst() }
            let field = index == count - 1 ? line : line.prefix { !blanks.contains($0) }
            line = line.dropFirst(field.count)
            fields.append(AbstractText(ShellText(field)))
        }
        return fields
    }
}
