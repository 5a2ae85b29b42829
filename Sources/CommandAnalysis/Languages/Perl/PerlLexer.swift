import ShellSyntax

/// Cuts code of Perl into tokens.
///
/// Whether `/` divides or begins an expression depends in Perl on all that came before. Where the
/// last token does not tell it, the code counts as not read.
struct PerlLexer: ScriptLexer {
    var cursor: CodeCursor
    var tokens: [CodeToken] = []
    var streams: [TokenList] = []
    var hasFailed = false
    var depth = 0
    /// For each open brace, what follows when it is closed.
    private var braces: [Expectation] = []
    private var behindBrace = Expectation.operand

    static let symbols = operators(
        "<=> **= ||= &&= //= ... <<= >>= -> ++ -- ** =~ !~ == != <= >= && || // .. :: += -= *= /= .= "
            + "%= x= &= |= ^= << >> =>"
    )

    /// What may come next.
    enum Expectation {
        /// A value, so that `/` begins an expression.
        case operand
        /// An operator, so that `/` divides.
        case infix
        case unclear
    }

    init(_ code: CodeText) { cursor = CodeCursor(code) }

    /// Reads the code; in a loop it may close the loop's brace and open another one.
    mutating func lex(isLoop: Bool) {
        if isLoop {
            tokens.append(CodeToken(.symbol, "{", at: 0..<0))
            braces.append(.operand)
        }
        while !cursor.isAtEnd, !hasFailed { token() }
        if isLoop { tokens.append(CodeToken(.symbol, "}", at: cursor.position..<cursor.position)) }
        finishStream()
    }

