import ShellSyntax

/// Cuts a program of awk into tokens: those of POSIX, gawk and mawk.
struct AwkLexer {
    private(set) var cursor: CodeCursor
    private(set) var tokens: [CodeToken] = []
    /// Whether something was not read, or can be read in two ways.
    private(set) var hasFailed = false
    /// For each open parenthesis, whether a statement follows when it is closed: `if (x) /re/`.
    private var groups: [Bool] = []
    private var closesHeader = false

    init(_ code: CodeText) { cursor = CodeCursor(code) }

    private static let symbols = operators(
        "**= ** += -= *= /= %= ^= == != <= >= ++ -- && || >> |& !~"
    )

    private static let keywords: Set<ShellText> = [
        "BEGIN", "END", "BEGINFILE", "ENDFILE", "function", "func", "if", "else", "while", "for",
        "do", "break", "continue", "next", "nextfile", "exit", "return", "delete", "in", "getline",
        "print", "printf", "switch", "case", "default",
    ]

    mutating func lex() {
        while !cursor.isAtEnd, !hasFailed { token() }
    }

    private mutating func token() {
        let byte = cursor.byte
        let start = cursor.position
        switch byte {
        case 0x0A:
            cursor.advance()
            add(CodeToken(.newline, "\n", at: start..<cursor.position))
        case UInt8(ascii: "#"): cursor.skip { $0 != 0x0A }
        case UInt8(ascii: "\\"): continuation()
        case UInt8(ascii: "\""): string()
        case UInt8(ascii: "/"): slash()
        case _ where byte.isWhite: cursor.advance()
        case _ where cursor.startsNumber:
            let range = cursor.number()
            add(CodeToken(.number, cursor.code.shellText(range), at: range))
        case _ where byte.isIdentifierStart: name()
        case _ where byte.isUnknown: hasFailed = true
        default: add(cursor.symbol(Self.symbols))
        }
    }

    private mutating func add(_ token: CodeToken) {
        if token.kind == .unknown { hasFailed = true }
        closesHeader = false
        if token.isSymbol("(") {
            let header = tokens.last
            groups.append(
                ["if", "while", "for", "switch"].contains { header?.isName($0) == true }
            )
        } else if token.isSymbol(")") {
            closesHeader = groups.popLast() ?? false
        }
        tokens.append(token)
    }

    private mutating func continuation() {
        cursor.advance()
        _ = cursor.take(0x0D)
        if !cursor.take(0x0A) { hasFailed = true }
    }

    private mutating func name() {
        let range = cursor.span { $0.isIdentifier }
        if cursor.byte.isUnknown { hasFailed = true }
        add(CodeToken(.name, cursor.code.shellText(range), at: range))
    }

    /// Tells a regular expression from a division by what stands before.
    private mutating func slash() {
        guard let last = tokens.last else { return regex() }
        if closesHeader { return regex() }
        if last.isName("length") || last.isName("getline") {
            hasFailed = true
        } else if last.isSymbol("++") || last.isSymbol("--") {
            // Behind a variable this is `x++ / y`; before one nothing sensible.
            if tokens.count < 2 || !endsOperand(tokens[tokens.count - 2]) { hasFailed = true }
            add(cursor.symbol(Self.symbols))
        } else if endsOperand(last) {
            add(cursor.symbol(Self.symbols))
        } else {
            regex()
        }
    }

    private func endsOperand(_ token: CodeToken) -> Bool {
        if token.isSymbol("}") { return false }
        if token.kind == .name, Self.keywords.contains(token.text) { return false }
        return token.endsOperand
    }

    /// Takes a regular expression, in whose brackets a slash does not end it.
    ///
    /// To other versions of awk it does; they refuse an expression whose bracket is not closed.
    private mutating func regex() {
        let start = cursor.position
        cursor.advance()
        var isInBrackets = false
        while !cursor.isAtEnd {
            let byte = cursor.next()
            switch byte {
            case 0x0A:
                hasFailed = true
                return
            case UInt8(ascii: "\\"): cursor.advance()
            case UInt8(ascii: "[") where !isInBrackets:
                isInBrackets = true
                if cursor.byte == UInt8(ascii: "^") { cursor.advance() }
                if cursor.byte == UInt8(ascii: "]") { cursor.advance() }
            case UInt8(ascii: "[") where cursor.byte == UInt8(ascii: ":"):
                cursor.skip { $0 != UInt8(ascii: "]") && $0 != 0x0A }
                if !cursor.take(UInt8(ascii: "]")) { hasFailed = true }
            case UInt8(ascii: "]"): isInBrackets = false
            case UInt8(ascii: "/") where !isInBrackets:
                add(CodeToken(.regex, "/", at: start..<cursor.position))
                return
            default: break
            }
        }
        hasFailed = true
    }

    private mutating func string() {
        let start = cursor.position
        cursor.advance()
        var builder = CodeTextBuilder()
        while !cursor.isAtEnd {
            let byte = cursor.byte
            if byte == 0x0A { break }
            if byte == UInt8(ascii: "\\") {
                escape(&builder)
                continue
            }
            if byte == UInt8(ascii: "\"") {
                cursor.advance()
                let range = start..<cursor.position
                return add(CodeToken(.string, "\"", value: builder.text, at: range))
            }
            builder.append(cursor.code, at: cursor.position)
            cursor.advance()
        }
        // The text goes on behind what is known: it begins like this.
        builder.append(UnknownText.notComputed)
        let range = start..<cursor.position
        add(CodeToken(.string, "\"", value: builder.text, at: range))
        hasFailed = true
    }

    private mutating func escape(_ builder: inout CodeTextBuilder) {
        cursor.advance()
        let byte = cursor.next()
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): builder.append(byte)
        case UInt8(ascii: "n"): builder.append(0x0A)
        case UInt8(ascii: "t"): builder.append(0x09)
        case UInt8(ascii: "r"): builder.append(0x0D)
        case UInt8(ascii: "a"): builder.append(0x07)
        case UInt8(ascii: "b"): builder.append(0x08)
        case UInt8(ascii: "f"): builder.append(0x0C)
        case UInt8(ascii: "v"): builder.append(0x0B)
        case 0x0A: break
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            var value = UInt32(byte - 0x30)
            for _ in 0..<2 where (0x30...0x37).contains(cursor.byte) {
                value = value * 8 + UInt32(cursor.next() - 0x30)
            }
            if value < 0x80, value > 0 {
                builder.append(UInt8(value))
            } else {
                builder.append(UnknownText.notComputed)
            }
        default:
            // Versions differ in what they make of it.
            builder.append(UnknownText.notComputed)
        }
    }
}
