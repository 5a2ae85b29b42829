import ShellSyntax

extension CodeCursor {
    /// Takes a backslash and what it makes of the characters behind it, as most languages have it.
    ///
    /// - Parameters:
    ///   - builder: The text that is read.
    ///   - hasUnicode: Whether `\u` and its like are characters; in bytes they are text.
    ///   - keepsBackslash: Whether it stays before a character that needs none.
    mutating func simpleEscape(
        _ builder: inout CodeTextBuilder,
        hasUnicode: Bool = true,
        keepsBackslash: Bool = false
    ) {
        advance()
        if isAtEnd { return }
        let byte = self.byte
        advance()
        switch byte {
        case 0x0A: break
        case UInt8(ascii: "n"): builder.append(0x0A)
        case UInt8(ascii: "t"): builder.append(0x09)
        case UInt8(ascii: "r"): builder.append(0x0D)
        case UInt8(ascii: "a"): builder.append(0x07)
        case UInt8(ascii: "b"): builder.append(0x08)
        case UInt8(ascii: "f"): builder.append(0x0C)
        case UInt8(ascii: "v"): builder.append(0x0B)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = UInt32(byte - 0x30)
            for _ in 0..<2 where (0x30...0x37).contains(self.byte) {
                value = value * 8 + UInt32(next() - 0x30)
            }
            character(value, &builder)
        case UInt8(ascii: "x"): hexadecimal(2, &builder)
        case UInt8(ascii: "u") where hasUnicode: hexadecimal(4, &builder)
        case UInt8(ascii: "U") where hasUnicode: hexadecimal(8, &builder)
        case UInt8(ascii: "N") where hasUnicode: builder.append(UnknownText.notComputed)
        case _ where byte >= 0x80 || byte.isIdentifier:
            // An escape of one language that means itself in another.
            builder.append(UnknownText.notComputed)
        default:
            let isSpecial = byte == 0x5C || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
            if keepsBackslash, !isSpecial { builder.append(0x5C) }
            builder.append(byte)
        }
    }

    private mutating func hexadecimal(_ count: Int, _ builder: inout CodeTextBuilder) {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = byte.hexadecimal else {
                return builder.append(UnknownText.notComputed)
            }
            value = value << 4 | UInt32(digit)
            advance()
        }
        character(value, &builder)
    }

    /// Appends an ASCII character; others are bytes to some languages and characters to others.
    private func character(_ value: UInt32, _ builder: inout CodeTextBuilder) {
        if value > 0, value < 0x80 {
            builder.append(UInt8(value))
        } else {
            builder.append(UnknownText.notComputed)
        }
    }
}
