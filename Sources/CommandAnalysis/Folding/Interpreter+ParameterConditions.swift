import ShellSyntax

// `${x:-word}` and its kind.

extension Interpreter {
    mutating func conditional(
        _ condition: ParameterOperation.Condition,
        _ treatsEmptyAsUnset: Bool,
        _ word: Word,
        _ value: ParameterValue,
        _ expansion: ParameterExpansion,
        _ state: inout ShellState,
        _ frame: Frame,
        _ isQuoted: Bool
    ) throws(AnalysisProblem) -> [[Segment]] {
        noteQuotes(in: word, state, frame, isQuoted: isQuoted)
        let isEnvironment = isOfEnvironment(expansion, state)
        let isTemporary = isEnvironment && expansion.parameter == .variable("TMPDIR")
        // Nothing that a client can set, and where PAM sets it, a directory below this one.
        let value = isTemporary ? .texts(["/tmp"]) : value
        var presence = value.presence(treatsEmptyAsUnset: treatsEmptyAsUnset)
        if isEnvironment, presence == .set { presence = .perhaps }
        // Whatever may run counts as run, so the word is looked at even where it is not used.
        var other = state
        let words = try foldSegments(word.parts, &other, frame, isQuoted: isQuoted)
        let alternatives = isQuoted ? words : words.map { $0.map(\.unquotedPattern) }
        let own = segments(of: value, state, isQuoted: isQuoted)
        switch condition {
        case .useAlternative:
            switch presence {
            case .set: return alternatives
            case .unset: return segments(of: .unset, state, isQuoted: isQuoted)
            case .perhaps: return segments(of: .unset, state, isQuoted: isQuoted) + alternatives
            }
        case .fail:
            state.progress.hasPerhapsEnded = true
            return own
        case .useDefault, .assignDefault:
            if condition == .assignDefault, presence != .set,
                case .variable(let name) = expansion.parameter
            {
                if presence == .unset { state = other } else { try join(&state, other) }
                let range = frame.origin.range(of: expansion.range)
                let texts = try converted(
                    words.map(\.joined),
                    for: name,
                    &state,
                    frame,
                    at: range
                )
                let assigned: Variable.Value =
                    presence == .unset && expansion.subscripting == nil
                    ? .scalar(texts) : .unknown(UnknownText(.text, from: .variable(name)))
                try assign(name, assigned, &state, frame, at: range)
            }
            switch presence {
            case .set: return own
            case .unset:
                guard condition == .assignDefault else { return alternatives }
                return assigned(alternatives, expansion, state, frame, isQuoted)
            case .perhaps: return own + alternatives
            }
        }
    }
}

extension Interpreter {
    /// Whether it is a variable that nothing on the line sets, and that perhaps nobody does.
    private func isOfEnvironment(_ expansion: ParameterExpansion, _ state: ShellState) -> Bool {
        guard case .variable(let name) = expansion.parameter, expansion.subscripting == nil,
            !expansion.isIndirect
        else { return false }
        return state.variables[name] == nil && !["IFS", "PWD", "OPTIND", "PPID"].contains(name)
    }
}

extension Segment {
    /// The unquoted text of `${x:-a b}` is split.
    fileprivate var unquotedPattern: Segment {
        if case .pattern(let text) = self { .split(text) } else { self }
    }
}
