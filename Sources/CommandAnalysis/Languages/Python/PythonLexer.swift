import ShellSyntax

/// Cuts code of Python, of all versions, into tokens.
struct PythonLexer: ScriptLexer {
    var cursor: CodeCursor
    var tokens: [CodeToken] = []
    var streams: [TokenList] = []
    var hasFailed = false
    var depth = 0

    static let symbols = operators("... **= //= >>= <<= ** // >> << <= >= == != -> += -= *= /= :=")

    init(_ code: CodeText) { cursor = CodeCursor(code) }

    mutating func token() {
        let byte = cursor.byte
        switch byte {
        case 0x0A: addNewline()
        case UInt8(ascii: "#"): skipComment()
        case UInt8(ascii: "\\"):
            cursor.advance()
            _ = cursor.take(0x0D)
            if !cursor.take(0x0A) { hasFailed = true }
        case UInt8(ascii: "\""), UInt8(ascii: "'"): string(from: cursor.position, prefix: [])
        case _ where byte.isWhite: skipSpace()
        case _ where cursor.startsNumber: addNumber()
        case _ where byte.isIdentifierStart: name()
        default: addSymbol()
        }
    }

    private mutating func name() {
        let start = cursor.position
        var length = 0
        while cursor.peek(length).isIdentifier, length < 3 { length += 1 }
        let quote = cursor.peek(length)
        if length < 3, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            let prefix = (0..<length).map { cursor.peek($0) | 0x20 }
            if prefix.allSatisfy("rbuf".utf8.contains) {
                cursor.advance(length)
                return string(from: start, prefix: prefix)
            }
        }
        addName()
    }

    private mutating func string(from start: Int, prefix: [UInt8]) {
        let isRaw = prefix.contains(UInt8(ascii: "r"))
        let isBytes = prefix.contains(UInt8(ascii: "b"))
        let isFormatted = prefix.contains(UInt8(ascii: "f"))
        let quote = cursor.next()
        let isTriple = cursor.byte == quote && cursor.peek(1) == quote
        if isTriple { cursor.advance(2) }
        var builder = CodeTextBuilder()
        while !cursor.isAtEnd, !hasFailed {
            let byte = cursor.byte
            if byte == quote {
                if !isTriple || (cursor.peek(1) == quote && cursor.peek(2) == quote) {
                    cursor.advance(isTriple ? 3 : 1)
                    return add(.string, ShellText([quote]), from: start, value: builder.text)
                }
            }
            if byte == 0x0A, !isTriple { break }
            let next = cursor.peek(1)
            let isBeforeField =
                isFormatted && (next == UInt8(ascii: "{") || next == UInt8(ascii: "}"))
            if byte == UInt8(ascii: "\\"), !isBeforeField {
                escape(&builder, isRaw: isRaw, isBytes: isBytes)
            } else if isFormatted, byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
                field(&builder)
            } else {
                builder.append(code, at: cursor.position)
                cursor.advance()
            }
        }
        hasFailed = true
        builder.append(UnknownText.notComputed)
        add(.string, ShellText([quote]), from: start, value: builder.text)
    }

    private mutating func escape(_ builder: inout CodeTextBuilder, isRaw: Bool, isBytes: Bool) {
        if isRaw {
            builder.append(cursor.next())
            if !cursor.isAtEnd {
                builder.append(code, at: cursor.position)
                cursor.advance()
            }
            return
        }
        cursor.simpleEscape(&builder, hasUnicode: !isBytes, keepsBackslash: true)
    }

    /// Takes `{expression!r:format}` or a doubled brace.
    private mutating func field(_ builder: inout CodeTextBuilder) {
        let brace = cursor.next()
        if cursor.take(brace) { return builder.append(brace) }
        guard brace == UInt8(ascii: "{") else {
            hasFailed = true
            return
        }
        builder.append(UnknownText.notComputed)
        let isClosed = nested { lexer in
            let byte = lexer.cursor.byte
            return byte == UInt8(ascii: "}") || byte == UInt8(ascii: ":")
                || (byte == UInt8(ascii: "!") && lexer.cursor.peek(1) != UInt8(ascii: "="))
        }
        guard isClosed else { return }
        if cursor.take(UInt8(ascii: "!")) { cursor.advance() }
        if cursor.take(UInt8(ascii: ":")) { format() }
        if !cursor.take(UInt8(ascii: "}")) { hasFailed = true }
    }

    /// Takes the format of a field, in which fields can stand.
    private mutating func format() {
        var unused = CodeTextBuilder()
        while !cursor.isAtEnd, !hasFailed {
            switch cursor.byte {
            case UInt8(ascii: "}"): return
            case UInt8(ascii: "{"):
                depth += 1
                if depth > 8 { hasFailed = true } else { field(&unused) }
                depth -= 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\\"), 0x0A: hasFailed = true
            default: cursor.advance()
            }
        }
    }
}
