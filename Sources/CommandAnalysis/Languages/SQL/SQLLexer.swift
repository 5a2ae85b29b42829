/// Cuts a text into tokens as one product does.
///
/// Where products or versions may cut differently, and behind text that is not known, tokens are
/// marked as uncertain.
struct SQLLexer {
    let text: QueryText
    let dialect: SQLDialect
    /// Whether and how the client puts variables into the text.
    let client: SQLClient?
    /// What ends a statement beside the semicolon, or nothing: MySQL's `DELIMITER`.
    var delimiter: [UInt8] = []
    var offset = 0
    /// Whether what was read may mean something else than it seems to from here on.
    var isUncertain = false
    /// Executable comments that were entered in the statement so far.
    var conditionalComments = 0
    /// The bytes that were looked at and are not yet counted, some of them twice.
    private var steps = 0

    /// Whether the tokens stand in an executable comment, and whether every version runs it.
    private var comment = ExecutableComment.none
    /// Where the last token stood that holds a name which is not known, on this line.
    private var openName = -1

    private enum ExecutableComment {
        case none, always, byVersion
    }

    init(_ text: QueryText, _ dialect: SQLDialect, client: SQLClient?) {
        self.text = text
        self.dialect = dialect
        self.client = client
    }

    mutating func next() -> SQLToken? {
        skipBlanksAndComments()
        guard offset < text.count else { return nil }
        let start = offset
        var token = scan()
        offset = max(token.range.upperBound, start + 1)
        steps += offset - start
        noteQuotes(in: token)
        token.isConditional = comment == .byVersion
        token.isUncertain = isUncertain
        if token.kind == .hole { isUncertain = true }
        return token
    }

    /// A name that is not known may hold `--`, which would take the opening quote of this token
    /// away and not its closing one; in an executable comment, a quote may hide the comment's end.
    private mutating func noteQuotes(in token: SQLToken) {
        switch token.kind {
        case .string, .quotedName:
            let spansLines = openName >= 0 && text.bytes[token.range].contains(0x0A)
            let hidesEnd = comment != .none && text.hasCommentEnd(in: token.range)
            let holdsText = text.bytes[token.range].contains(QueryText.textMark)
            if spansLines || hidesEnd || holdsText { isUncertain = true }
        case .word, .variable:
            if text.bytes[token.range].contains(QueryText.nameMark) {
                openName = token.range.lowerBound
            }
        case .number, .symbol, .end, .prompt, .hole: break
        }
    }

    private mutating func scan() -> SQLToken {
        if !delimiter.isEmpty, text.bytes[offset...].starts(with: delimiter) {
            return token(.end, length: delimiter.count)
        }
        let byte = text[offset]
        switch byte {
        case QueryText.textMark: return token(.hole, length: 1)
        case 0x3B: return token(.end, length: 1, word: ";")
        case 0x5C: return scanBackslash()
        case 0x27: return quoted(.string, 0x27, escapes: dialect.backslashEscapes)
        case 0x22:
            let isString = dialect.hasDoubleQuotedStrings
            return quoted(
                isString ? .string : .quotedName,
                0x22,
                escapes: dialect.backslashEscapes
            )
        case 0x60 where dialect.hasBackquotedNames:
            return quoted(.quotedName, 0x60, escapes: dialect.family == .clickhouse)
        case 0x5B where dialect.hasBracketedNames:
            return quoted(.quotedName, 0x5D, escapes: false)
        case 0x24: return scanDollar()
        case 0x40: return scanAtSign()
        case 0x3A: return scanColon()
        case 0x3F: return token(.variable, length: 1)
        case 0x2E where text[offset + 1].isQueryDigit && !followsName: return scanNumber()
        case QueryText.digitsMark, 0x30...0x39: return scanNumber()
        default: return byte.isQueryWord ? scanWord() : scanSymbol()
        }
    }

    private var followsName: Bool {
        offset > 0
            && (text[offset - 1].isQueryWord || [0x22, 0x60, 0x5D].contains(text[offset - 1]))
    }

    /// `\` for the client, and MySQL's `\N`, which is NULL.
    private func scanBackslash() -> SQLToken {
        text[offset + 1] == 0x4E && dialect.family == .mysql
            ? token(.number, length: 2) : token(.prompt, length: 1)
    }
}

