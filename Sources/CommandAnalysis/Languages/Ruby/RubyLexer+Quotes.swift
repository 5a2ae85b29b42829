import ShellSyntax

extension RubyLexer {
    /// Takes a literal that begins with `%`.
    mutating func percent() {
        let start = cursor.position
        cursor.advance()
        var kind = UInt8(ascii: "Q")
        if cursor.byte.isIdentifierStart { kind = cursor.next() }
        let open = cursor.byte
        guard open > 0x20, open < 0x7F, !open.isIdentifier else {
            hasFailed = true
            return
        }
        switch kind {
        case UInt8(ascii: "Q"): quoted(from: start)
        case UInt8(ascii: "q"): quoted(from: start, interpolates: false)
        case UInt8(ascii: "x"): quoted(from: start, .command)
        case UInt8(ascii: "s"): quoted(from: start, interpolates: false, text: ":")
        case UInt8(ascii: "r"): regex(from: start, open)
        case UInt8(ascii: "w"), UInt8(ascii: "i"): list(from: start)
        default: hasFailed = true
        }
    }

    /// Takes a literal from its delimiter to the one that closes it.
    mutating func quoted(
        from start: Int,
        _ kind: CodeToken.Kind = .string,
        interpolates: Bool = true,
        text: ShellText? = nil
    ) {
        let open = cursor.next()
        var builder = CodeTextBuilder()
        let isClosed = content(open, &builder, interpolates: interpolates)
        if !isClosed {
            hasFailed = true
            builder.append(UnknownText.notComputed)
        }
        // A key that is quoted: `{"a": 1}`.
        let isLabel =
            isClosed && kind == .string && cursor.byte == UInt8(ascii: ":")
            && cursor.peek(1) != UInt8(ascii: ":") && !isTernary
        if isLabel { cursor.advance() }
        let label: ShellText = isLabel ? "label" : ShellText([open])
        add(kind, text ?? label, from: start, value: builder.text)
    }

    /// Whether the string may stand between `?` and `:`.
    private var isTernary: Bool { tokens.last?.isSymbol("?") == true }

    private mutating func content(
        _ open: UInt8,
        _ builder: inout CodeTextBuilder,
        interpolates: Bool
    ) -> Bool {
        let close = open.closing
        var level = 0
        while !cursor.isAtEnd, !hasFailed {
            let byte = cursor.byte
            if byte == UInt8(ascii: "\\") {
                escape(&builder, open, interpolates: interpolates)
                continue
            }
            if byte == close, level == 0 {
                cursor.advance()
                return true
            }
            if interpolates, byte == UInt8(ascii: "#"), interpolation(&builder) { continue }
            if byte == close { level -= 1 } else if byte == open { level += 1 }
            if CodeText.unknown(byte, mayHold: close) { return false }
            builder.append(code, at: cursor.position)
            cursor.advance()
        }
        return false
    }

    private mutating func escape(
        _ builder: inout CodeTextBuilder,
        _ open: UInt8,
        interpolates: Bool
    ) {
        let next = cursor.peek(1)
        if interpolates {
            cursor.simpleEscape(&builder, hasUnicode: false)
        } else {
            let isSpecial = next == UInt8(ascii: "\\") || next == open || next == open.closing
            if !isSpecial { builder.append(UInt8(ascii: "\\")) }
            cursor.advance()
            if !cursor.isAtEnd { builder.append(code, at: cursor.position) }
            cursor.advance()
        }
    }

    /// Takes `#{code}`, `#@x` and `#$x`.
    private mutating func interpolation(_ builder: inout CodeTextBuilder) -> Bool {
        switch cursor.peek(1) {
        case UInt8(ascii: "{"):
            cursor.advance(2)
            _ = nested { $0.cursor.take(UInt8(ascii: "}")) }
        case UInt8(ascii: "@"), UInt8(ascii: "$"):
            cursor.advance(2)
            cursor.skip { $0.isIdentifier || $0 == UInt8(ascii: "@") }
        default: return false
        }
        builder.append(UnknownText.notComputed)
        return true
    }

    mutating func regex(from start: Int, _ open: UInt8) {
        cursor.advance()
        var unused = CodeTextBuilder()
        if !content(open, &unused, interpolates: true) { hasFailed = true }
        cursor.skip { $0.isIdentifier }
        add(.regex, "/", from: start)
    }

    /// Makes of `%w(a b)` a list of strings.
    private mutating func list(from start: Int) {
        let open = cursor.next()
        var builder = CodeTextBuilder()
        guard content(open, &builder, interpolates: false), let literal = builder.text.literal
        else {
            hasFailed = true
            return
        }
        let range = start..<cursor.position
        tokens.append(CodeToken(.symbol, "[", at: range))
        let words = literal.utf8.split(whereSeparator: \.isWhite)
        for (number, word) in words.enumerated() {
            if number > 0 { tokens.append(CodeToken(.symbol, ",", at: range)) }
            let value = AbstractText(ShellText(word))
            tokens.append(CodeToken(.string, "'", value: value, at: range))
        }
        tokens.append(CodeToken(.symbol, "]", at: range))
    }
}
