import ShellSyntax

// What all languages write alike: numbers, and operators of several characters.

extension CodeCursor {
    /// Whether a number starts here: a digit, a dot with one behind it, or digits that are not known.
    var startsNumber: Bool {
        byte.isDecimal || byte == CodeText.unknownDigits
            || (byte == UInt8(ascii: ".")
                && (peek(1).isDecimal || peek(1) == CodeText.unknownDigits))
    }

    /// Takes a number, and of what follows nothing that could be a word: `0xfor` is `0xf` and `or`.
    ///
    /// - Parameter takesLastDot: Whether `5.` is a number, so that what follows is no attribute.
    /// - Returns: Where it stands.
    mutating func number(takesLastDot: Bool = false) -> Range<Int> {
        let start = position
        let isPrefixed = byte == UInt8(ascii: "0") && "xXbBoO".utf8.contains(peek(1))
        if isPrefixed {
            let isHexadecimal = peek(1) | 0x20 == UInt8(ascii: "x")
            advance(2)
            skip {
                $0 == UInt8(ascii: "_") || $0 == CodeText.unknownDigits
                    || (isHexadecimal ? $0.hexadecimal != nil : $0.isDecimal)
            }
            return start..<position
        }
        digits()
        let next = peek(1)
        if byte == UInt8(ascii: ".") {
            if next.isDecimal || next == CodeText.unknownDigits {
                advance()
                digits()
            } else if takesLastDot, next != UInt8(ascii: ".") {
                advance()
            }
        }
        if byte | 0x20 == UInt8(ascii: "e") {
            let isSigned = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
            if peek(isSigned ? 2 : 1).isDecimal {
                advance(isSigned ? 2 : 1)
                digits()
            }
        }
        return start..<position
    }

    private mutating func digits() {
        skip { $0.isDecimal || $0 == UInt8(ascii: "_") || $0 == CodeText.unknownDigits }
    }

    /// Takes the longest operator of a list, whose longest ones come first, or else one byte.
    mutating func symbol(_ operators: [[UInt8]]) -> CodeToken {
        let start = position
        let length = operators.first(where: starts)?.count ?? 1
        advance(length)
        let kind: CodeToken.Kind =
            code.bytes[start] >= 0x80 || code.bytes[start] < 0x20 ? .unknown : .symbol
        return CodeToken(kind, code.shellText(start..<position), at: start..<position)
    }
}

/// Operators of several characters, longest first.
func operators(_ text: String) -> [[UInt8]] {
    text.split(separator: " ").map { Array($0.utf8) }.sorted { $0.count > $1.count }
}
