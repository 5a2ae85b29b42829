import ShellSyntax

/// Cuts code of Ruby into tokens.
///
/// A symbol is a string with the text `:`, a key before a value one with the text `label`. Where it
/// depends on what is a variable whether `/`, `%`, `?` or `<<` is an operator, the code counts as
/// not read.
struct RubyLexer: ScriptLexer {
    var cursor: CodeCursor
    var tokens: [CodeToken] = []
    var streams: [TokenList] = []
    var hasFailed = false
    var depth = 0
    /// Whether a `?` was an operator.
    private var hasTernary = false

    static let keepsNewlines = true
    static let symbols = operators(
        "**= <=> === ... <<= >>= &&= ||= ** == != >= <= && || =~ !~ .. += -= *= /= %= |= &= ^= << >> "
            + "-> => :: &."
    )

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
        case UInt8(ascii: "="):
            if isAtLineStart, cursor.starts("=begin".utf8) { hasFailed = true } else { addSymbol() }
        case UInt8(ascii: "\""): quoted(from: cursor.position)
        case UInt8(ascii: "'"): quoted(from: cursor.position, interpolates: false)
        case UInt8(ascii: "`"):
            let isMethod = tokens.last?.isSymbol(".") == true || tokens.last?.isName("def") == true
            if isMethod { hasFailed = true }
            quoted(from: cursor.position, .command)
        case UInt8(ascii: "@"), UInt8(ascii: "$"): variable(byte)
        case UInt8(ascii: ":"): colon()
        case UInt8(ascii: "/"), UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "<"):
            ambiguous(byte)
        case _ where byte.isWhite: skipSpace()
        case _ where byte.isDecimal || byte == CodeText.unknownDigits:
            let range = cursor.number()
            add(.number, from: range.lowerBound)
        case _ where byte.isIdentifierStart: name()
        default: addSymbol()
        }
    }

    private var isAtLineStart: Bool {
        cursor.position == 0 || code.bytes[cursor.position - 1] == 0x0A
    }

    private mutating func variable(_ sigil: UInt8) {
        let start = cursor.position
        cursor.advance()
        if sigil == UInt8(ascii: "@") { _ = cursor.take(sigil) }
        if cursor.byte.isIdentifier {
            cursor.skip { $0.isIdentifier }
        } else if sigil == UInt8(ascii: "$"), cursor.byte > 0x20, cursor.byte < 0x7F {
            cursor.advance()
            if code.bytes[start + 1] == UInt8(ascii: "-") { cursor.advance() }
        } else {
            hasFailed = true
        }
        if cursor.byte >= 0x80 { hasFailed = true }
        add(.variable, from: start)
    }

    private mutating func name() {
        let start = cursor.position
        cursor.skip { $0.isIdentifier }
        let isMark = cursor.byte == UInt8(ascii: "?") || cursor.byte == UInt8(ascii: "!")
        let next = cursor.peek(1)
        if isMark, next != UInt8(ascii: "=") || "=~>".utf8.contains(cursor.peek(2)) {
            cursor.advance()
        }
        if cursor.byte >= 0x80 || !code.bytes[start..<cursor.position].allSatisfy({ $0 < 0x80 }) {
            return add(.unknown, from: start)
        }
        let word = code.shellText(start..<cursor.position)
        let isLabel =
            cursor.byte == UInt8(ascii: ":") && cursor.peek(1) != UInt8(ascii: ":")
            && tokens.last?.isSymbol("?") != true && tokens.last?.isSymbol(".") != true
            && tokens.last?.isSymbol("&.") != true
        if isLabel {
            cursor.advance()
            add(.string, "label", from: start, value: AbstractText(word))
        } else {
            if word == "__END__" { hasFailed = true }
            add(.name, word, from: start)
        }
    }

    private mutating func colon() {
        let start = cursor.position
        let next = cursor.peek(1)
        // Behind a value it belongs to `x ? y :z`.
        if next == UInt8(ascii: ":") || isTernaryColon { return addSymbol() }
        if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
            cursor.advance()
            return quoted(from: start, interpolates: next == UInt8(ascii: "\""), text: ":")
        }
        if next.isIdentifierStart {
            cursor.advance()
            cursor.skip { $0.isIdentifier }
            if "?!=".utf8.contains(cursor.byte), !"=~>".utf8.contains(cursor.peek(1)) {
                cursor.advance()
            }
            let value = code.text(start + 1..<cursor.position)
            return add(.string, ":", from: start, value: value)
        }
        let length = "+-*/%<>=!~^&|[".utf8.contains(next) && !isSpaceBehind(1) ? 1 : 0
        if length == 0 { return addSymbol() }
        cursor.advance()
        cursor.skip { "+-*/%<>=!~^&|[]".utf8.contains($0) }
        add(.string, ":", from: start, value: code.text(start + 1..<cursor.position))
    }

    private var isTernaryColon: Bool {
        guard let last = tokens.last, last.endsOperand,
            last.kind != .name || !RubyNames.operandWords.contains(last.text)
        else { return false }
        return hasTernary
    }

    private func isSpaceBehind(_ ahead: Int) -> Bool { cursor.peek(ahead).isWhite }

    /// Takes a character that is an operator behind a value and opens a literal before one.
    private mutating func ambiguous(_ byte: UInt8) {
        let next = cursor.peek(1)
        let behind = byte == UInt8(ascii: "<") && next == byte ? cursor.peek(2) : next
        let isSpaced = cursor.position > 0 && code.bytes[cursor.position - 1].isWhite
        var opens = true
        if let last = tokens.last, last.endsOperand {
            opens = false
            if last.kind == .name {
                let before = tokens.count > 1 ? tokens[tokens.count - 2] : nil
                let isAttribute = before?.isSymbol(".") == true || before?.isSymbol("&.") == true
                if isAttribute {
                    // A method, with a literal behind it or an operator.
                    opens = isSpaced && !behind.isWhite
                } else if RubyNames.operandWords.contains(last.text) {
                    opens = true
                } else if isSpaced, !behind.isWhite, !RubyNames.endsValue.contains(last.text) {
                    // A variable, or a method with a literal behind it.
                    if byte == UInt8(ascii: "<"), next != byte { return addSymbol() }
                    hasFailed = true
                    return
                }
            }
        }
        guard opens else {
            if byte == UInt8(ascii: "?") { hasTernary = true }
            return addSymbol()
        }
        switch byte {
        case UInt8(ascii: "/"): regex(from: cursor.position, UInt8(ascii: "/"))
        case UInt8(ascii: "%"): percent()
        case UInt8(ascii: "?"): character()
        default:
            if next == byte { hasFailed = true } else { addSymbol() }
        }
    }

    /// Takes `?x`.
    private mutating func character() {
        let start = cursor.position
        let byte = cursor.peek(1)
        if byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\\")
            || (byte.isIdentifier && cursor.peek(2).isIdentifier)
        {
            hasFailed = true
            return
        }
        cursor.advance(2)
        add(.string, "'", from: start, value: AbstractText(ShellText([byte])))
    }
}
