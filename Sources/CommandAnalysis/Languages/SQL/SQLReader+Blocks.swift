import ShellSyntax

// Statements between control words, and where a statement ends without a semicolon.

extension SQLReader {
    /// Goes over the control words of a block; true where nothing else is in the statement.
    mutating func readBlockWord(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        let limit = range.upperBound
        while index < limit {
            switch word(index) {
            case "begin":
                isDeclaring = false
                if dialect.family == .mssql,
                    SQLWords.afterBegin.contains(word(index + 1, before: limit))
                {
                    return true
                }
                index += 1
            case "else", "loop", "repeat", "try", "catch":
                index += 1
            case "end", "exit", "continue", "leave", "iterate", "null", "return", "raise", "get",
                "assert",
                "break", "goto", "raiserror", "throw", "print":
                return readEnding(index..<limit)
            case "if", "elsif", "elseif", "while", "for", "foreach", "when", "exception", "until",
                "case":
                guard let next = behindCondition(index..<limit) else { return true }
                index = next
            case "declare" where isBlock:
                isDeclaring = true
                return true
            case "perform":
                addFunctionEffects(index..<limit)
                readSelect(index..<limit)
                return true
            default:
                if tokens[index].isSymbol("<<") {
                    index += 3
                    continue
                }
                if isDeclaring || isAssignment(index, before: limit) {
                    addFunctionEffects(index..<limit)
                    addUnknownFunctions(index..<limit)
                    return true
                }
                guard index > range.lowerBound else { return false }
                classify(index..<limit)
                return true
            }
        }
        return true
    }

    // `RETURN QUERY …`, `RETURN f(x)`
    private mutating func readEnding(_ range: Range<Int>) -> Bool {
        addFunctionEffects(range)
        if word(range.lowerBound + 1) == "query", range.count > 2 {
            classify(range.lowerBound + 2..<range.upperBound)
        } else {
            addUnknownFunctions(range)
        }
        return true
    }

    /// The first token behind `IF … THEN`, `WHILE … LOOP`, `FOR x IN … LOOP`.
    private mutating func behindCondition(_ range: Range<Int>) -> Int? {
        let start = range.lowerBound
        let ends = index(of: ["then", "loop", "do"], from: start, before: range.upperBound)
        let end = ends ?? range.upperBound
        addFunctionEffects(start..<end)
        addUnknownFunctions(start..<end)
        addNestedWrites(start..<end)
        if word(start) == "for", let query = index(of: ["in"], from: start, before: end),
            query + 1 < end
        {
            let first = word(query + 1) == "reverse" ? "" : word(query + 1)
            let isQuery =
                SQLWords.mainVerbs.contains(first) || ["with", "execute"].contains(first)
                || isParenthesis(query + 1)
            if isQuery { classify(query + 1..<end) }
        }
        return ends.map { $0 + 1 }
    }

    // `x := 1`, `r.a = 1`, `a[1] := 2`
    private func isAssignment(_ index: Int, before limit: Int) -> Bool {
        guard isBlock, let name = qualifiedName(at: index, before: limit), name.next < limit else {
            return false
        }
        var next = name.next
        if tokens[next].isSymbol("[") {
            while next < limit, !tokens[next].isSymbol("]") { next += 1 }
            next += 1
        }
        return next < limit && (tokens[next].isSymbol(":=") || tokens[next].isSymbol("="))
    }

    /// Whether a semicolon stands inside of a statement.
    ///
    /// A trigger of SQLite has statements up to `END;`; with another delimiter, so has a routine of
    /// MySQL.
    func swallowsEnd(_ token: SQLToken) -> Bool {
        guard token.word == ";", word(0) == "create" else { return false }
        let isRoutine: Bool
        switch dialect.family {
        case .sqlite:
            let kind = skipping(["temp", "temporary"], from: 1, before: tokens.count)
            isRoutine = word(kind) == "trigger"
        case .mysql: isRoutine = !lexer.delimiter.isEmpty && isRoutineOfMySQL
        case .postgresql, .clickhouse, .mssql, .cassandra: isRoutine = false
        }
        return isRoutine && openBlocks > 0
    }

