import ShellSyntax

/// What the lexers of the general languages have in common.
///
/// Code in a string (`f"{x}"`, `"#{x}"`) becomes a stream of tokens of its own.
protocol ScriptLexer {
    var cursor: CodeCursor { get set }
    /// The stream that is being read.
    var tokens: [CodeToken] { get set }
    /// Those that are read whole.
    var streams: [TokenList] { get set }
    /// Whether something was not read, or can be read in two ways.
    var hasFailed: Bool { get set }
    var depth: Int { get set }

    static var symbols: [[UInt8]] { get }
    /// Whether the end of a line can end a statement whose tokens would go on otherwise.
    static var keepsNewlines: Bool { get }

    /// Takes one token, or what stands between tokens.
    mutating func token()
}

extension ScriptLexer {
    static var keepsNewlines: Bool { false }

    var code: CodeText { cursor.code }

    mutating func lex() {
        while !cursor.isAtEnd, !hasFailed { token() }
        finishStream()
    }

    mutating func finishStream() {
        let list = TokenList(Self.keepsNewlines ? tokens : tokens.filter { $0.kind != .newline })
        if !list.isBalanced { hasFailed = true }
        streams.append(list)
        tokens = []
    }

    mutating func add(_ kind: CodeToken.Kind, from start: Int, value: AbstractText = .empty) {
        add(kind, code.shellText(start..<cursor.position), from: start, value: value)
    }

    mutating func add(
        _ kind: CodeToken.Kind,
        _ text: ShellText,
        from start: Int,
        value: AbstractText = .empty
    ) {
        if kind == .unknown { hasFailed = true }
        let isSpaced = start > 0 && code.bytes[start - 1].isWhite
        let range = start..<cursor.position
        tokens.append(CodeToken(kind, text, value: value, at: range, isSpaced: isSpaced))
    }

    mutating func addSymbol() {
        let symbol = cursor.symbol(Self.symbols)
        add(symbol.kind, symbol.text, from: symbol.range.lowerBound)
    }

    mutating func addNumber() {
        let range = cursor.number(takesLastDot: true)
        add(.number, from: range.lowerBound)
    }

    mutating func addNewline() {
        let start = cursor.position
        cursor.advance()
        add(.newline, from: start)
    }

    /// Takes a word of ASCII letters; other letters can be written in several ways.
    mutating func addName() {
        let start = cursor.position
        cursor.skip { $0.isIdentifier }
        let isPlain =
            cursor.byte < 0x80 && code.bytes[start..<cursor.position].allSatisfy { $0 < 0x80 }
        add(isPlain ? .name : .unknown, from: start)
    }

    /// Takes a comment up to the end of the line; languages differ in whether CR is one.
    mutating func skipComment() {
        let range = cursor.span { $0 != 0x0A }
        let comment = code.bytes[range]
        let isEnded = comment.contains(0x0D) && comment.firstIndex(of: 0x0D) != range.upperBound - 1
        // `# coding: utf-7` changes how all that follows is read.
        if isEnded || comment.contains(sequence: Array("coding".utf8)) { hasFailed = true }
    }

    mutating func skipSpace() {
        if cursor.byte == 0x0D, cursor.peek(1) != 0x0A { hasFailed = true }
        cursor.advance()
    }

    /// Reads code in a string up to what closes it, as a stream of its own.
    ///
    /// - Returns: Whether it was closed.
    mutating func nested(until isEnd: (inout Self) -> Bool) -> Bool {
        guard depth < CodeText.maximumDepth else {
            hasFailed = true
            return false
        }
        depth += 1
        let outer = tokens
        tokens = []
        defer {
            finishStream()
            tokens = outer
            depth -= 1
        }
        var braces = 0
        while !hasFailed {
            if braces == 0, isEnd(&self) { return true }
            if cursor.isAtEnd { break }
            let count = tokens.count
            token()
            for new in tokens[min(count, tokens.count)...] {
                if new.isOpening { braces += 1 } else if new.isClosing { braces -= 1 }
            }
        }
        hasFailed = true
        return false
    }

    /// Reads a part of the code that is a string or an expression of its own, and then goes on.
    mutating func inside<Result>(_ part: Range<Int>, _ read: (inout Self) -> Result) -> Result? {
        guard depth < CodeText.maximumDepth else {
            hasFailed = true
            return nil
        }
        depth += 1
        let outer = cursor
        cursor = outer.over(part)
        let result = read(&self)
        cursor = outer.counting(cursor)
        depth -= 1
        return result
    }
}

extension ArraySlice<UInt8> {
    /// Whether these bytes stand in it somewhere.
    func contains(sequence: [UInt8]) -> Bool {
        guard let first = sequence.first else { return true }
        for place in indices where self[place] == first {
            if self[place...].starts(with: sequence) { return true }
        }
        return false
    }
}
