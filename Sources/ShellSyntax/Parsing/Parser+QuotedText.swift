// Text that is read as if it were in double quotes (POSIX XCU 2.2.3): theirs, that of
// here-documents, of arithmetic, of operands in quotes.

extension Parser {
    /// Reads up to the end that the context tells, which stays where it is.
    mutating func parseQuotedParts(_ context: QuotedContext) throws(Stop) -> [WordPart] {
        var parts: [WordPart] = []
        var literal = PendingLiteral(at: position)
        var depth = 0
        var choices = 0
        reading: while true {
            let byte = text[position]
            switch byte {
            case 0x00 where position >= count:
                if context.endsWithText { break reading }
                throw atEnd("the end of the text")
            case 0x5C:
                try parseQuotedBackslash(context, &literal, &parts)
            case 0x24:
                if try takeTranslatedQuotes(context, &literal, &parts) { continue }
                let start = position
                try parseQuotedDollar(&literal, &parts)
                if context.isArithmetic, features.contains(.arithmeticCommand) {
                    try demandBalance(from: start, context)
                }
            case 0x60:
                flush(&literal, &parts)
                parts.append(try parseBackquoted(inDoubleQuotes: true))
                literal = PendingLiteral(at: position)
            case 0x22:
                if context == .doubleQuotes { break reading }
                if context.endsWithText || ignoresQuotes(context) {
                    position += 1
                } else {
                    flush(&literal, &parts)
                    parts.append(.doubleQuoted(try parseDoubleQuoted(isLocale: false)))
                    literal = PendingLiteral(at: position)
                }
            case 0x27:
                try parseQuoteInQuotes(context, &literal, &parts)
            case 0x3C where context.isOfParameter, 0x3E where context.isOfParameter:
                try skipQuotedProcess()
            case 0x28, 0x29, 0x3A, 0x3B, 0x3F, 0x5B, 0x5D, 0x7D:
                if isEnd(byte, context, &depth, &choices) { break reading }
                position += 1
            default:
                position += 1
            }
        }
        flush(&literal, &parts)
        return parts
    }

    /// bash counts the parentheses in `${…}`, and of `for ((` those in `$(…)`, too when it looks
    /// for the end of arithmetic; where they are not balanced it finds another end than this
    /// parser, and nobody means that.
    private mutating func demandBalance(
        from start: Int,
        _ context: QuotedContext
    ) throws(Stop) {
        guard context == .arithmeticFor || text[following(start)] == 0x7B else { return }
        var depth = 0
        for byte in text[start..<position] {
            if byte == 0x28 { depth += 1 }
            if byte == 0x29 { depth -= 1 }
        }
        guard depth != 0 else { return }
        let expansion = range(from: start)
        throw fail(
            .unexpected(
                found: slice(start, position),
                expected: "as many `(` as `)` in an arithmetic expression"
            ),
            expansion
        )
    }

    /// Goes behind `<` or `>` in `"${…}"`.
    ///
    /// bash finds the end of a process substitution there, and takes all of it for text when it
    /// expands.
    private mutating func skipQuotedProcess() throws(Stop) {
        guard isAtProcessSubstitution else {
            position += 1
            return
        }
        let start = position
        _ = try parseProcessSubstitution()
        let hasExpansions = text[start..<position].contains {
            $0 == 0x22 || $0 == 0x24 || $0 == 0x27 || $0 == 0x5C || $0 == 0x60 || $0 == 0x7D
        }
        guard hasExpansions else { return }
        position = start
        throw unexpected("plain text in a quoted expansion")
    }

    /// In arithmetic, quotes quote nothing for dash: `$((1 + ")) "))` ends at the first `))`.
    private func ignoresQuotes(_ context: QuotedContext) -> Bool {
        context.isArithmetic && features.contains(.eagerSubstitutions)
    }

    /// Whether a byte ends the text; counts parentheses, brackets and `?` otherwise.
    private func isEnd(
        _ byte: UInt8,
        _ context: QuotedContext,
        _ depth: inout Int,
        _ choices: inout Int
    ) -> Bool {
        switch (context, byte) {
        case (.arithmetic, 0x28), (.arithmeticFor, 0x28), (.substring, 0x28), (.brackets, 0x5B):
            depth += 1
        case (.arithmetic, 0x29), (.arithmeticFor, 0x29), (.brackets, 0x5D):
            // dash goes on where one parenthesis stands alone.
            if depth == 0 {
                return features.contains(.arithmeticCommand) || text[following(position)] == 0x29
            }
            depth -= 1
        case (.substring, 0x29):
            depth = max(0, depth - 1)
        case (.arithmeticFor, 0x3B):
            return depth == 0
        case (.substring, 0x3F):
            choices += 1
        case (.substring, 0x3A):
            if depth == 0, choices == 0 { return true }
            choices = max(0, choices - 1)
        case (.substring, 0x7D), (.operand, 0x7D):
            return true
        default:
            break
        }
        return false
    }