    mutating func token() {
        let byte = cursor.byte
        switch byte {
        case UInt8(ascii: "#"): cursor.skip { $0 != 0x0A }
        case UInt8(ascii: "=") where isAtLineStart && cursor.peek(1).isIdentifierStart:
            hasFailed = true
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): quote(byte)
        case UInt8(ascii: "$"): scalar()
        case UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "*"): sigil(byte)
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "<"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            ambiguous(byte)
        case UInt8(ascii: "{"), UInt8(ascii: "}"): brace(byte)
        case UInt8(ascii: ":") where cursor.starts("::".utf8) && cursor.peek(2).isIdentifierStart:
            let start = cursor.position
            qualifiedName()
            add(.name, from: start)
        case _ where byte.isWhite: cursor.advance()
        case _ where cursor.startsNumber: addNumber()
        case _ where byte.isIdentifierStart: word()
        default: addSymbol()
        }
    }

    private var isAtLineStart: Bool {
        cursor.position == 0 || code.bytes[cursor.position - 1] == 0x0A
    }

    /// What may come behind the last token.
    var expectation: Expectation {
        guard let last = tokens.last else { return .operand }
        switch last.kind {
        case .variable: return mayBeFile ? .unclear : .infix
        case .number, .string, .command, .regex: return .infix
        case .newline, .unknown: return .operand
        case .symbol:
            if last.text == "}" { return behindBrace }
            return last.text == ")" || last.text == "]" ? .infix : .operand
        case .name: return nameExpectation(last)
        }
    }

    /// Whether the variable that came last may be what a list operator works with: `print $file -s $x`.
    ///
    /// Perl takes it so where an operator stands behind it that has no blank behind itself.
    private var mayBeFile: Bool {
        guard tokens.count > 1, !cursor.peek(1).isWhite else { return false }
        let before = tokens[tokens.count - 2]
        return before.kind == .name
            && (PerlNames.builtins.contains(before.text)
                || PerlNames.actingBuiltins.contains(before.text))
    }

    private func nameExpectation(_ last: CodeToken) -> Expectation {
        let before = tokens.count > 1 ? tokens[tokens.count - 2] : nil
        if before?.isSymbol("->") == true { return .infix }
        if PerlNames.endsValue.contains(last.text) { return .infix }
        if PerlNames.operandWords.contains(last.text) { return .operand }
        let isBuiltin =
            PerlNames.builtins.contains(last.text) || PerlNames.actingBuiltins.contains(last.text)
        return isBuiltin ? .operand : .unclear
    }

    private mutating func brace(_ byte: UInt8) {
        guard byte == UInt8(ascii: "{") else {
            addSymbol()
            behindBrace = braces.popLast() ?? .operand
            return
        }
        let last = tokens.last
        let isSubscript =
            last?.kind == .variable || last?.isSymbol("->") == true || last?.isSymbol("]") == true
            || last?.isSymbol("$") == true
            || (last?.isSymbol("}") == true && behindBrace == .infix)
        let isBlock =
            last == nil || last?.isSymbol(")") == true || last?.isSymbol("{") == true
            || last?.isSymbol("}") == true || last?.isSymbol(";") == true
            || [
                "BEGIN", "END", "else", "map", "grep", "sort", "print", "printf", "say", "first",
                "any", "all", "none", "continue", "unless", "if",
            ]
            .contains { last?.isName($0) == true }
        braces.append(isSubscript ? .infix : isBlock ? .operand : .unclear)
        addSymbol()
    }

    /// Takes a character that means one thing behind a value and another before one.
    private mutating func ambiguous(_ byte: UInt8) {
        let next = cursor.peek(1)
        if byte == UInt8(ascii: "-"), !next.isIdentifierStart { return addSymbol() }
        if byte == UInt8(ascii: ".") {
            return cursor.startsNumber && expectation != .infix ? addNumber() : addSymbol()
        }
        switch expectation {
        case .infix: addSymbol()
        case .unclear: hasFailed = true
        case .operand:
            switch byte {
            case UInt8(ascii: "/"):
                // `shift // 0` is a default.
                let isDefault =
                    next == byte
                    && tokens.last.map { PerlNames.takesDefault.contains($0.text) } == true
                isDefault ? addSymbol() : quoting("m", from: cursor.position)
            case UInt8(ascii: "<"): reading()
            case UInt8(ascii: "-"): fileTest(next)
            default: hasFailed = true
            }
        }
    }

    /// Takes `-e`, or the minus before a word.
    private mutating func fileTest(_ letter: UInt8) {
        let start = cursor.position
        cursor.advance()
        if "rwxoRWXOezsfdlpSbctugkTBAMC".utf8.contains(letter), !cursor.peek(1).isIdentifier {
            cursor.advance()
        }
        add(.symbol, from: start)
    }

    /// Takes `<STDIN>`, `<$file>` or the names of files in `<*.c>`; what `<<` begins is not read.
    private mutating func reading() {
        let start = cursor.position
        cursor.advance()
        let content = cursor.span { $0 != UInt8(ascii: ">") && $0 != 0x0A }
        guard cursor.take(UInt8(ascii: ">")), code.bytes[content].first != UInt8(ascii: "<"),
            !code.bytes[content].contains(UInt8(ascii: "\\"))
        else {
            hasFailed = true
            return
        }
        _ = interpolated(content, isRegex: false)
        let name = code.shellText(content)
        let isArguments = name.isEmpty || name == "ARGV"
        add(.string, isArguments ? "<>" : "<", from: start, value: .input)
    }

    /// Takes a word: a name, or an operator that quotes.
    private mutating func word() {
        let start = cursor.position
        name()
        let range = start..<cursor.position
        let word = code.shellText(range)
        if cursor.byte.isUnknown || !code.bytes[range].allSatisfy({ $0 < 0x80 }) {
            return add(.unknown, from: start)
        }
        if tokens.last?.isSymbol("->") == true { return add(.name, word, from: start) }
        let (next, _) = lookAhead()
        let isKey =
            next == UInt8(ascii: "=") && isFatComma
            || (next == UInt8(ascii: "}") && tokens.last?.isSymbol("{") == true
                && braces.last == .infix)
        if isKey {
            return add(.string, word, from: start, value: AbstractText(word))
        }
        if expectation == .infix, PerlNames.isRepetition(word) {
            return add(.symbol, "x", from: start)
        }
        if word == "__END__" || word == "__DATA__" {
            hasFailed = true
        } else if PerlNames.quotes.contains(word) {
            quoting(word, from: start)
        } else if cursor.byte == UInt8(ascii: "'"), !PerlNames.isKnown(word) {
            // An old way to write `::`.
            hasFailed = true
        } else {
            add(.name, word, from: start)
        }
    }

    private mutating func name() {
        while true {
            cursor.skip { $0.isIdentifier }
            guard cursor.starts("::".utf8), cursor.peek(2).isIdentifierStart else { return }
            cursor.advance(2)
        }
    }

    /// The next byte that is no white space, and how far it is.
    func lookAhead() -> (UInt8, Int) {
        var ahead = 0
        while cursor.peek(ahead).isWhite, ahead < TokenList.maximumFold { ahead += 1 }
        return (cursor.peek(ahead), ahead)
    }

    private var isFatComma: Bool {
        let (_, ahead) = lookAhead()
        return cursor.peek(ahead + 1) == UInt8(ascii: ">")
    }
}
