import ShellSyntax

// Names and texts as the product understands them.

extension SQLReader {
    /// A name with the names of what it stands in: `public.users`.
    struct QualifiedName {
        let parts: [AbstractText]
        /// The first token behind it.
        let next: Int

        var text: AbstractText {
            var text = AbstractText.empty
            for (index, part) in parts.enumerated() {
                if index > 0 { text.append(.text(".")) }
                text.append(part)
            }
            return text
        }
    }

    func qualifiedName(at start: Int, before limit: Int) -> QualifiedName? {
        var index = start
        var parts: [AbstractText] = []
        while index < limit {
            let token = tokens[index]
            // Some products take a text for a name, all of them a variable for one.
            let isPart =
                token.isName || token.kind == .string || token.kind == .variable
                || token.kind == .hole || token.kind == .number && !parts.isEmpty
                || token.isSymbol("*") && !parts.isEmpty
            guard isPart else { break }
            parts.append(content(at: index))
            index += 1
            guard index < limit, tokens[index].isSymbol(".") else { break }
            index += 1
            while index < limit, tokens[index].isSymbol(".") { index += 1 }
        }
        return parts.isEmpty ? nil : QualifiedName(parts: parts, next: index)
    }

    // LIMIT: the names of one statement that are told one by one.
    static let maximumNames = 32

    /// Names with commas between them.
    func names(at start: Int, before limit: Int) -> [AbstractText] {
        var names: [AbstractText] = []
        var index = start
        while let name = qualifiedName(at: index, before: limit) {
            names.append(name.text)
            guard names.count < Self.maximumNames else {
                names.append(AbstractText(UnknownText(.text, from: .notComputed)))
                break
            }
            index = name.next
            while index < limit, tokens[index].isSymbol("*") || isParenthesis(index) {
                index = max(partners[index], index) + 1
            }
            guard index < limit, tokens[index].isSymbol(",") else { break }
            index += 1
            if index < limit, tokens[index].isWord("only") { index += 1 }
        }
        return names
    }

    func isParenthesis(_ index: Int) -> Bool { index < tokens.count && tokens[index].isSymbol("(") }

    /// The name or the text that a token means.
    func content(at index: Int) -> AbstractText {
        let token = tokens[index]
        let mark = text.firstMark(from: token.range.lowerBound)
        switch token.kind {
        case .string, .quotedName:
            guard let bytes = decoded(token), !isWord("uescape", at: index + 1) else {
                return AbstractText(UnknownText(.text, from: .notComputed))
            }
            return text.decoded(bytes, firstMark: mark)
        case .hole:
            guard token.range.count == 1 else {
                let name = text.bytes[token.range].dropFirst()
                return AbstractText(UnknownText(.text, from: .variable(ShellText(name))))
            }
            return text.abstract(token.range)
        case .word where dialect.foldsNames:
            return text.decoded(text.bytes[token.range].map(\.lowercasedASCII), firstMark: mark)
        case .word, .number, .variable, .symbol, .end, .prompt: return text.abstract(token.range)
        }
    }

    /// The bytes that a quoted token means, or those that stand there where that cannot be told.
    func unquoted(_ token: SQLToken) -> [UInt8] {
        decoded(token) ?? Array(text.bytes[token.range])
    }

    /// The bytes of a quoted token, marks included; nil where they cannot be told.
    private func decoded(_ token: SQLToken) -> [UInt8]? {
        var bytes = text.bytes[token.range]
        guard let first = bytes.first else { return [] }
        if first == 0x24 {
            guard let tag = bytes.dropFirst().firstIndex(of: 0x24) else { return nil }
            let length = tag - bytes.startIndex + 1
            guard bytes.count >= 2 * length else { return nil }
            return Array(bytes.dropFirst(length).dropLast(length))
        }
        var escapes = dialect.backslashEscapes && first != 0x60
        var isUnicode = false
        while let byte = bytes.first, ![0x27, 0x22, 0x60, 0x5B].contains(byte) {
            if byte | 0x20 == 0x65 { escapes = true }
            if byte | 0x20 == 0x78 || byte | 0x20 == 0x62 { return nil }
            if byte == 0x26 { isUnicode = true }
            if byte == 0x3A { return nil }
            bytes = bytes.dropFirst()
        }
        guard let open = bytes.first, bytes.count >= 2 else { return [] }
        let quote: UInt8 = open == 0x5B ? 0x5D : open
        let inner = bytes.dropFirst().dropLast(bytes.last == quote ? 1 : 0)
        if isUnicode { return SQLEscapes.decodedUnicode(inner, quote: quote) }
        return SQLEscapes.decoded(inner, quote: quote, escapes: escapes)
    }
}

// MARK: - Walking

extension SQLReader {
    /// The first token at or behind `start` that stands in no parenthesis and is one of these words.
    func index(of words: Set<String>, from start: Int, before limit: Int) -> Int? {
        var index = start
        defer { work.spend(max(0, index - start)) }
        while index < limit {
            if tokens[index].isWord(in: words) { return index }
            index = isParenthesis(index) ? partners[index] + 1 : index + 1
        }
        return nil
    }

    /// Goes over words of a list as long as there are some.
    func skipping(_ words: Set<String>, from start: Int, before limit: Int) -> Int {
        var index = start
        while index < limit, tokens[index].isWord(in: words) { index += 1 }
        return index
    }

    func isWord(_ word: String, at index: Int) -> Bool {
        tokens.indices.contains(index) && tokens[index].isWord(word)
    }

    /// The word at a place, or an empty text.
    func word(_ index: Int, before limit: Int? = nil) -> String {
        guard index < limit ?? tokens.count, tokens.indices.contains(index),
            tokens[index].kind == .word
        else { return "" }
        return tokens[index].word
    }

    func contains(_ word: String, in range: Range<Int>) -> Bool {
        work.spend(range.count)
        return range.contains { tokens[$0].isWord(word) }
    }
}
