// Single, ANSI-C and double quotes (POSIX XCU 2.2; bash manual, *Quoting*).

extension Parser {
    mutating func parseSingleQuoted() throws(Stop) -> Literal {
        let start = position
        position += 1
        while text[position] != 0x27 {
            guard position < count else {
                open(.singleQuote, at: start)
                throw atEnd("`'`")
            }
            position += 1
        }
        position += 1
        return Literal(text: slice(start + 1, position - 1), range: range(from: start))
    }

    /// `$'…'`, where a backslash quotes the quote.
    mutating func parseANSICQuoted() throws(Stop) -> Literal {
        let start = position
        position = following(position) + 1
        let inner = position
        while text[position] != 0x27 {
            if text[position] == 0x5C { position += 1 }
            guard position < count else {
                position = count
                open(.ansiCQuote, at: start)
                throw atEnd("`'`")
            }
            position += 1
        }
        position += 1
        return Literal(text: slice(inner, position - 1), range: range(from: start))
    }

    /// `"…"`, or `$"…"` where the parser is before the dollar.
    mutating func parseDoubleQuoted(isLocale: Bool) throws(Stop) -> DoubleQuoted {
        try enter()
        defer { leave() }
        let start = position
        position = isLocale ? following(position) + 1 : position + 1
        let depth = openConstructs.count
        openConstructs.append(OpenConstruct(kind: .doubleQuote, range: range(from: start)))
        let parts = try parseQuotedParts(.doubleQuotes)
        position += 1
        openConstructs.removeLast(openConstructs.count - depth)
        return DoubleQuoted(parts: parts, isLocale: isLocale, range: range(from: start))
    }
}
