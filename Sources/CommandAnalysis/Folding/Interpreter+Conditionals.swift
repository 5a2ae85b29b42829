import ShellSyntax

// `[[ … ]]`: it decides nothing here, but what stands in it is expanded, and some of it computed.

extension Interpreter {
    mutating func test(
        _ expression: ConditionalExpression,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) {
        switch expression {
        case .word(let word): _ = try foldTexts(word, &state, frame)
        case .unary(let operation, let word):
            let texts = try foldTexts(word, &state, frame)
            if operation.spelling == "-v" {
                let range = frame.origin.range(of: word.range)
                for text in texts { try name(text, &state, frame, at: range) }
            }
        case .binary(let left, let operation, let right):
            if operation.spelling == "=~" {
                let found = UnknownText(.text, from: .variable("BASH_REMATCH"))
                let range = frame.origin.range(of: right.range)
                try assign("BASH_REMATCH", .unknown(found), &state, frame, at: range)
            }
            let isArithmetic = Self.arithmeticOperators.contains(operation.spelling)
            for word in [left, right] {
                let texts = try foldTexts(word, &state, frame)
                guard isArithmetic else { continue }
                let range = frame.origin.range(of: word.range)
                // Where the other side is no expression it is not computed.
                var other = state
                for text in texts { _ = try evaluate(text, &other, frame, at: range) }
                try join(&state, [other])
            }
        case .negation(let inner, _), .group(let inner, _): try test(inner, &state, frame)
        case .and(let left, let right), .or(let left, let right):
            try test(left, &state, frame)
            var other = state
            try test(right, &other, frame)
            try join(&state, [other])
        }
    }

    private static let arithmeticOperators: Set<ShellText> = [
        "-eq", "-ne", "-lt", "-le", "-gt", "-ge",
    ]

    /// A text that a built-in takes for the name of a variable: a subscript in it is computed.
    mutating func name(
        _ text: AbstractText,
        _ state: inout ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        guard let literal = text.literal else {
            if !text.shape.isPlainWord { emit(.commandDynamic, frame, at: range) }
            return
        }
        guard let bracket = literal.utf8.firstIndex(of: UInt8(ascii: "[")),
            literal.utf8.last == UInt8(ascii: "]")
        else { return }
        let inner = literal.utf8[literal.utf8.index(after: bracket)...].dropLast()
        _ = try evaluate(AbstractText(ShellText(Array(inner))), &state, frame, at: range)
    }
}
