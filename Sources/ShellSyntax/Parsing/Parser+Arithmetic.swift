// The text of arithmetic (POSIX XCU 2.6.4; bash manual, *Shell Arithmetic*), which `ArithmeticReader` reads.

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
        let arithmetic = try makeArithmetic(parts, range(from: inner))
        position = next + 1
        return arithmetic
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
        return Arithmetic(
            parts: parts,
            reading: ArithmeticReader.reading(parts, range, nesting: limits.nesting - nesting),
            range: range
        )
    }
}
