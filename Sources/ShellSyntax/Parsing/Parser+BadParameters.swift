// The end of a `${…}` that is no parameter expansion.

extension Parser {
    /// dash drops the character that makes an expansion unreadable, be it a quote, and reads what
    /// follows as an operand.
    mutating func skipToBraceBehindBadCharacter(
        from inner: Int,
        _ inDoubleQuotes: Bool
    ) throws(Stop) {
        if text[inner] == 0x23, text[inner + 1] != 0x7D, text[inner + 2] == 0x7D {
            position = inner + 3
            return
        }
        let isLength = text[inner] == 0x23 && position > inner + 1
        let isBehindColon = text[position] == 0x3A && position > inner && !isLength
        if isBehindColon { position = following(position) }
        guard position < count else { throw atEnd("`}`") }
        if !isLength, text[position] != 0x7D || isBehindColon { position += 1 }
        _ = try parseOperand(.brace, inDoubleQuotes)
        position += 1
    }

    /// Goes behind the `}` that bash takes for the end of `${`.
    mutating func skipToBrace(_ inDoubleQuotes: Bool) throws(Stop) {
        while true {
            guard position < count else { throw atEnd("`}`") }
            switch text[position] {
            case 0x7D:
                position += 1
                return
            case 0x5C:
                position += 2
            case 0x27 where !inDoubleQuotes || !options.isPOSIX:
                _ = try parseSingleQuoted()
            case 0x22:
                _ = try parseDoubleQuoted(isLocale: false)
            case 0x60:
                _ = try parseBackquoted(inDoubleQuotes: inDoubleQuotes)
            case 0x24:
                let start = position
                if try parseDollar(inDoubleQuotes: inDoubleQuotes) == nil { position = start + 1 }
            case 0x3C, 0x3E:
                if isAtProcessSubstitution {
                    _ = try parseProcessSubstitution()
                } else {
                    position += 1
                }
            default:
                position += 1
            }
        }
    }
}
