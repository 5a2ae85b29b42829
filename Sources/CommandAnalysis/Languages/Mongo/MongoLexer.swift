/// A word or sign of JavaScript.
struct MongoToken: Hashable, Sendable {
    enum Kind: UInt8, Hashable, Sendable {
        case word, string, number, regex, sign
        /// A text with `${…}`, or one that is not closed.
        case template
        /// Text that is not known.
        case hole
    }

    let kind: Kind
    /// A word that is ASCII and known, what a string means where that is ASCII, or a sign.
    let text: String
    let range: Range<Int>
    /// Whether a line begins between it and the token before.
    let beginsLine: Bool

    func isSign(_ sign: String) -> Bool { kind == .sign && text == sign }

    func isWord(_ word: String) -> Bool { kind == .word && text == word }
}

/// Cuts JavaScript into tokens, as far as the calls of a shell need it.
struct MongoLexer {
    let text: QueryText
    private var offset = 0
    private var beginsLine = true
    private var last: MongoToken?

    init(_ text: QueryText) { self.text = text }

    static func tokens(of text: QueryText) -> [MongoToken] {
        var lexer = MongoLexer(text)
        var tokens: [MongoToken] = []
        while let token = lexer.next() { tokens.append(token) }
        return tokens
    }

    private mutating func next() -> MongoToken? {
        skipBlanksAndComments()
        guard offset < text.count else { return nil }
        let start = offset
        let (kind, word) = scan()
        if offset == start { offset += 1 }
        let token = MongoToken(
            kind: kind,
            text: word,
            range: start..<min(offset, text.count),
            beginsLine: beginsLine
        )
        beginsLine = false
        last = token
        return token
    }

    private mutating func skipBlanksAndComments() {
        while offset < text.count {
            let byte = text[offset]
            if byte.isQueryBlank {
                if byte == 0x0A { beginsLine = true }
                offset += 1
            } else if byte == 0x2F, text[offset + 1] == 0x2F {
                while offset < text.count, text[offset] != 0x0A { offset += 1 }
            } else if byte == 0x2F, text[offset + 1] == 0x2A {
                offset += 2
                while offset < text.count, text[offset] != 0x2A || text[offset + 1] != 0x2F {
                    offset += 1
                }
                offset += 2
            } else {
                return
            }
        }
    }

    private mutating func scan() -> (MongoToken.Kind, String) {
        let byte = text[offset]
        switch byte {
        case QueryText.textMark, QueryText.nameMark: return (.hole, "")
        case 0x22, 0x27: return scanString(byte)
        case 0x60: return scanTemplate()
        case 0x2F where beginsRegex: return scanRegex()
        case 0x30...0x39, QueryText.digitsMark: return (.number, scanWord())
        default:
            if byte.isQueryWord || byte == 0x5C { return (.word, scanWord()) }
            let pair = [byte, text[offset + 1]]
            let isArrow = pair == Array("=>".utf8)
            offset += isArrow ? 2 : 1
            return (.sign, String(decoding: isArrow ? pair[...] : pair[..<1], as: UTF8.self))
        }
    }

    // LIMIT: the longest name that is looked up.
    static let maximumWordBytes = 64

    /// A name or number; empty where it has an escape or is not ASCII.
    private mutating func scanWord() -> String {
        let start = offset
        while text[offset].isQueryWord || text[offset] == 0x5C { offset += 1 }
        let bytes = text.bytes[start..<offset]
        guard bytes.count <= Self.maximumWordBytes, bytes.allSatisfy({ $0 < 0x80 && $0 != 0x5C })
        else {
            return ""
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func scanString(_ quote: UInt8) -> (MongoToken.Kind, String) {
        offset += 1
        var bytes: [UInt8] = []
        var isPlain = true
        while offset < text.count, text[offset] != quote {
            if text[offset] == 0x0A { return (.template, "") }
            if text[offset] == 0x5C {
                isPlain = false
                offset += 1
            }
            bytes.append(text[offset])
            offset += 1
        }
        guard offset < text.count else { return (.template, "") }
        offset += 1
        guard isPlain, bytes.allSatisfy({ $0 < 0x80 }) else { return (.string, "") }
        return (.string, String(decoding: bytes, as: UTF8.self))
    }

    private mutating func scanTemplate() -> (MongoToken.Kind, String) {
        offset += 1
        let start = offset
        while offset < text.count, text[offset] != 0x60 {
            if text[offset] == 0x5C { offset += 1 }
            offset += 1
        }
        offset = min(offset, text.count)
        let bytes = text.bytes[start..<offset]
        offset += 1
        let isPlain = bytes.allSatisfy { $0 < 0x80 && $0 != 0x5C && $0 != 0x24 }
        return isPlain ? (.string, String(decoding: bytes, as: UTF8.self)) : (.template, "")
    }

    /// A slash divides behind an operand and begins a pattern elsewhere.
    private var beginsRegex: Bool {
        guard let last else { return true }
        switch last.kind {
        case .word, .string, .number, .regex, .template, .hole: return false
        case .sign: return last.text != ")" && last.text != "]" && last.text != "}"
        }
    }

    private mutating func scanRegex() -> (MongoToken.Kind, String) {
        offset += 1
        let start = offset
        var isInClass = false
        while offset < text.count, text[offset] != 0x0A, isInClass || text[offset] != 0x2F {
            if text[offset] == 0x5C { offset += 1 }
            if text[offset] == 0x5B { isInClass = true }
            if text[offset] == 0x5D { isInClass = false }
            offset += 1
        }
        offset = min(offset, text.count)
        let bytes = text.bytes[start..<offset]
        guard text[offset] == 0x2F else { return (.template, "") }
        offset += 1
        while text[offset].isQueryLetter { offset += 1 }
        let isPlain = bytes.allSatisfy { $0 < 0x80 }
        return (.regex, isPlain ? String(decoding: bytes, as: UTF8.self) : "")
    }
}
