// The word behind `<<` (POSIX XCU 2.7.4): nothing in it is expanded.

extension Parser {
    /// Goes behind what would be an expansion elsewhere: in a delimiter it is text.
    ///
    /// bash prints commands in `$(…)` anew and looks for that; nobody writes such a delimiter.
    mutating func skipExpansionInDelimiter() throws(Stop) {
        let start = position
        let next = following(position)
        if text[position] == 0x60 {
            _ = try parseBackquoted(inDoubleQuotes: false)
        } else if text[next] == 0x28,
            text[following(next)] != 0x28 || features.contains(.eagerSubstitutions)
        {
            guard let end = endOfBareName(next + 1) else {
                throw unexpected("a delimiter without commands")
            }
            position = end + 1
        } else if text[next] == 0x27 || text[next] == 0x22 {
            position = next
        } else if try parseDollar(inDoubleQuotes: true) == nil {
            position = start + 1
        }
    }

    /// The offset of the `)` of `$(name)`, which bash prints as it is written when it compares it with
    /// the lines; of other commands the blanks and the rest become what bash prints.
    private func endOfBareName(_ start: Int) -> Int? {
        guard !features.contains(.eagerSubstitutions) else { return nil }
        var end = start
        while text[end].isName { end += 1 }
        let name = String(decoding: text[start..<end], as: UTF8.self)
        guard end > start, text[end] == 0x29, ReservedWord(rawValue: name) == nil else {
            return nil
        }
        return end
    }

    /// Reads `"…"` in a delimiter, where nothing is expanded: its text is one literal.
    mutating func parseQuotedDelimiter() throws(Stop) -> WordPart {
        let start = position
        let quoted = try parseDoubleQuoted(isLocale: false)
        let inner = Literal(
            text: slice(start + 1, position - 1),
            range: range(start + 1, position - 1)
        )
        return .doubleQuoted(
            DoubleQuoted(
                parts: inner.text.isEmpty ? [] : [.literal(inner)],
                isLocale: false,
                range: quoted.range
            )
        )
    }

    /// The delimiter without its quotes, and whether it had any.
    func delimiterText(_ start: Int, _ end: Int) -> ([UInt8], isQuoted: Bool) {
        var bytes: [UInt8] = []
        var quote: UInt8?
        var isQuoted = false
        var offset = start
        while offset < end {
            let byte = text[offset]
            offset += 1
            switch (byte, quote) {
            case (0x5C, nil), (0x5C, 0x22):
                let next = text[offset]
                if next == 0x0A {
                    offset += 1
                } else if quote == nil || next == 0x22 || next == 0x5C || next == 0x24
                    || next == 0x60
                {
                    isQuoted = true
                    bytes.append(next)
                    offset += 1
                } else {
                    bytes.append(byte)
                }
            case (0x27, nil), (0x22, nil):
                isQuoted = true
                quote = byte
            case (0x24, nil) where text[offset] == 0x27 || text[offset] == 0x22:
                if !features.contains(.ansiCQuoting) { bytes.append(byte) }
            case (_, byte): quote = nil
            default: bytes.append(byte)
            }
        }
        return (bytes, isQuoted)
    }
}
