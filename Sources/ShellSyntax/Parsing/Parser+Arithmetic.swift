// The text of arithmetic (POSIX XCU 2.6.4; bash manual, *Shell Arithmetic*), which
// `ArithmeticReader` reads.

extension Parser {
    /// Reads the text of `((…))`; where `joinsLines`, a line continuation may stand in the `))`.
    ///
    /// - Returns: Nil where it does not end with `))`; then it is commands in parentheses.
    mutating func parseArithmetic(
        openedAt start: Int,
        from inner: Int,
        joinsLines: Bool
    ) throws(Stop) -> Arithmetic? {
        guard !notArithmetic.contains(inner) else { return nil }
        position = inner
        open(.arithmetic, at: start)
        let parts = try parseQuotedParts(.arithmetic)
        close()
        let next = joinsLines ? following(position) : position + 1
        guard text[next] == 0x29 else {
            notArithmetic.insert(inner)
            try countReread(position - inner)
            return nil
        }
        try demandNoTranslation(parts)
        let arithmetic = try makeArithmetic(parts, range(from: inner))
        position = next + 1
        return arithmetic
    }

    /// Of arithmetic no text in `$'…'` can be read.
    mutating func demandNoTranslation(_ parts: [WordPart]) throws(Stop) {
        for case .ansiCQuoted(let quoted) in parts { throw notPlain(quoted) }
    }

    mutating func parseBracketArithmetic(_ start: Int, _ inner: Int) throws(Stop)
        -> WordPart
    {
        try enter()
        defer { leave() }
        position = inner
        open(.arithmetic, at: start)
        let parts = try parseQuotedParts(.brackets)
        close()
        let arithmetic = try makeArithmetic(parts, range(from: inner))
        position += 1
        return .arithmetic(
            ArithmeticExpansion(
                arithmetic: arithmetic,
                isBracketed: true,
                range: range(from: start)
            )
        )
    }

    mutating func makeArithmetic(_ parts: [WordPart], _ range: SourceRange) throws(Stop)
        -> Arithmetic
    {
        try countNode()
        let parts = try unquotingArithmetic(parts)
        return Arithmetic(
            parts: parts,
            reading: ArithmeticReader.reading(parts, range, nesting: limits.nesting - nesting),
            range: range
        )
    }

    /// To bash a single quote in arithmetic quotes nothing: it is a character that no expression
    /// has, and what is between two of them is expanded, and runs.
    ///
    /// In a subscript it does quote where the array turns out to be associative.
    private mutating func unquotingArithmetic(_ parts: [WordPart]) throws(Stop) -> [WordPart] {
        guard features.contains(.arithmeticCommand), parts.contains(where: \.isSingleQuoted) else {
            return parts
        }
        var unquoted: [WordPart] = []
        for part in parts {
            switch part {
            case .singleQuoted(let quoted): try unquote(quoted, &unquoted)
            case .ansiCQuoted(let quoted) where !quoted.text.utf8.allSatisfy(\.isName):
                unquoted.append(.deferredError(undecoded(quoted)))
            default: unquoted.append(part)
            }
        }
        return unquoted
    }

    private mutating func unquote(_ quoted: Literal, _ parts: inout [WordPart]) throws(Stop) {
        let text = Array(quoted.text.utf8)
        let place = quoted.range.bytes
        // Elsewhere all of it stands in one place.
        let isExact = place.count == text.count + 2
        let first = isExact ? SourceRange(place.lowerBound, place.lowerBound + 1) : quoted.range
        let last = isExact ? SourceRange(place.upperBound - 1, place.upperBound) : quoted.range
        parts.append(.literal(Literal(text: "'", range: first)))
        let kind: PlaceMapping.Kind =
            isExact ? .offset(place.lowerBound + 1) : .fixed(quoted.range)
        var parser = subparser(text, at: kind)
        do throws(Stop) {
            parts += try parser.parseWholeText(.quotesOfOperand)
            take(from: parser)
        } catch {
            parts.append(try deferred(.commandSubstitution, parser, quoted.range, quoted.text))
        }
        parts.append(.literal(Literal(text: "'", range: last)))
    }

    /// bash decodes it and expands what comes out.
    private func undecoded(_ quoted: Literal) -> DeferredError {
        let text: ShellText = "$'\(quoted.text)'"
        return DeferredError(
            construct: .arithmetic,
            text: text,
            error: SyntaxError(
                kind: .unexpected(found: text, expected: "plain text in arithmetic"),
                range: quoted.range
            ),
            range: quoted.range
        )
    }
}

extension WordPart {
    fileprivate var isSingleQuoted: Bool {
        switch self {
        case .singleQuoted, .ansiCQuoted: true
        case .literal, .escaped, .doubleQuoted, .tilde, .parameter, .commandSubstitution,
            .arithmetic, .processSubstitution, .braceExpansion, .extendedGlob, .array,
            .deferredError:
            false
        }
    }
}