// MARK: - Blanks and comments

extension SQLLexer {
    private mutating func skipBlanksAndComments() {
        while offset < text.count {
            let byte = text[offset]
            let following = text[offset + 1]
            if byte.isQueryBlank {
                if byte == 0x0A { openName = -1 }
                offset += 1
                steps += 1
            } else if byte == 0x2D, following == 0x2D, beginsDashComment {
                skipLine()
            } else if byte == 0x23, dialect.hasHashComments || isAtLineStartOfShell {
                skipLine()
            } else if byte == 0x2F, following == 0x2F, dialect.hasSlashComments {
                skipLine()
            } else if byte == 0x2F, following == 0x2A {
                enterComment()
            } else if byte == 0x2A, following == 0x2F, comment != .none {
                comment = .none
                offset += 2
            } else {
                return
            }
        }
    }

    /// SQLite's shell takes a line that begins with `#` for a comment.
    private var isAtLineStartOfShell: Bool {
        client == .sqlite3 && (offset == 0 || text[offset - 1] == 0x0A)
    }

    private var beginsDashComment: Bool {
        guard dialect.dashesNeedBlank else { return true }
        let following = text[offset + 2]
        // A name or number that is not known is no blank; text may be one.
        return following <= 0x20 || following == 0x7F || following == QueryText.textMark
    }

    private mutating func skipLine() {
        let start = offset
        while offset < text.count, text[offset] != 0x0A {
            let byte = text[offset]
            if byte == QueryText.textMark { isUncertain = true }
            if byte == 0x0D, text[offset + 1] != 0x0A {
                if dialect.family == .postgresql { break }
                isUncertain = true
            }
            offset += 1
        }
        if comment != .none, text.hasCommentEnd(in: start..<offset) { isUncertain = true }
        steps += offset - start
    }

    private mutating func enterComment() {
        let start = offset
        offset += 2
        var runs = text[offset] == 0x21
        if text[offset] == 0x4D, text[offset + 1] == 0x21 {  // MariaDB's `/*M!`
            runs = true
            offset += 1
        }
        guard runs, dialect.runsComments else {
            skipComment()
            steps += offset - start
            return
        }
        let isMariaDB = text[offset - 1] == 0x4D
        offset += 1
        var digits = 0
        while digits < 6, text[offset + digits].isQueryDigit { digits += 1 }
        if digits >= 5 { offset += digits }
        if comment != .none { isUncertain = true }
        comment = digits >= 5 || isMariaDB ? .byVersion : .always
        if text[offset] == QueryText.digitsMark { isUncertain = true }
        conditionalComments += 1
    }

    /// Goes behind a comment whose opening is read.
    private mutating func skipComment() {
        var depth = 1
        while offset < text.count {
            let byte = text[offset]
            if byte == 0x2A, text[offset + 1] == 0x2F {
                offset += 2
                depth -= 1
                if depth == 0 { return }
                continue
            }
            if byte == 0x2F, text[offset + 1] == 0x2A {
                if dialect.nestsComments { depth += 1 }
                if dialect.family == .clickhouse || dialect.family == .cassandra {
                    isUncertain = true
                }
                offset += 2
                continue
            }
            if byte == QueryText.textMark { isUncertain = true }
            offset += 1
        }
    }
}

// MARK: - Making tokens

extension SQLLexer {
    func token(_ kind: SQLToken.Kind, length: Int, word: String = "") -> SQLToken {
        SQLToken(kind: kind, word: word, range: offset..<min(offset + length, text.count))
    }

    /// Goes to the end of a line, not over it, and returns what stood there.
    mutating func takeLine() -> Range<Int> {
        let start = offset
        while offset < text.count, text[offset] != 0x0A { offset += 1 }
        steps += offset - start
        return start..<offset
    }

    mutating func count(_ more: Int) { steps += more }

    /// The bytes that were looked at since this was asked.
    mutating func takeSteps() -> Int {
        defer { steps = 0 }
        return steps
    }
}

extension QueryText {
    func hasCommentEnd(in range: Range<Int>) -> Bool {
        range.dropLast().contains { bytes[$0] == 0x2A && bytes[$0 + 1] == 0x2F }
    }
}
