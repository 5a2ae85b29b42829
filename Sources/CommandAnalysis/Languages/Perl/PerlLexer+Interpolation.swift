import ShellSyntax

extension PerlLexer {
    /// What a text with variables in it is; code in it becomes streams of its own.
    mutating func interpolated(_ content: Range<Int>, isRegex: Bool) -> AbstractText {
        // A backslash before the delimiter goes before the code in braces is read.
        if hasEscapedEnd(content), hasCode(content) { hasFailed = true }
        return inside(content) { $0.interpolate(isRegex: isRegex) } ?? .notComputed
    }

    /// Whether the delimiter stands in it behind a backslash.
    private func hasEscapedEnd(_ content: Range<Int>) -> Bool {
        guard content.upperBound < code.bytes.count else { return false }
        let end = code.bytes[content.upperBound]
        return zip(code.bytes[content], code.bytes[content].dropFirst()).contains {
            $0 == UInt8(ascii: "\\") && $1 == end
        }
    }

    /// Whether a block in braces stands in it.
    private func hasCode(_ content: Range<Int>) -> Bool {
        zip(code.bytes[content], code.bytes[content].dropFirst()).contains {
            ($0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "$")) && $1 == UInt8(ascii: "{")
        }
    }

    private mutating func interpolate(isRegex: Bool) -> AbstractText {
        var builder = CodeTextBuilder()
        while !cursor.isAtEnd {
            switch cursor.byte {
            case UInt8(ascii: "\\"):
                if isRegex {
                    cursor.advance(2)
                } else {
                    cursor.simpleEscape(&builder, hasUnicode: false)
                }
            case UInt8(ascii: "$") where startsVariable(isRegex: isRegex),
                UInt8(ascii: "@") where startsArray:
                builder.append(UnknownText.notComputed)
                variable()
                subscripts()
            default:
                builder.append(code, at: cursor.position)
                cursor.advance()
            }
        }
        return builder.text
    }

    private func startsVariable(isRegex: Bool) -> Bool {
        let next = cursor.peek(1)
        if next.isIdentifier || next == UInt8(ascii: "{") || next == UInt8(ascii: ":") {
            return true
        }
        if startsLength { return true }
        // At its end, and before these, it is the end of a line.
        if next == 0 || (isRegex && ")|".utf8.contains(next)) || next.isWhite { return false }
        return !isRegex || next == UInt8(ascii: "$") || next == UInt8(ascii: "&")
    }

    /// Whether `$#{`, `$#$` or `$#x` comes.
    private var startsLength: Bool {
        let next = cursor.peek(2)
        return cursor.peek(1) == UInt8(ascii: "#")
            && (next.isIdentifierStart || "{$".utf8.contains(next))
    }

    private var startsArray: Bool {
        let next = cursor.peek(1)
        return next.isIdentifierStart || "{$:".utf8.contains(next)
    }

    /// Takes a variable in a text; a block in braces is code.
    private mutating func variable() {
        cursor.advance(startsLength ? 2 : 1)
        while cursor.byte == UInt8(ascii: "$") {
            let next = cursor.peek(1)
            guard next.isIdentifier || "{$:".utf8.contains(next) else { break }
            cursor.advance()
        }
        if cursor.byte == UInt8(ascii: "{") {
            if braced() { return }
            cursor.advance()
            _ = nested { $0.cursor.take(UInt8(ascii: "}")) }
        } else if cursor.byte.isIdentifierStart || cursor.byte == UInt8(ascii: ":") {
            let start = cursor.position
            qualifiedName()
            // A colon that begins no name is text.
            if cursor.position == start { cursor.advance() }
        } else if cursor.byte.isDecimal {
            cursor.skip { $0.isDecimal }
        } else {
            cursor.advance()
        }
    }

    /// Takes `[1]`, `{x}` and `->[1]` behind a variable, which hold code.
    private mutating func subscripts() {
        while true {
            let isArrow = cursor.starts("->".utf8)
            let open = cursor.peek(isArrow ? 2 : 0)
            guard open == UInt8(ascii: "[") || open == UInt8(ascii: "{") else { return }
            if isArrow { cursor.advance(2) }
            cursor.advance()
            _ = nested { lexer in
                if lexer.tokens.isEmpty, lexer.takeKey(open.closing) { return true }
                return lexer.cursor.take(open.closing)
            }
        }
    }

    /// Takes a key without quotes and the brace that closes it; a number of a repetition in a
    /// regular expression looks the same.
    private mutating func takeKey(_ close: UInt8) -> Bool {
        guard close == UInt8(ascii: "}") else { return false }
        var ahead = 0
        while ahead < TokenList.maximumFold,
            cursor.peek(ahead).isIdentifier || "-,".utf8.contains(cursor.peek(ahead))
        {
            ahead += 1
        }
        guard ahead > 0, cursor.peek(ahead) == close else { return false }
        cursor.advance(ahead + 1)
        return true
    }
}
