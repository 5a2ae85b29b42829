// The tokens of more than one byte.

extension SQLLexer {
    // LIMIT: the longest word that is compared with keywords; the longest of them has 30 bytes.
    static let maximumKeywordBytes = 40

    /// A quoted text or name up to its closing quote, which is doubled to stand for itself.
    func quoted(_ kind: SQLToken.Kind, _ quote: UInt8, from: Int? = nil, escapes: Bool) -> SQLToken
    {
        var end = (from ?? offset) + 1
        let doubles = !(quote == 0x5D && dialect.family == .sqlite)
        while end < text.count {
            let byte = text[end]
            if byte == 0x5C, escapes {
                end += 2
                continue
            }
            end += 1
            guard byte == quote else { continue }
            guard doubles, text[end] == quote else { break }
            end += 1
        }
        return token(kind, length: end - offset)
    }

    func scanNumber() -> SQLToken {
        var end = offset
        if text[end] == 0x30, text[end + 1] | 0x20 == 0x78 {
            end += 2
            while text[end].isQueryDigit || text[end].isQueryLetter { end += 1 }
            return token(.number, length: end - offset)
        }
        while text[end].isPartOfNumber { end += 1 }
        if text[end] == 0x2E, !(text[end + 1] == 0x2E) {
            end += 1
            while text[end].isPartOfNumber { end += 1 }
        }
        if text[end] | 0x20 == 0x65 {
            let sign = text[end + 1] == 0x2B || text[end + 1] == 0x2D ? 1 : 0
            if text[end + 1 + sign].isPartOfNumber {
                end += 1 + sign
                while text[end].isPartOfNumber { end += 1 }
            }
        }
        // To MySQL `1or` is a name; to others a number and a word.
        if dialect.family == .mysql, text[end].isQueryWord { return scanWord() }
        return token(.number, length: end - offset)
    }

    func scanWord() -> SQLToken {
        if let prefixed = scanPrefixedString() { return prefixed }
        var end = offset
        while end < text.count, text[end].isQueryWord { end += 1 }
        let length = end - offset
        guard length <= Self.maximumKeywordBytes else { return token(.word, length: length) }
        let bytes = text.bytes[offset..<end]
        guard bytes.allSatisfy({ $0 < 0x80 }) else { return token(.word, length: length) }
        let word = String(decoding: bytes.lazy.map(\.lowercasedASCII), as: UTF8.self)
        return token(.word, length: length, word: word)
    }

    /// `E'…'`, `N'…'`, `X'…'`, `B'…'`, `U&'…'` and `U&"…"`.
    private func scanPrefixedString() -> SQLToken? {
        let letter = text[offset] | 0x20
        if text[offset + 1] == 0x27 {
            switch letter {
            case 0x65 where dialect.family == .postgresql:
                return quoted(.string, 0x27, from: offset + 1, escapes: true)
            case 0x6E, 0x78, 0x62:
                let escapes = dialect.backslashEscapes
                return quoted(.string, 0x27, from: offset + 1, escapes: escapes)
            default: return nil
            }
        }
        guard letter == 0x75, text[offset + 1] == 0x26, dialect.family == .postgresql else {
            return nil
        }
        switch text[offset + 2] {
        case 0x27: return quoted(.string, 0x27, from: offset + 2, escapes: false)
        case 0x22: return quoted(.quotedName, 0x22, from: offset + 2, escapes: false)
        default: return nil
        }
    }

    /// `$$ … $$`, `$tag$ … $tag$`, `$1`, `$name`, and `$(name)` of `sqlcmd`.
    func scanDollar() -> SQLToken {
        if client == .sqlcmd, text[offset + 1] == 0x28 { return token(.hole, length: 2) }
        var end = offset + 1
        if dialect.hasDollarQuotes {
            while text[end].isQueryWord, text[end] != 0x24, text[end] < QueryText.nameMark {
                end += 1
            }
            if text[end] == 0x24, !text[offset + 1].isQueryDigit {
                return dollarQuoted(tagLength: end + 1 - offset)
            }
        }
        return variable()
    }