    // LIMIT: the words between `CREATE` and the kind: a definer, `OR REPLACE`.
    static let maximumWordsBeforeKind = 16

    private var isRoutineOfMySQL: Bool {
        tokens.prefix(Self.maximumWordsBeforeKind).contains {
            $0.isWord(in: ["procedure", "function", "trigger", "event"])
        }
    }

    /// Counts the blocks that a definition has opened and not ended.
    mutating func append(_ token: SQLToken) {
        defer { tokens.append(token) }
        guard let before = tokens.last else {
            openBlocks = 0
            return
        }
        guard token.kind == .word, word(0) == "create" else { return }
        switch token.word {
        case "begin":
            let isOperand =
                before.kind == .symbol && before.word != ")" && before.word != ":"
                || before.isWord(in: SQLWords.beforeOperand)
            if !isOperand { openBlocks += 1 }
        case "case":
            if !before.isWord("end") { openBlocks += 1 }
        case "end": openBlocks -= 1
        case "if", "loop", "while", "repeat":
            if before.isWord("end") { openBlocks += 1 }
        default: break
        }
    }

    /// `GO` and `/` alone on a line.
    func isLineThatEndsStatement(_ token: SQLToken) -> Bool {
        let isGo = token.isWord("go") && (dialect.family == .mssql || client == .sqlite3)
        let isSlash = token.isSymbol("/") && client == .sqlite3
        guard isGo || isSlash else { return false }
        return text.isAlone(token.range)
    }

    /// The statements of a text that needs no semicolons between them.
    func partsWithoutSemicolons() -> [[SQLToken]] {
        var parts: [[SQLToken]] = []
        var part: [SQLToken] = []
        var depth = 0
        var cases = 0
        for token in tokens {
            if token.isSymbol("(") { depth += 1 }
            if token.isSymbol(")") { depth -= 1 }
            if token.isWord("case") { cases += 1 }
            if token.isWord("end"), cases > 0 {
                cases -= 1
            } else if depth <= 0, cases == 0, let first = part.first, let last = part.last,
                begins(token, statement: first, behind: last)
            {
                parts.append(part)
                part = []
            }
            part.append(token)
        }
        if !part.isEmpty { parts.append(part) }
        return parts
    }

    /// Whether a keyword begins a statement of its own.
    private func begins(_ token: SQLToken, statement: SQLToken, behind last: SQLToken) -> Bool {
        guard token.kind == .word, last.kind != .symbol || last.word == ")" || last.word == "*"
        else {
            return false
        }
        let isDefinition = statement.isWord(in: [
            "create", "alter", "grant", "revoke", "deny", "merge",
        ])
        if isDefinition, !token.isWord(in: ["drop", "truncate", "exec", "execute", "shutdown"]) {
            return false
        }
        if statement.isWord("alter"), token.isWord("drop") { return false }
        if statement.isWord(in: ["grant", "revoke", "deny"]) { return token.isWord("drop") }
        if token.isWord("select") {
            return statement.isWord(in: SQLWords.endedBySelect)
        }
        guard token.isWord(in: SQLWords.beginsWithoutSemicolon) else { return false }
        return !last.isWord(in: SQLWords.beforeVerbs)
    }
}

extension QueryText {
    /// Whether nothing but blanks stands beside it on its line.
    func isAlone(_ range: Range<Int>) -> Bool {
        var before = range.lowerBound - 1
        while before >= 0, bytes[before] != 0x0A {
            guard bytes[before].isQueryBlank else { return false }
            before -= 1
        }
        var after = range.upperBound
        while after < count, bytes[after] != 0x0A {
            guard bytes[after].isQueryBlank else { return false }
            after += 1
        }
        return true
    }
}