    /// A backslash quotes little in double quotes; otherwise it is itself.
    private mutating func parseQuotedBackslash(
        _ context: QuotedContext,
        _ literal: inout PendingLiteral,
        _ parts: inout [WordPart]
    ) throws(Stop) {
        switch text[position + 1] {
        case 0x0A:
            try continueLine(&literal)
        case 0x24, 0x5C, 0x60:
            try parseBackslash(&literal, &parts)
        case 0x22 where context != .hereDocument:
            try parseBackslash(&literal, &parts)
        case 0x7D where context == .operand:
            try parseBackslash(&literal, &parts)
        default:
            position += 1
            guard position < count || context.endsWithText else { return }
            // The byte behind is no end, whatever it is.
            if position < count, !context.endsWithText, context != .doubleQuotes {
                position += 1
            }
        }
    }

    private mutating func parseQuotedDollar(
        _ literal: inout PendingLiteral,
        _ parts: inout [WordPart]
    ) throws(Stop) {
        let start = position
        guard let part = try parseDollar(inDoubleQuotes: true) else {
            position = start + 1
            return
        }
        flush(&literal, upTo: start, &parts)
        parts.append(part)
        literal = PendingLiteral(at: position)
    }

    /// Reads `$'…'` and `$"…"` in an operand or in arithmetic.
    ///
    /// bash decodes the first one while it looks for the end, and leaves the quotes away: what is
    /// in `"${name:-$'\x24(command)'}"` is expanded, and runs. So it must be plain text.
    private mutating func takeTranslatedQuotes(
        _ context: QuotedContext,
        _ literal: inout PendingLiteral,
        _ parts: inout [WordPart]
    ) throws(Stop) -> Bool {
        let start = position
        let quote = text[following(start)]
        guard context.translatesQuotes, features.contains(.ansiCQuoting),
            quote == 0x27 || quote == 0x22
        else { return false }
        flush(&literal, &parts)
        if quote == 0x22 {
            parts.append(.doubleQuoted(try parseDoubleQuoted(isLocale: true)))
        } else {
            let quoted = try parseANSICQuoted()
            // What looks like arithmetic may turn out to be commands, where these are quotes.
            if !context.isArithmetic {
                let isAllowed = context == .operand || context == .brackets
                guard isAllowed, quoted.text.utf8.allSatisfy({ $0.isName || $0 == 0x20 }) else {
                    throw notPlain(quoted)
                }
            }
            parts.append(.ansiCQuoted(quoted))
        }
        literal = PendingLiteral(at: position)
        return true
    }

    mutating func notPlain(_ quoted: Literal) -> Stop {
        fail(
            .unexpected(found: "$'\(quoted.text)'", expected: "plain text in a quoted expansion"),
            quoted.range
        )
    }

    /// A single quote is itself in double quotes.
    ///
    /// Inside of `${…}` and of arithmetic, bash still
    /// looks for its twin, and nothing between the two ends the construct.
    private mutating func parseQuoteInQuotes(
        _ context: QuotedContext,
        _ literal: inout PendingLiteral,
        _ parts: inout [WordPart]
    ) throws(Stop) {
        switch context {
        case .doubleQuotes, .hereDocument, .quotesOfOperand:
            position += 1
        case .arithmetic where ignoresQuotes(context):
            position += 1
        case .operand where features.contains(.eagerSubstitutions) || options.isPOSIX:
            position += 1
        case .operand:
            try parseQuotesOfOperand(&literal, &parts)
        case .arithmetic, .arithmeticFor, .brackets, .substring:
            flush(&literal, &parts)
            parts.append(.singleQuoted(try parseSingleQuoted()))
            literal = PendingLiteral(at: position)
        }
    }

    /// Reads `'…'` in `"${name:-'…'}"`: to bash the quotes are text, and what is between them is
    /// expanded on its own.
    private mutating func parseQuotesOfOperand(
        _ literal: inout PendingLiteral,
        _ parts: inout [WordPart]
    ) throws(Stop) {
        let inner = position + 1
        _ = try parseSingleQuoted()
        let end = position - 1
        guard text[inner..<end].contains(where: { $0 == 0x24 || $0 == 0x5C || $0 == 0x60 }) else {
            return
        }
        flush(&literal, upTo: inner, &parts)
        var parser = subparser(Array(text[inner..<end]), at: subplace(inner))
        do throws(Stop) {
            parts += try parser.parseWholeText(.quotesOfOperand)
            take(from: parser)
        } catch {
            parts.append(
                try deferred(.commandSubstitution, parser, range(inner, end), slice(inner, end))
            )
        }
        literal = PendingLiteral(at: end)
    }
}
