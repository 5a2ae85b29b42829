// Words (POSIX XCU 2.2, 2.3).

extension Parser {
    /// Reads the word that stands here.
    mutating func parseWord(_ context: WordContext) throws(Stop) -> Word {
        try countNode()
        let start = position
        var end = start
        while text[end].isPlain { end += 1 }
        if end > start, text[end].endsWord, !isJoined(end, context) {
            position = end
            forgetAliasBefore()
            let range = range(start, end)
            return Word(
                parts: [.literal(Literal(text: slice(start, end), range: range))],
                range: range
            )
        }
        let word = try parseWordInParts(context)
        // bash goes on looking for an alias behind a word in quotes.
        if features.contains(.anyAliasExpandsNext) || !word.parts.contains(where: \.isQuoted) {
            forgetAliasBefore()
        }
        return word
    }

    /// Whether what could end a word goes on with it: `@(`, `<(`, `name=(`.
    @inline(__always)
    private func isJoined(_ offset: Int, _ context: WordContext) -> Bool {
        switch text[offset] {
        case 0x28, 0x3C, 0x3E: true
        default: false
        }
    }

    private mutating func parseWordInParts(_ context: WordContext) throws(Stop) -> Word {
        let start = position
        var parts: [WordPart] = []
        var literal = PendingLiteral(at: position)
        var hasBraces = false
        if context != .hereDocumentDelimiter, context != .functionName,
            let tilde = takeTilde(endsAtColon: context == .assignmentValue)
        {
            parts.append(tilde)
            literal = PendingLiteral(at: position)
        }
        reading: while true {
            while text[position].isPlain { position += 1 }
            switch text[position] {
            case 0x5C:
                try parseBackslash(&literal, &parts)
            case 0x7B:
                hasBraces = true
                position += 1
            case 0x7E:
                parseTilde(context, start, &literal, &parts)
            case 0x28:
                guard try parseParenthesis(context, start, &literal, &parts) else { break reading }
            case 0x3C, 0x3E:
                guard isAtProcessSubstitution, context != .hereDocumentDelimiter else {
                    break reading
                }
                flush(&literal, &parts)
                parts.append(try parseProcessSubstitution())
                literal = PendingLiteral(at: position)
            case 0x24 where context == .hereDocumentDelimiter,
                0x60 where context == .hereDocumentDelimiter:
                try skipExpansionInDelimiter()
            case 0x22 where context == .hereDocumentDelimiter:
                flush(&literal, &parts)
                parts.append(try parseQuotedDelimiter())
                literal = PendingLiteral(at: position)
            case 0x22, 0x24, 0x27, 0x60:
                try parseSpecial(&literal, &parts)
            default:
                break reading
            }
        }
        flush(&literal, &parts)
        return hasBraces
            ? try wordWithBraces(parts, start, context)
            : Word(parts: parts, range: range(from: start))
    }

    /// A word with a `{` in it, the brace expansions in it found where they count.
    @inline(never)
    private mutating func wordWithBraces(
        _ parts: [WordPart],
        _ start: Int,
        _ context: WordContext
    ) throws(Stop) -> Word {
        let range = range(from: start)
        guard context.expandsBraces, options.expandsBraces, features.contains(.braceExpansion),
            context != .declaredArgument || !looksLikeAssignment(start)
        else { return Word(parts: parts, range: range) }
        var folded = try foldingBraces(parts)
        if folded != parts, looksLikeAssignment(start) {
            // What comes out of braces is no assignment any more: `a=~/{b,c}` has no tilde in it.
            folded = try foldingBraces(parts.map(\.withoutTilde))
        }
        guard BraceJoining.joins(folded) else { return Word(parts: folded, range: range) }
        let text = slice(start, position)
        let error = SyntaxError(
            kind: .unexpected(found: text, expected: "braces that join no names"),
            range: range
        )
        let part = DeferredError(
            construct: .braceExpansion,
            text: text,
            error: error,
            range: range
        )
        return Word(parts: [.deferredError(part)], range: range)
    }

    /// Reads what begins with a quote, `$` or a back-quote.
    mutating func parseSpecial(
        _ literal: inout PendingLiteral,
        _ parts: inout [WordPart]
    ) throws(Stop) {
        let start = position
        try countNode()
        switch text[position] {
        case 0x27:
            flush(&literal, &parts)
            parts.append(.singleQuoted(try parseSingleQuoted()))
        case 0x22:
            flush(&literal, &parts)
            parts.append(.doubleQuoted(try parseDoubleQuoted(isLocale: false)))
        case 0x60:
            flush(&literal, &parts)
            parts.append(try parseBackquoted(inDoubleQuotes: false))
        default:
            guard let part = try parseDollar(inDoubleQuotes: false) else {
                position = start + 1
                return
            }
            flush(&literal, upTo: start, &parts)
            parts.append(part)
        }
        literal = PendingLiteral(at: position)
    }

    // MARK: parentheses

    /// Reads what `(` goes on with in a word.
    ///
    /// - Returns: False where it ends the word.
    private mutating func parseParenthesis(
        _ context: WordContext,
        _ start: Int,
        _ literal: inout PendingLiteral,
        _ parts: inout [WordPart]
    ) throws(Stop) -> Bool {
        guard let last = endOffset(literal) else { return false }
        let before = text[last]
        if (options.extendedGlob && features.contains(.extendedGlob))
            || context == .conditionalPattern,
            let quantifier = ExtendedGlob.Quantifier(rawValue: before)
        {
            flushBeforeLast(&literal, &parts)
            parts.append(try parseExtendedGlob(quantifier, from: last))
            literal = PendingLiteral(at: position)
            return true
        }
        if context == .declaredArgument, before == 0x3D, assignmentSign(start) == last {
            flush(&literal, &parts)
            parts.append(.array(try parseArrayLiteral()))
            literal = PendingLiteral(at: position)
            return true
        }
        return false
    }

    /// Whether the word at an offset begins with `name=`, `name+=` or `name[…]=`.
    func looksLikeAssignment(_ start: Int) -> Bool { assignmentSign(start) != nil }

    /// The offset of the `=` of an assignment.
    private func assignmentSign(_ start: Int) -> Int? {
        guard text[start].isNameStart else { return nil }
        var offset = start
        while text[offset].isName { offset = following(offset) }
        if text[offset] == 0x5B, features.contains(.arrays) {
            var depth = 0
            repeat {
                if text[offset] == 0x5B { depth += 1 }
                if text[offset] == 0x5D { depth -= 1 }
                offset = following(offset)
            } while depth > 0 && !text[offset].endsWord
        }
        if text[offset] == 0x2B, features.contains(.arrays) { offset = following(offset) }
        return text[offset] == 0x3D ? offset : nil
    }
}

extension WordPart {
    fileprivate var isQuoted: Bool {
        switch self {
        case .escaped, .singleQuoted, .doubleQuoted, .ansiCQuoted: true
        case .literal, .tilde, .parameter, .commandSubstitution, .arithmetic,
            .processSubstitution, .braceExpansion, .extendedGlob, .array, .deferredError:
            false
        }
    }

    /// A tilde as the text that it is where it is not expanded.
    fileprivate var withoutTilde: WordPart {
        guard case .tilde(let name) = self else { return self }
        return .literal(Literal(text: "~\(name.text)", range: name.range))
    }
}
