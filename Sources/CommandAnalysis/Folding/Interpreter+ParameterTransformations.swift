import ShellSyntax

// `${x@Q}` and its kind.

extension Interpreter {
    mutating func transform(
        _ value: ParameterValue,
        _ name: ShellText,
        _ expansion: ParameterExpansion,
        _ state: inout ShellState,
        _ frame: Frame,
        _ isQuoted: Bool
    ) throws(AnalysisProblem) -> [[Segment]] {
        switch name {
        case "U": return map(value, state, isQuoted) { $0.changingCase(.upper, true, nil) }
        case "u": return map(value, state, isQuoted) { $0.changingCase(.upper, false, nil) }
        case "L": return map(value, state, isQuoted) { $0.changingCase(.lower, true, nil) }
        case "E":
            return map(value, state, isQuoted) { text in
                text.literal.flatMap { ANSICQuoting.decode($0) }.map { AbstractText($0) }
                    ?? AbstractText.notComputed
            }
        case "Q":
            return map(value, state, isQuoted) { text in
                text.literal.flatMap { $0.singleQuoted }.map { AbstractText($0) } ?? .notComputed
            }
        case "P":
            // The value is expanded as a prompt: substitutions in it run.
            let texts: [AbstractText] =
                switch value {
                case .texts(let texts): texts
                case .unset: []
                case .list(let list, _): list.texts ?? [AbstractText.notComputed]
                case .unknown(let unknown): [AbstractText(unknown)]
                }
            for text in texts {
                try expandAgain(text, &state, frame, at: frame.origin.range(of: expansion.range))
            }
            return [[.anyFields(UnknownText.notComputed)]]
        default: return [[.anyFields(UnknownText.notComputed)]]
        }
    }

    /// Runs the substitutions in a text that the shell expands as in double quotes.
    mutating func expandAgain(
        _ text: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        guard let literal = text.literal else {
            if !text.shape.isPlainWord { emit(.commandDynamic, frame, at: range) }
            return
        }
        guard literal.utf8.contains(UInt8(ascii: "$")) || literal.utf8.contains(UInt8(ascii: "`"))
        else { return }
        var inner = try frame.nested()
        inner.origin = .part(range)
        inner.collects = false
        // A here-document is expanded in the same way, and nothing ends it early.
        let script = ": <<__end_of_text__\n" + literal.description + "\n__end_of_text__\n"
        try reread(script.utf8.count)
        let result = try runText(Array(script.utf8), &state, inner)
        if result.failure != nil { emit(.commandDynamic, frame, at: range) }
    }
}

extension ShellText {
    /// In single quotes, as `${x@Q}` writes it; nil where it writes `$'…'`.
    var singleQuoted: ShellText? {
        guard utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
        return ShellText("'" + description.replacing("'", with: "'\\''") + "'")
    }
}