    private func dollarQuoted(tagLength: Int) -> SQLToken {
        let tag = text.bytes[offset..<offset + tagLength]
        var end = offset + tagLength
        while end < text.count {
            if text[end] == 0x24 {
                if text.bytes[end...].starts(with: tag) {
                    return token(.string, length: end + tagLength - offset)
                }
            }
            end += 1
        }
        return token(.string, length: text.count - offset)
    }

    // `@x`, `@@global.x`, ``@`x` ``
    func scanAtSign() -> SQLToken {
        var end = offset + 1
        if text[end] == 0x40 { end += 1 }
        if [0x27, 0x22, 0x60].contains(text[end]), dialect.family == .mysql {
            let quote = text[end]
            return quoted(.variable, quote, from: end, escapes: quote != 0x60)
        }
        while text[end].isQueryWord || text[end] == 0x2E { end += 1 }
        guard end > offset + 1 else { return token(.symbol, length: 1, word: "@") }
        if dialect.family == .sqlite, text[end] == 0x28 {
            return token(.hole, length: end - offset)
        }
        let bytes = text.bytes[offset..<end]
        guard bytes.count <= Self.maximumKeywordBytes, bytes.allSatisfy({ $0 < 0x80 }) else {
            return token(.variable, length: end - offset)
        }
        let word = String(decoding: bytes.lazy.map(\.lowercasedASCII), as: UTF8.self)
        return token(.variable, length: end - offset, word: word)
    }

    /// A cast, an assignment, or a variable that `psql` or SQLite fills in.
    func scanColon() -> SQLToken {
        let following = text[offset + 1]
        if following == 0x3A { return token(.symbol, length: 2, word: "::") }
        if following == 0x3D { return token(.symbol, length: 2, word: ":=") }
        guard client == .psql else {
            guard dialect.family == .sqlite, following.isQueryLetter else {
                return token(.symbol, length: 1, word: ":")
            }
            return variable()
        }
        switch following {
        case 0x27: return quoted(.string, 0x27, from: offset + 1, escapes: false)
        case 0x22: return quoted(.quotedName, 0x22, from: offset + 1, escapes: false)
        default:
            guard following.isQueryLetter || following == 0x5F else {
                return token(.symbol, length: 1, word: ":")
            }
            return SQLToken(kind: .hole, word: "", range: variable().range)
        }
    }

    /// `$1`, `$name` or `:name`.
    ///
    /// To SQLite, what stands in parentheses behind it belongs to it, quotes included.
    private func variable() -> SQLToken {
        var end = offset + 1
        let isNumber = text[end].isQueryDigit
        while text[end].isQueryWord, text[end] != 0x24, !isNumber || text[end].isQueryDigit {
            end += 1
        }
        let hidesText = dialect.family == .sqlite && text[end] == 0x28
        return token(hidesText ? .hole : .variable, length: end - offset)
    }

    private static let symbols = [
        "<=>", "->>", "#>>", "!~*", "||", "&&", "<=", ">=", "<>", "!=", "==", "!~", "~*", "->",
        "#>",
        "@>", "<@", "<<", ">>", "=>", "!<", "!>",
    ]

    func scanSymbol() -> SQLToken {
        let second = text[offset + 1]
        if second >= 0x21, second < 0x7F {
            for symbol in Self.symbols
            where text.bytes[offset...].starts(with: symbol.utf8) {
                return token(.symbol, length: symbol.utf8.count, word: symbol)
            }
        }
        guard text[offset] >= 0x21, text[offset] < 0x7F else { return token(.symbol, length: 1) }
        let word = String(decoding: CollectionOfOne(text[offset]), as: UTF8.self)
        return token(.symbol, length: 1, word: word)
    }
}

extension UInt8 {
    /// A digit, `_` between digits, or a number that is not known.
    fileprivate var isPartOfNumber: Bool {
        isQueryDigit || self == QueryText.digitsMark
    }
}
