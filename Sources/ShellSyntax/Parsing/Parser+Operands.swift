// Words inside of constructs that end them: the operands of `${…}`, extended patterns, regular
// expressions. Blanks and operators are ordinary characters there.

/// What ends an operand.
enum OperandEnd: Equatable {
    /// `}`
    case brace
    /// `/` or `}`
    case slash
    /// `|` or `)` of an extended pattern
    case pattern
    /// The same, inside of `${…}`, where `}` ends it too early
    case patternInBraces
    /// `]` of a subscript
    case bracket
    /// The same, inside of `${…}`, where `}` ends it too early
    case bracketInBraces
    /// A blank of `[[`, outside of parentheses
    case regularExpression
}

extension Parser {
    /// Reads up to the end, which stays where it is.
    mutating func parseOperand(_ end: OperandEnd, _ inDoubleQuotes: Bool) throws(Stop) -> Word {
        try countNode()
        let start = position
        if inDoubleQuotes {
            let parts = try parseQuotedParts(end.isBracket ? .brackets : .operand)
            return Word(parts: parts, range: range(from: start))
        }
        var parts: [WordPart] = []
        if end == .brace { position = skippingContinuations(position) }
        if end == .brace, let tilde = takeTilde(endsAtColon: false, endsAtBrace: true) {
            parts.append(tilde)
        }
        var literal = PendingLiteral(at: position)
        var depth = 0
        reading: while true {
            let byte = text[position]
            switch byte {
            case 0x00 where position >= count:
                if end == .regularExpression { break reading }
                throw atEnd("the end of the word")
            case 0x5C:
                try parseBackslash(&literal, &parts)
            case 0x22, 0x24, 0x27, 0x60:
                try parseSpecial(&literal, &parts)
            case 0x3C, 0x3E:
                let takesProcess =
                    end.isInBraces || end.isBracket
                    || (end == .regularExpression && depth == 0)
                guard takesProcess, isAtProcessSubstitution else {
                    if end == .regularExpression, depth == 0 { break reading }
                    position += 1
                    continue
                }
                flush(&literal, &parts)
                parts.append(try parseProcessSubstitution())
                literal = PendingLiteral(at: position)
            case 0x28 where end.isBracket, 0x29 where end.isBracket:
                position += 1
            case 0x28:
                if try takeExtendedGlob(end, &literal, &parts) { continue }
                depth += 1
                position += 1
            case 0x29:
                if end.isPattern || end == .regularExpression, depth == 0 { break reading }
                depth = max(0, depth - 1)
                position += 1
            default:
                if ends(byte, end, depth) { break reading }
                if end.isBracket, byte == 0x5B { depth += 1 }
                if end.isBracket, byte == 0x5D { depth -= 1 }
                position += 1
            }
        }
        flush(&literal, &parts)
        return Word(parts: parts, range: range(from: start))
    }

    private func ends(_ byte: UInt8, _ end: OperandEnd, _ depth: Int) -> Bool {
        switch (end, byte) {
        case (.brace, 0x7D), (.slash, 0x7D), (.slash, 0x2F): true
        case (.pattern, 0x7C): depth == 0
        case (.patternInBraces, 0x7C): depth == 0
        case (.patternInBraces, 0x7D): true
        case (.bracket, 0x5D), (.bracketInBraces, 0x5D): depth == 0
        case (.bracketInBraces, 0x7D): true
        case (.regularExpression, 0x20), (.regularExpression, 0x09), (.regularExpression, 0x0A):
            depth == 0
        case (.regularExpression, 0x26), (.regularExpression, 0x3B): depth == 0
        default: false
        }
    }

    // MARK: extended patterns

    /// Reads `(…)` behind a quantifier; the parser is before the parenthesis.
    mutating func parseExtendedGlob(
        _ quantifier: ExtendedGlob.Quantifier,
        from start: Int
    ) throws(Stop) -> WordPart {
        guard let glob = try parseExtendedGlob(quantifier, .pattern, from: start) else {
            preconditionFailure("a pattern ends with `)` or not at all")
        }
        return .extendedGlob(glob)
    }

    private mutating func parseExtendedGlob(
        _ quantifier: ExtendedGlob.Quantifier,
        _ end: OperandEnd,
        from start: Int
    ) throws(Stop) -> ExtendedGlob? {
        try countNode()
        try enter()
        defer { leave() }
        open(.extendedGlob, at: start)
        position += 1
        var alternatives: [Word] = []
        while true {
            alternatives.append(try parseOperand(end, false))
            if text[position] == 0x7C {
                position += 1
                continue
            }
            break
        }
        close()
        guard text[position] == 0x29 else { return nil }
        position += 1
        return ExtendedGlob(
            quantifier: quantifier,
            alternatives: alternatives,
            range: range(from: start)
        )
    }

    /// Reads an extended pattern in an operand, where it is one and ends in time.
    private mutating func takeExtendedGlob(
        _ end: OperandEnd,
        _ literal: inout PendingLiteral,
        _ parts: inout [WordPart]
    ) throws(Stop) -> Bool {
        guard end != .regularExpression, !end.isBracket,
            options.extendedGlob || end.isPattern, features.contains(.extendedGlob),
            !notPatterns.contains(position), let last = endOffset(literal),
            let quantifier = ExtendedGlob.Quantifier(rawValue: text[last])
        else { return false }
        let start = position
        let inner: OperandEnd = end == .pattern ? .pattern : .patternInBraces
        guard let glob = try parseExtendedGlob(quantifier, inner, from: last) else {
            notPatterns.insert(start)
            position = start
            return false
        }
        let behind = position
        position = start
        flushBeforeLast(&literal, &parts)
        position = behind
        parts.append(.extendedGlob(glob))
        literal = PendingLiteral(at: position)
        return true
    }
}

extension OperandEnd {
    fileprivate var isPattern: Bool { self == .pattern || self == .patternInBraces }
    fileprivate var isInBraces: Bool {
        self == .brace || self == .slash || self == .patternInBraces
    }
    fileprivate var isBracket: Bool { self == .bracket || self == .bracketInBraces }
}
