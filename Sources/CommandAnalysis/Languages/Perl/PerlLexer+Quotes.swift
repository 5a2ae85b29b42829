import ShellSyntax

extension PerlLexer {
    /// Takes a string between quotes, or a command between backticks.
    mutating func quote(_ byte: UInt8) {
        let start = cursor.position
        guard let content = delimited() else { return }
        switch byte {
        case UInt8(ascii: "'"): add(.string, "'", from: start, value: plain(content, byte))
        case UInt8(ascii: "`"):
            add(.command, "`", from: start, value: interpolated(content, isRegex: false))
        default: add(.string, "\"", from: start, value: interpolated(content, isRegex: false))
        }
    }

    /// Takes what stands between a delimiter and the one that closes it; nil where it is not closed.
    private mutating func delimited() -> Range<Int>? {
        let open = cursor.next()
        let close = open.closing
        let start = cursor.position
        var level = 0
        while !cursor.isAtEnd {
            let byte = cursor.next()
            if byte == UInt8(ascii: "\\"), byte != open {
                cursor.advance()
            } else if byte == close, level == 0 {
                return start..<cursor.position - 1
            } else if byte == close {
                level -= 1
            } else if byte == open {
                level += 1
            } else if CodeText.unknown(byte, mayHold: close) {
                break
            }
        }
        hasFailed = true
        // The text begins like this, whatever follows.
        let content = start..<cursor.position
        let value = interpolated(content, isRegex: false) + .notComputed
        add(.string, "\"", from: start, value: value)
        return nil
    }

    /// A text in which only a backslash and the delimiter are escaped.
    private func plain(_ content: Range<Int>, _ open: UInt8) -> AbstractText {
        var builder = CodeTextBuilder()
        var place = content.lowerBound
        while place < content.upperBound {
            let next = place + 1 < content.upperBound ? code.bytes[place + 1] : 0
            let isEscape =
                code.bytes[place] == UInt8(ascii: "\\")
                && (next == UInt8(ascii: "\\") || next == open || next == open.closing)
            if isEscape { place += 1 }
            builder.append(code, at: place)
            place += 1
        }
        return builder.text
    }

    /// Takes the operand of an operator that quotes, which has been taken itself.
    mutating func quoting(_ word: ShellText, from start: Int) {
        let (next, ahead) = lookAhead()
        // Behind a blank `#` begins a comment, and a letter is a delimiter.
        if next == 0 || next >= 0x80 || (ahead > 0 && next == UInt8(ascii: "#")) || ahead > 64 {
            hasFailed = true
            return
        }
        cursor.advance(ahead)
        let delimiter = cursor.byte
        let isPlain = delimiter == UInt8(ascii: "'")
        guard let content = delimited() else { return }
        switch word {
        case "q": add(.string, "'", from: start, value: plain(content, delimiter))
        case "qq": add(.string, "\"", from: start, value: interpolated(content, isRegex: false))
        case "qw": list(content, from: start)
        case "qx":
            let value = isPlain ? code.text(content) : interpolated(content, isRegex: false)
            add(.command, "`", from: start, value: value)
        case "m", "qr":
            if !isPlain { _ = interpolated(content, isRegex: true) }
            expression(content)
            modifiers("msixpodualngc")
            add(.regex, "/", from: start)
        default: replacing(word, content, delimiter, from: start)
        }
    }

    /// Takes the second part of `s`, `tr` and `y`.
    private mutating func replacing(
        _ word: ShellText,
        _ pattern: Range<Int>,
        _ delimiter: UInt8,
        from start: Int
    ) {
        if delimiter.closing != delimiter {
            cursor.skip { $0.isWhite }
            if cursor.byte == UInt8(ascii: "#") { hasFailed = true }
        } else {
            // The middle delimiter opens the second part.
            cursor = cursor.back()
        }
        let second = cursor.byte
        guard let replacement = delimited() else { return }
        guard word == "s" else {
            modifiers("cdsr")
            return add(.regex, "y", from: start)
        }
        if delimiter != UInt8(ascii: "'") { _ = interpolated(pattern, isRegex: true) }
        expression(pattern)
        let flags = modifiers("msixpodualngcer")
        if flags.contains(UInt8(ascii: "e")) {
            evaluated(replacement, flags.filter { $0 == UInt8(ascii: "e") }.count)
        } else if second != UInt8(ascii: "'") {
            _ = interpolated(replacement, isRegex: false)
        }
        add(.regex, "s", from: start)
    }

    /// Reads a replacement that is code.
    private mutating func evaluated(_ replacement: Range<Int>, _ times: Int) {
        let hasEscapes = code.bytes[replacement].contains(UInt8(ascii: "\\"))
        if times > 1 || hasEscapes { hasFailed = true }
        _ = inside(replacement) { lexer in
            lexer.nested { $0.cursor.isAtEnd }
        }
    }

    /// Code in an expression is not read.
    private mutating func expression(_ content: Range<Int>) {
        let bytes = code.bytes[content]
        for marker in ["(?{", "(??{", "(*{", "(?p{"]
        where bytes.contains(sequence: Array(marker.utf8)) {
            hasFailed = true
        }
    }

    @discardableResult
    private mutating func modifiers(_ known: String) -> ArraySlice<UInt8> {
        let range = cursor.span { $0.isIdentifier }
        let flags = code.bytes[range]
        if !flags.allSatisfy(known.utf8.contains) { hasFailed = true }
        return flags
    }

    /// Makes of `qw(a b)` a list of strings.
    private mutating func list(_ content: Range<Int>, from start: Int) {
        let range = start..<cursor.position
        tokens.append(CodeToken(.symbol, "(", at: range))
        var place = content.lowerBound
        var isFirst = true
        while place < content.upperBound {
            if code.bytes[place].isWhite {
                place += 1
                continue
            }
            var end = place
            while end < content.upperBound, !code.bytes[end].isWhite { end += 1 }
            if !isFirst { tokens.append(CodeToken(.symbol, ",", at: range)) }
            isFirst = false
            tokens.append(CodeToken(.string, "'", value: code.text(place..<end), at: place..<end))
            place = end
        }
        tokens.append(CodeToken(.symbol, ")", at: range))
    }
}
