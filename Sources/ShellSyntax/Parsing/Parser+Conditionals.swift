// `[[ … ]]` (bash manual, *Conditional Constructs*).

extension Parser {
    /// Reads the expression and `]]`.
    mutating func parseConditional() throws(Stop) -> ConditionalExpression {
        let expression = try parseDisjunction()
        guard reservedWord() == .closeConditional else { throw unexpected("`]]`") }
        position = endOfReservedWord(position)
        return expression
    }

    private mutating func parseDisjunction() throws(Stop) -> ConditionalExpression {
        var terms = [try parseConjunction()]
        while isAtOperator(0x7C) {
            position = following(position) + 1
            terms.append(try parseConjunction())
        }
        return try joined(terms) { .or($0, $1) }
    }

    private mutating func parseConjunction() throws(Stop) -> ConditionalExpression {
        var terms = [try parseTerm()]
        while isAtOperator(0x26) {
            position = following(position) + 1
            terms.append(try parseTerm())
        }
        return try joined(terms) { .and($0, $1) }
    }

    /// Each join nests the tree one deeper, to the right as bash has it.
    private mutating func joined(
        _ terms: [ConditionalExpression],
        by join: (ConditionalExpression, ConditionalExpression) -> ConditionalExpression
    ) throws(Stop) -> ConditionalExpression {
        guard nesting + terms.count <= limits.nesting else {
            throw exceeded(.nesting, limits.nesting)
        }
        var expression = terms[terms.count - 1]
        for term in terms.dropLast().reversed() { expression = join(term, expression) }
        return expression
    }

    private func isAtOperator(_ byte: UInt8) -> Bool {
        text[position] == byte && text[following(position)] == byte
    }

    private mutating func parseTerm() throws(Stop) -> ConditionalExpression {
        try countNode()
        try enter()
        defer { leave() }
        try skipNewlines()
        let start = position
        if text[position] == 0x28 {
            position += 1
            let inner = try parseDisjunction()
            guard text[position] == 0x29 else { throw unexpected("`)`") }
            position += 1
            let range = range(from: start)
            try skipNewlines()
            return .group(inner, range)
        }
        if text[position] == 0x21, text[following(position)].endsWord {
            position += 1
            let term = try parseTerm()
            return .negation(term, range(start, position).through(term.range))
        }
        guard isAtWord, reservedWord() != .closeConditional else {
            throw unexpected("a conditional expression")
        }
        let term = try parseTest()
        try skipNewlines()
        return term
    }

    private mutating func parseTest() throws(Stop) -> ConditionalExpression {
        let start = position
        try demandNoDescriptor()
        let left = try parseWord(.conditional)
        if let literal = left.literal, literal.isUnaryOperator {
            skipBlanks()
            guard isAtWord, reservedWord() != .closeConditional else {
                throw unexpected("the operand of \(literal.inProse)")
            }
            try demandNoDescriptor()
            let spelling = ConditionalExpression.Operator(spelling: literal, range: left.range)
            return .unary(spelling, try parseWord(.conditional))
        }
        skipBlanks()
        if isAtConditionEnd { return .word(left) }
        guard let binary = takeBinaryOperator() else {
            throw unexpected("a binary operator behind \(slice(start, position).inProse)")
        }
        skipBlanks()
        let right: Word
        try demandNoDescriptor()
        switch binary.spelling {
        case "=~": right = try parseRegularExpression()
        case "=", "==", "!=": right = try parseConditionalWord(.conditionalPattern)
        default: right = try parseConditionalWord(.conditional)
        }
        return .binary(left, binary, right)
    }

    /// `[[ 2<3 ]]`: digits before `<` are no word to bash, here too.
    private mutating func demandNoDescriptor() throws(Stop) {
        if isAtDescriptor { throw unexpected("a word") }
    }

    private mutating func parseConditionalWord(_ context: WordContext) throws(Stop) -> Word {
        guard isAtWord, reservedWord() != .closeConditional else { throw unexpected("a word") }
        return try parseWord(context)
    }

    private var isAtConditionEnd: Bool {
        switch text[position] {
        case 0x29: true
        case 0x26, 0x7C: text[following(position)] == text[position]
        default: reservedWord() == .closeConditional
        }
    }

    private mutating func takeBinaryOperator() -> ConditionalExpression.Operator? {
        let start = position
        var spelling: [UInt8] = []
        if text[start] == 0x3C || text[start] == 0x3E {
            guard text[following(start)] != text[start], !isAtProcessSubstitution else {
                return nil
            }
            spelling = [text[start]]
            position += 1
        } else {
            while !text[position].endsWord {
                spelling.append(text[position])
                position = following(position)
            }
            // The word of `a =<(b)` goes on.
            guard ShellText(spelling).isBinaryOperator, !isAtProcessSubstitution else {
                position = start
                return nil
            }
        }
        return ConditionalExpression.Operator(
            spelling: ShellText(spelling),
            range: range(from: start)
        )
    }

    /// The right side of `=~`: parentheses and bars are the expression's, and blanks within
    /// parentheses too.
    private mutating func parseRegularExpression() throws(Stop) -> Word {
        guard reservedWord() != .closeConditional else { throw unexpected("a regular expression") }
        let word = try parseOperand(.regularExpression, false)
        guard !word.parts.isEmpty else { throw unexpected("a regular expression") }
        return word
    }
}

extension ShellText {
    fileprivate var isUnaryOperator: Bool {
        let bytes = Array(utf8)
        guard bytes.count == 2, bytes[0] == 0x2D else { return false }
        return "abcdefghknoprstuvwxzGLNORS".utf8.contains(bytes[1])
    }

    fileprivate var isBinaryOperator: Bool {
        switch self {
        case "=", "==", "!=", "=~", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef":
            true
        default: false
        }
    }
}
