// What begins with `$` (POSIX XCU 2.6): parameters, substitutions, arithmetic.

extension Parser {
    /// Reads what `$` begins.
    ///
    /// - Returns: Nil where the dollar is itself; then the parser is anywhere.
    mutating func parseDollar(inDoubleQuotes: Bool) throws(Stop) -> WordPart? {
        let start = position
        let next = following(position)
        let byte = text[next]
        switch byte {
        case 0x28:
            return try parseDollarParenthesis(start, next)
        case 0x7B:
            return try parseBracedParameter(start, next + 1, inDoubleQuotes)
        case 0x5B where features.contains(.bracketArithmetic):
            return try parseBracketArithmetic(start, next + 1)
        case 0x27 where !inDoubleQuotes && features.contains(.ansiCQuoting):
            return .ansiCQuoted(try parseANSICQuoted())
        case 0x22 where !inDoubleQuotes && features.contains(.localeQuoting):
            return .doubleQuoted(try parseDoubleQuoted(isLocale: true))
        default:
            guard let parameter = takeParameter(at: next, isBraced: false) else { return nil }
            try countNode()
            return .parameter(
                ParameterExpansion(
                    parameter: parameter,
                    isIndirect: false,
                    subscripting: nil,
                    operation: nil,
                    isBraced: false,
                    range: range(from: start)
                )
            )
        }
    }

    /// The parameter at an offset; the parser is behind it then.
    mutating func takeParameter(at offset: Int, isBraced: Bool) -> Parameter? {
        let byte = text[offset]
        var end = offset + 1
        if byte.isNameStart {
            while text[end].isName { end += 1 }
            if hasContinuations, text[end] == 0x5C, text[end + 1] == 0x0A {
                return takeContinuedName(offset)
            }
            position = end
            return .variable(slice(offset, end))
        }
        if byte.isDigit {
            if isBraced { end = following(offset) }
            while isBraced, text[end].isDigit { end = following(end) }
            position = end
            let digits = text[offset..<end].filter(\.isDigit)
            return digits == [0x30] ? .special("0") : .positional(ShellText(digits))
        }
        switch byte {
        case 0x40, 0x2A, 0x23, 0x3F, 0x2D, 0x24, 0x21:  // @ * # ? - $ !
            position = end
            return .special(slice(offset, end))
        default:
            return nil
        }
    }

    private mutating func takeContinuedName(_ start: Int) -> Parameter {
        var name: [UInt8] = []
        var end = start
        while text[end].isName {
            name.append(text[end])
            end = following(end)
        }
        position = end
        return .variable(ShellText(name))
    }

    // MARK: substitutions

    private mutating func parseDollarParenthesis(_ start: Int, _ parenthesis: Int) throws(Stop)
        -> WordPart
    {
        try enter()
        defer { leave() }
        let next = following(parenthesis)
        if text[next] == 0x28 {
            let arithmetic = try parseArithmetic(
                openedAt: start,
                from: next + 1,
                joinsLines: true
            )
            if let arithmetic {
                return .arithmetic(
                    ArithmeticExpansion(
                        arithmetic: arithmetic,
                        isBracketed: false,
                        range: range(from: start)
                    )
                )
            }
            guard features.contains(.arithmeticCommand) else { throw unexpected("`))`") }
            return try parseUncertainSubstitution(start, parenthesis + 1) { list, range in
                .commandSubstitution(
                    CommandSubstitution(form: .parentheses, list: list, range: range)
                )
            }
        }
        position = parenthesis + 1
        let list = try parseSubstitutedList(.commandSubstitution, start)
        return .commandSubstitution(
            CommandSubstitution(form: .parentheses, list: list, range: range(from: start))
        )
    }

    /// `$((a) | b)`, `<((a) | b)`: bash takes it for arithmetic until it runs it, so errors come
    /// only then.
    private mutating func parseUncertainSubstitution(
        _ start: Int,
        _ inner: Int,
        part: (CommandList, SourceRange) -> WordPart
    ) throws(Stop) -> WordPart {
        let end = try endOfParentheses(from: inner, start)
        try countReread(end - inner)
        let body = Array(text[inner..<end])
        var parser = subparser(body, at: subplace(inner))
        position = end + 1
        do throws(Stop) {
            let list = try parser.parseAll()
            guard parser.hereDocuments.areTerminated else {
                throw parser.fail(.unexpectedEnd(of: "a here-document"), range(from: start))
            }
            take(from: parser)
            return part(list, range(from: start))
        } catch {
            return try deferred(
                .commandSubstitution,
                parser,
                range(from: start),
                slice(start, position)
            )
        }
    }

