// Text of words that nothing expands, and what a backslash does in it (POSIX XCU 2.2.1).

/// Text of a word up to where the parser is, not yet a part.
struct PendingLiteral {
    /// Where it begins, with line continuations in front of it.
    var start: Int
    /// Where the text begins that is not in `carried`.
    var textStart: Int
    /// What stood before a line continuation.
    var carried: [UInt8] = []

    init(at start: Int) {
        self.start = start
        textStart = start
    }
}

extension Parser {
    /// Ends the literal that was read so far and appends it.
    func flush(_ literal: inout PendingLiteral, _ parts: inout [WordPart]) {
        flush(&literal, upTo: position, &parts)
    }

    func flush(_ literal: inout PendingLiteral, upTo end: Int, _ parts: inout [WordPart]) {
        if literal.carried.isEmpty {
            guard end > literal.textStart else { return }
            parts.append(
                .literal(
                    Literal(text: slice(literal.textStart, end), range: range(literal.start, end))
                )
            )
        } else {
            literal.carried += text[literal.textStart..<end]
            parts.append(
                .literal(
                    Literal(text: ShellText(literal.carried), range: range(literal.start, end))
                )
            )
        }
    }

    /// The offset of the last byte of a literal; nil where it is empty.
    func endOffset(_ literal: PendingLiteral) -> Int? {
        if position > literal.textStart { return position - 1 }
        guard !literal.carried.isEmpty else { return nil }
        var offset = position
        while text[offset - 1] == 0x0A { offset -= 2 }
        return offset - 1
    }

    /// Ends the literal before its last byte, which is the quantifier of an extended pattern.
    func flushBeforeLast(_ literal: inout PendingLiteral, _ parts: inout [WordPart]) {
        guard let last = endOffset(literal) else { preconditionFailure("nothing was read") }
        guard last < literal.textStart else { return flush(&literal, upTo: last, &parts) }
        literal.carried.removeLast()
        literal.textStart = last
        flush(&literal, upTo: last, &parts)
    }

    /// Reads a quoted character, or goes behind a line continuation, which leaves no trace.
    mutating func parseBackslash(
        _ literal: inout PendingLiteral,
        _ parts: inout [WordPart]
    ) throws(Stop) {
        if text[position + 1] == 0x0A {
            try continueLine(&literal)
            return
        }
        guard position + 1 < count else {
            if !isFinal {
                open(.lineContinuation, at: position)
                position += 1
                throw atEnd("a character")
            }
            position += 1
            return
        }
        flush(&literal, &parts)
        let start = position
        let end = endOfCharacter(position + 1)
        position = end
        parts.append(
            .escaped(Literal(text: slice(start + 1, end), range: range(start, end)))
        )
        literal = PendingLiteral(at: position)
    }

    mutating func continueLine(_ literal: inout PendingLiteral) throws(Stop) {
        let hasText = !literal.carried.isEmpty || position > literal.textStart
        literal.carried += text[literal.textStart..<position]
        position += 2
        literal.textStart = position
        if !hasText { literal.start = position }
        if position >= count, !isFinal {
            open(.lineContinuation, at: position - 2)
            throw atEnd("the continued line")
        }
    }

    /// The offset behind a character of one to four bytes.
    private func endOfCharacter(_ offset: Int) -> Int {
        var end = offset + 1
        while end < count, text[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}
