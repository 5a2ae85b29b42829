import ShellSyntax

/// Cuts code of PHP, as `php -r` takes it, into tokens.
struct PhpLexer: ScriptLexer {
    var cursor: CodeCursor
    var tokens: [CodeToken] = []
    var streams: [TokenList] = []
    var hasFailed = false
    var depth = 0

    static let symbols = operators(
        "<=> **= ... <<= >>= === !== ??= ?-> -> => :: ++ -- ** == != <> <= >= && || ?? += -= *= /= "
            + ".= %= &= |= ^= << >>"
    )

    init(_ code: CodeText) { cursor = CodeCursor(code) }

    mutating func token() {
        let byte = cursor.byte
        switch byte {
        case UInt8(ascii: "#"): comment()
        case UInt8(ascii: "/") where cursor.peek(1) == byte: comment()
        case UInt8(ascii: "/") where cursor.peek(1) == UInt8(ascii: "*"): blockComment()
        // The end of the code, a heredoc, a variable whose name is a value.
        case UInt8(ascii: "?") where cursor.peek(1) == UInt8(ascii: ">"): hasFailed = true
        case UInt8(ascii: "<") where cursor.starts("<<<".utf8): hasFailed = true
        case UInt8(ascii: "$"): variable()
        case UInt8(ascii: "'"): plain()
        case UInt8(ascii: "\""): quoted(.string)
        case UInt8(ascii: "`"): quoted(.command)
        case UInt8(ascii: "\\"):
            cursor.advance()
            if tokens.last?.kind == .name || !cursor.byte.isIdentifierStart { hasFailed = true }
        case _ where byte.isWhite: skipSpace()
        case _ where cursor.startsNumber: addNumber()
        case _ where byte.isIdentifierStart:
            addName()
            if cursor.byte == UInt8(ascii: "\\") { hasFailed = true }
        default: addSymbol()
        }
    }

    private mutating func comment() {
        if cursor.starts("#[".utf8) { hasFailed = true }
        let start = cursor.position
        skipComment()
        if code.bytes[start..<cursor.position].contains(sequence: Array("?>".utf8)) {
            hasFailed = true
        }
    }

    private mutating func blockComment() {
        cursor.advance(2)
        while !cursor.isAtEnd {
            if cursor.starts("*/".utf8) { return cursor.advance(2) }
            cursor.advance()
        }
        hasFailed = true
    }

    private mutating func variable() {
        let start = cursor.position
        cursor.advance()
        if !cursor.byte.isIdentifierStart { hasFailed = true }
        cursor.skip { $0.isIdentifier }
        if cursor.byte.isUnknown { hasFailed = true }
        add(.variable, from: start)
    }

    private mutating func plain() {
        let start = cursor.position
        cursor.advance()
        var builder = CodeTextBuilder()
        while !cursor.isAtEnd {
            if cursor.take(UInt8(ascii: "'")) {
                return add(.string, "'", from: start, value: builder.text)
            }
            let next = cursor.peek(1)
            let isEscape = next == UInt8(ascii: "'") || next == UInt8(ascii: "\\")
            if cursor.byte == UInt8(ascii: "\\"), isEscape { cursor.advance() }
            builder.append(code, at: cursor.position)
            cursor.advance()
        }
        hasFailed = true
        add(.string, "'", from: start, value: builder.text + .notComputed)
    }

    private mutating func quoted(_ kind: CodeToken.Kind) {
        let start = cursor.position
        let quote = cursor.next()
        var builder = CodeTextBuilder()
        while !cursor.isAtEnd, !hasFailed {
            let byte = cursor.byte
            let next = cursor.peek(1)
            if byte == quote {
                cursor.advance()
                return add(kind, ShellText([quote]), from: start, value: builder.text)
            }
            if byte == UInt8(ascii: "\\") {
                cursor.simpleEscape(&builder, hasUnicode: false, keepsBackslash: true)
            } else if byte == UInt8(ascii: "$"), next.isIdentifierStart {
                cursor.advance()
                cursor.skip { $0.isIdentifier }
                // An index or a property belongs to the variable.
                if cursor.byte == UInt8(ascii: "[") { cursor.skip { $0 != UInt8(ascii: "]") } }
                builder.append(UnknownText.notComputed)
            } else if byte == UInt8(ascii: "{"), next == UInt8(ascii: "$") {
                cursor.advance()
                builder.append(UnknownText.notComputed)
                _ = nested { $0.cursor.take(UInt8(ascii: "}")) }
            } else {
                if byte == UInt8(ascii: "$"), next == UInt8(ascii: "{") { hasFailed = true }
                builder.append(code, at: cursor.position)
                cursor.advance()
            }
        }
        hasFailed = true
        add(kind, ShellText([quote]), from: start, value: builder.text + .notComputed)
    }
}
