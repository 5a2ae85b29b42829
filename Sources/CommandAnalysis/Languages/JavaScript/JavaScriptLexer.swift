import ShellSyntax

/// Cuts code of JavaScript into tokens.
struct JavaScriptLexer: ScriptLexer {
    var cursor: CodeCursor
    var tokens: [CodeToken] = []
    var streams: [TokenList] = []
    var hasFailed = false
    var depth = 0
    /// For each open parenthesis, whether a statement follows when it is closed: `if (x) /re/`.
    private var groups: [Bool] = []
    private var closesHeader = false

    static let symbols = operators(
        ">>>= ... === !== **= <<= >>= >>> &&= ||= ??= => == != <= >= && || ?? ?. ++ -- += -= *= /= "
            + "%= &= |= ^= << >> **"
    )

    init(_ code: CodeText) { cursor = CodeCursor(code) }

    mutating func token() {
        let count = tokens.count
        let last = tokens.last
        take()
        guard tokens.count > count, let new = tokens.last else { return }
        closesHeader = false
        if new.isSymbol("(") {
            groups.append(["if", "while", "for", "with"].contains { last?.isName($0) == true })
        } else if new.isSymbol(")") {
            closesHeader = groups.popLast() ?? false
        }
    }

    private mutating func take() {
        let byte = cursor.byte
        switch byte {
        case 0x0A: addNewline()
        case UInt8(ascii: "/"): slash()
        case UInt8(ascii: "\""), UInt8(ascii: "'"): string()
        case UInt8(ascii: "`"): template()
        case UInt8(ascii: "\\"), UInt8(ascii: "#"): hasFailed = true
        // Comments of HTML, which scripts still have.
        case UInt8(ascii: "<") where cursor.starts("<!--".utf8): hasFailed = true
        case UInt8(ascii: "-") where cursor.starts("-->".utf8) && isAtLineStart: hasFailed = true
        case UInt8(ascii: "$"): dollarName()
        case _ where byte.isWhite: skipSpace()
        case _ where cursor.startsNumber:
            addNumber()
            if cursor.byte == UInt8(ascii: "n") { cursor.advance() }
        case _ where byte.isIdentifierStart: dollarName()
        default: addSymbol()
        }
    }

    private var isAtLineStart: Bool { tokens.last.map { $0.kind == .newline } ?? true }

    private mutating func dollarName() {
        let start = cursor.position
        cursor.skip { $0.isIdentifier || $0 == UInt8(ascii: "$") }
        let isPlain =
            cursor.byte < 0x80 && code.bytes[start..<cursor.position].allSatisfy { $0 < 0x80 }
        add(isPlain ? .name : .unknown, from: start)
    }

    private mutating func slash() {
        if cursor.peek(1) == UInt8(ascii: "/") { return lineComment() }
        if cursor.peek(1) == UInt8(ascii: "*") { return blockComment() }
        guard let last = tokens.last(where: { $0.kind != .newline }) else { return regex() }
        if closesHeader { return regex() }
        // Behind a block an expression begins; behind an object it goes on.
        if last.isSymbol("}") || JavaScriptNames.contextualWords.contains(last.text) {
            hasFailed = true
        } else if last.isSymbol("++") || last.isSymbol("--") {
            hasFailed = true
        } else if last.endsOperand, !isKeyword(last) {
            addSymbol()
        } else {
            regex()
        }
    }

    /// Whether it is a word of the language behind which a value stands.
    private func isKeyword(_ token: CodeToken) -> Bool {
        let isAttribute = tokens.count > 1 && tokens[tokens.count - 2].isSymbol(".")
        return token.kind == .name && !isAttribute
            && JavaScriptNames.operandWords.contains(token.text)
    }

    private mutating func lineComment() {
        let start = cursor.position
        skipComment()
        let comment = code.bytes[start..<cursor.position]
        if comment.contains(sequence: [0xE2, 0x80, 0xA8]) { hasFailed = true }
        if comment.contains(sequence: [0xE2, 0x80, 0xA9]) { hasFailed = true }
    }

    private mutating func blockComment() {
        cursor.advance(2)
        var hasNewline = false
        while !cursor.isAtEnd {
            if cursor.starts("*/".utf8) {
                cursor.advance(2)
                if hasNewline { add(.newline, "\n", from: cursor.position) }
                return
            }
            if cursor.byte < 0x20 || cursor.byte >= 0x80 { hasNewline = true }
            cursor.advance()
        }
        hasFailed = true
    }

    private mutating func regex() {
        let start = cursor.position
        cursor.advance()
        var isInBrackets = false
        while !cursor.isAtEnd {
            let byte = cursor.next()
            switch byte {
            case 0x0A, 0x0D, 0xE2:
                hasFailed = true
                return
            case UInt8(ascii: "\\"): cursor.advance()
            case UInt8(ascii: "["): isInBrackets = true
            case UInt8(ascii: "]"): isInBrackets = false
            case UInt8(ascii: "/") where !isInBrackets:
                cursor.skip { $0.isIdentifier }
                return add(.regex, "/", from: start)
            default: break
            }
        }
        hasFailed = true
    }

    private mutating func string() {
        let start = cursor.position
        let quote = cursor.next()
        var builder = CodeTextBuilder()
        while !cursor.isAtEnd {
            let byte = cursor.byte
            if byte == 0x0A || byte == 0x0D { break }
            if byte == quote {
                cursor.advance()
                return add(.string, ShellText([quote]), from: start, value: builder.text)
            }
            character(&builder)
        }
        hasFailed = true
        builder.append(UnknownText.notComputed)
        add(.string, ShellText([quote]), from: start, value: builder.text)
    }

    private mutating func character(_ builder: inout CodeTextBuilder) {
        if cursor.byte == UInt8(ascii: "\\") {
            cursor.simpleEscape(&builder)
        } else {
            builder.append(code, at: cursor.position)
            cursor.advance()
        }
    }

    private mutating func template() {
        let start = cursor.position
        cursor.advance()
        var builder = CodeTextBuilder()
        while !cursor.isAtEnd, !hasFailed {
            if cursor.take(UInt8(ascii: "`")) {
                return add(.string, "`", from: start, value: builder.text)
            }
            if cursor.starts("${".utf8) {
                cursor.advance(2)
                builder.append(UnknownText.notComputed)
                _ = nested { $0.cursor.take(UInt8(ascii: "}")) }
            } else {
                character(&builder)
            }
        }
        hasFailed = true
        builder.append(UnknownText.notComputed)
        add(.string, "`", from: start, value: builder.text)
    }
}
