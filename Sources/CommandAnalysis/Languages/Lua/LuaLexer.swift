import ShellSyntax

/// Cuts code of Lua into tokens.
///
/// A call without parentheses, `f"x"`, becomes one with them.
struct LuaLexer: ScriptLexer {
    var cursor: CodeCursor
    var tokens: [CodeToken] = []
    var streams: [TokenList] = []
    var hasFailed = false
    var depth = 0

    static let symbols = operators("... .. == ~= <= >= // :: << >>")

    init(_ code: CodeText) { cursor = CodeCursor(code) }

    mutating func token() {
        let byte = cursor.byte
        switch byte {
        case 0x0A: addNewline()
        case UInt8(ascii: "-") where cursor.peek(1) == byte: comment()
        case UInt8(ascii: "["):
            if let level = longBracket() { long(level) } else { addSymbol() }
        case UInt8(ascii: "\""), UInt8(ascii: "'"): string()
        case UInt8(ascii: "#") where cursor.position == 0: hasFailed = true
        case _ where byte.isWhite: skipSpace()
        case _ where cursor.startsNumber: addNumber()
        case _ where byte.isIdentifierStart: addName()
        default: addSymbol()
        }
    }

    /// The number of `=` in a long bracket that opens here.
    private mutating func longBracket() -> Int? {
        var level = 0
        while cursor.peek(level + 1) == UInt8(ascii: "=") { level += 1 }
        let isLong = cursor.peek(level + 1) == UInt8(ascii: "[")
        // What was looked at is either taken now, or is an error of the code.
        if level > 0, !isLong { hasFailed = true }
        return isLong ? level : nil
    }

    private mutating func comment() {
        cursor.advance(2)
        if cursor.byte == UInt8(ascii: "["), let level = longBracket() {
            _ = longText(level)
        } else {
            skipComment()
        }
    }

    private mutating func long(_ level: Int) {
        let start = cursor.position
        let value = longText(level)
        add(string: value, "[[", from: start)
    }

    private mutating func longText(_ level: Int) -> AbstractText {
        cursor.advance(level + 2)
        let closing = [0x5D] + [UInt8](repeating: UInt8(ascii: "="), count: level) + [0x5D]
        _ = cursor.take(0x0D)
        _ = cursor.take(0x0A)
        var builder = CodeTextBuilder()
        while !cursor.isAtEnd {
            if cursor.byte == 0x5D, cursor.starts(closing) {
                cursor.advance(closing.count)
                return builder.text
            }
            builder.append(code, at: cursor.position)
            cursor.advance()
        }
        hasFailed = true
        builder.append(UnknownText.notComputed)
        return builder.text
    }

    private mutating func add(string value: AbstractText, _ quote: ShellText, from start: Int) {
        let last = tokens.last { $0.kind != .newline }
        let isCall =
            last.map {
                $0.endsOperand && $0.kind != .number && !LuaProgram.keywords.contains($0.text)
            } ?? false
        let range = start..<cursor.position
        if isCall { tokens.append(CodeToken(.symbol, "(", at: range)) }
        add(.string, quote, from: start, value: value)
        if isCall { tokens.append(CodeToken(.symbol, ")", at: range)) }
    }

    private mutating func string() {
        let start = cursor.position
        let quote = cursor.next()
        var builder = CodeTextBuilder()
        while !cursor.isAtEnd, cursor.byte != 0x0A {
            if cursor.take(quote) {
                return add(string: builder.text, ShellText([quote]), from: start)
            }
            if cursor.byte == UInt8(ascii: "\\") {
                escape(&builder)
            } else {
                builder.append(code, at: cursor.position)
                cursor.advance()
            }
        }
        hasFailed = true
        builder.append(UnknownText.notComputed)
        add(string: builder.text, ShellText([quote]), from: start)
    }

    /// Takes an escape; digits are decimal here, and `\z` skips white space.
    private mutating func escape(_ builder: inout CodeTextBuilder) {
        let next = cursor.peek(1)
        if next == UInt8(ascii: "z") {
            cursor.advance(2)
            cursor.skip { $0.isWhite }
            return
        }
        guard next.isDecimal else { return cursor.simpleEscape(&builder, hasUnicode: false) }
        cursor.advance()
        var value = 0
        for _ in 0..<3 where cursor.byte.isDecimal {
            value = value * 10 + Int(cursor.next() - 0x30)
        }
        if value > 0, value < 0x80 {
            builder.append(UInt8(value))
        } else {
            builder.append(UnknownText.notComputed)
        }
    }
}