    /// The offset of the `)` that closes parentheses that are open before an offset.
    private mutating func endOfParentheses(from inner: Int, _ start: Int) throws(Stop) -> Int {
        position = inner
        open(.commandSubstitution, at: start)
        _ = try parseQuotedParts(.arithmetic)
        close()
        return position
    }

    mutating func parseProcessSubstitution() throws(Stop) -> WordPart {
        try countNode()
        try enter()
        defer { leave() }
        let start = position
        let direction: ProcessSubstitution.Direction = text[position] == 0x3C ? .input : .output
        position = following(position) + 1
        if text[skippingContinuations(position)] == 0x28 {
            return try parseUncertainSubstitution(start, position) { list, range in
                .processSubstitution(
                    ProcessSubstitution(direction: direction, list: list, range: range)
                )
            }
        }
        let list = try parseSubstitutedList(.processSubstitution, start)
        return .processSubstitution(
            ProcessSubstitution(direction: direction, list: list, range: range(from: start))
        )
    }

    /// Reads the commands up to `)`, and goes behind it.
    private mutating func parseSubstitutedList(
        _ kind: OpenConstruct.Kind,
        _ start: Int
    ) throws(Stop) -> CommandList {
        open(kind, at: start)
        substitutionDepth += 1
        let hadReservedWord = acceptsReservedWord
        let expandsAliases = options.expandsAliases
        let inner = position
        // bash finds the end without aliases, and looks them up when it runs the substitution.
        let expandsLate = features.contains(.ansiCQuoting) && !options.isPOSIX
        if expandsLate { options.expandsAliases = false }
        let outer = hereDocuments.setAsidePending()
        let list = try parseCompoundList(allowsEmpty: true)
        guard text[position] == 0x29 else { throw unexpected("`)`") }
        if hereDocuments.arePending {
            throw fail(.unexpectedEnd(of: "a here-document"), range(from: start))
        }
        hereDocuments.restorePending(outer)
        position += 1
        options.expandsAliases = expandsAliases
        acceptsReservedWord = hadReservedWord
        substitutionDepth -= 1
        close()
        guard expandsLate, expandsAliases, !aliases.isEmpty else { return list }
        return try listWithAliases(inner, position - 1)
    }

    /// What a substitution whose end is known runs under the aliases that hold now.
    private mutating func listWithAliases(_ start: Int, _ end: Int) throws(Stop) -> CommandList {
        try countReread(end - start)
        // With its parenthesis, before which `EOF)` ends a here-document.
        var parser = subparser(Array(text[start...end]), at: subplace(start))
        parser.substitutionDepth = 1
        parser.endsWithParenthesis = true
        do throws(Stop) {
            let list = try parser.parseAll()
            take(from: parser)
            return list
        } catch {
            stop = parser.stop
            throw error
        }
    }

    /// `` `…` ``: the text without the backslashes that quote for the substitution itself is read
    /// as commands on its own.
    mutating func parseBackquoted(inDoubleQuotes: Bool) throws(Stop) -> WordPart {
        try enter()
        defer { leave() }
        let start = position
        position += 1
        var body: [UInt8] = []
        var isChanged = false
        while text[position] != 0x60 {
            guard position < count else {
                open(.backquote, at: start)
                throw atEnd("`` ` ``")
            }
            if text[position] == 0x5C {
                let next = text[position + 1]
                if next == 0x5C || next == 0x24 || next == 0x60 || (inDoubleQuotes && next == 0x22)
                {
                    isChanged = true
                    position += 1
                } else if next == 0x0A {
                    // Before anything in the substitution is read: in a comment and in `'…'` too.
                    isChanged = true
                    position += 2
                    continue
                } else if position + 1 < count {
                    body.append(0x5C)
                    position += 1
                }
            }
            body.append(text[position])
            position += 1
        }
        position += 1
        let whole = range(from: start)
        var parser = subparser(body, at: isChanged ? .fixed(whole) : subplace(start + 1))
        do throws(Stop) {
            let list = try parser.parseAll()
            take(from: parser)
            return .commandSubstitution(
                CommandSubstitution(form: .backquotes, list: list, range: whole)
            )
        } catch {
            return try deferred(.commandSubstitution, parser, whole, slice(start, position))
        }
    }
}
