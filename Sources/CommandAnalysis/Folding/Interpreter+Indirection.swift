import ShellSyntax

// `${!name}`: parameters that are named by a value.

extension Interpreter {
    /// `${!name}`: the parameter whose name is the value.
    mutating func indirect(
        _ value: ParameterValue,
        _ expansion: ParameterExpansion,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> ParameterValue {
        // `${!prefix*}` and `${!name[@]}` are no values of others.
        switch expansion.operation {
        case .keys:
            if case .variable(let name) = expansion.parameter,
                case .indexed(let elements) = state.variables[name]?.value, state.areVariablesKnown
            {
                let keys = elements.keys.sorted().map { AbstractText(ShellText(String($0))) }
                return .list(
                    keys.map { .one($0) },
                    isEach: expansion.subscripting?.selection == .each
                )
            }
            return .list([.any(.notComputed)], isEach: true)
        case .names: return .list([.any(UnknownText(.name, from: .notComputed))], isEach: true)
        case _?, nil: break
        }
        if case .variable(let name) = expansion.parameter, expansion.subscripting == nil,
            let reference = state.variables[name]?.reference
        {
            return .texts([AbstractText(reference)])
        }
        guard case .texts(let texts) = value else {
            // A value that nobody knows may be a name with a subscript, which is computed.
            emit(.commandDynamic, frame, at: frame.origin.range(of: expansion.range))
            return .unknown(.notComputed)
        }
        var results: [AbstractText] = []
        for text in texts {
            guard let name = text.literal else {
                if text.shape.isPlainWord {
                    return .unknown(.notComputed)
                }
                emit(.commandDynamic, frame, at: frame.origin.range(of: expansion.range))
                return .unknown(.notComputed)
            }
            switch try parameter(named: name, &state, frame) {
            case .texts(let more): results += more
            case .unset: results.append(.empty)
            case .list(let list, let isEach):
                if texts.count == 1 { return .list(list, isEach: isEach) }
                return .unknown(.notComputed)
            case .unknown(let unknown): return .unknown(unknown)
            }
        }
        return .texts(results)
    }

    /// The value of what a text names: `x`, `3`, `@`, `x[1]`.
    private mutating func parameter(
        named name: ShellText,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> ParameterValue {
        if name.isName { return variable(name, state) }
        // Read as bash does: as an expansion of its own.
        guard let expansion = try parsedExpansion("${" + name.description + "}", frame) else {
            return .unset
        }
        return try value(of: expansion, &state, frame)
    }

    private mutating func parsedExpansion(
        _ text: String,
        _ frame: Frame
    ) throws(AnalysisProblem) -> ParameterExpansion? {
        try reread(text.utf8.count)
        var parser = Parser(Array(text.utf8), dialect: .bash)
        guard
            case .command(let list) = parser.next(
                options: ShellOptions(.bash),
                aliases: AliasTable()
            ),
            case .simple(let command) = list.items.first?.andOr.first.commands.first,
            case .parameter(let expansion) = command.words.first?.parts.first
        else { return nil }
        return expansion
    }
}
