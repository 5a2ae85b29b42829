import ShellSyntax

// Which kind of statement it is.

extension SQLReader {
    /// Says what the statement in a part of the tokens does.
    mutating func classify(_ range: Range<Int>) {
        var range = range
        while let first = range.first, tokens[first].isSymbol("(") || tokens[first].isSymbol("{") {
            range = first + 1..<range.upperBound
        }
        guard let start = range.first else { return }
        statementNesting += 1
        defer { statementNesting -= 1 }
        guard statementNesting <= Self.maximumStatementNesting, spend(range.count) else {
            return addUnreadable(at: start)
        }
        if isBlock || dialect.family == .mssql, readBlockWord(range) { return }
        addFunctionEffects(range)
        addNestedWrites(range)
        addSecrets(range)
        switch word(start) {
        case "select", "values", "table", "from": readSelect(range)
        case "with": readWith(range)
        case "insert", "replace", "upsert": readInsert(range)
        case "update": readUpdate(range)
        case "delete": readDelete(range)
        case "merge": readMerge(range)
        case "explain", "describe", "desc": readExplain(range)
        case "create": readCreate(range)
        case "alter": readAlter(range)
        case "drop": readDrop(range)
        case "truncate": readTruncate(range)
        case "copy", "load", "call", "exec", "execute", "prepare", "do", "declare", "import",
            "bulk", "backup", "restore", "attach", "detach", "vacuum", "pragma":
            readOther(range)
        case "set", "reset": readSet(range)
        default: readByWord(range)
        }
    }

    /// Statements that their first words tell.
    private mutating func readByWord(_ range: Range<Int>) {
        let start = range.lowerBound
        let first = word(start)
        if isSessionStatement(range) {
            add(.databaseRead, first, at: start)
            addUnknownFunctions(range)
        } else if first == "begin", word(start + 1) == "not", word(start + 2) == "atomic",
            start + 3 < range.upperBound
        {
            // A block of MariaDB, in which statements stand as in a routine.
            classify(start + 3..<range.upperBound)
        } else if SQLWords.administering.contains(first) {
            readAdministering(range)
        } else if let kind = SQLWords.schemaVerbs[first] {
            let name = skipping(SQLWords.objectNoise, from: start + 1, before: range.upperBound)
            let objects = names(at: name, before: range.upperBound)
            add(.databaseSchema, kind, object: objects, at: start)
        } else if dialect.family == .mssql, first.hasPrefix("sp_") || first.hasPrefix("xp_") {
            readProcedure(start..<range.upperBound)
        } else {
            addUnreadable(at: start)
        }
    }

    /// Transactions, cursors and what else ends with the session, and what shows something.
    private func isSessionStatement(_ range: Range<Int>) -> Bool {
        let start = range.lowerBound
        let second = word(start + 1, before: range.upperBound)
        switch word(start) {
        case "begin":
            if second == "not" { return word(start + 2) == "deferrable" }
            return range.count == 1 || SQLWords.afterBegin.contains(second)
        case "start": return second == "transaction"
        case "commit", "rollback", "end", "abort":
            return second != "prepared"
        case "check":
            return second == "table"
        case "unlock", "savepoint", "release", "listen", "unlisten", "discard", "deallocate",
            "fetch",
            "close", "move", "show", "use", "help", "exists", "checksum", "print", "xa", "handler",
            "signal", "delimiter", "list", "apply", "consistency", "null", "waitfor", "open":
            return true
        default: return false
        }
    }

    private mutating func readAdministering(_ range: Range<Int>) {
        let start = range.lowerBound
        let verb = word(start)
        let second = word(start + 1, before: range.upperBound)
        switch verb {
        case "install":
            add(.action(.codeRun, []), at: start)
        case "analyze":
            // MariaDB runs the statement that it analyses.
            let verb = index(of: SQLWords.mainVerbs, from: start + 1, before: range.upperBound)
            if let verb, word(verb) != "table" { classify(verb..<range.upperBound) }
        case "grant", "revoke", "deny":
            let on = index(of: ["on"], from: start, before: range.upperBound)
            let objects = on.map { names(at: $0 + 1, before: range.upperBound) } ?? []
            add(.databaseAdminister, verb, object: objects, at: start)
            return
        case "lock":
            let first = skipping(
                ["table", "tables", "only"],
                from: start + 1,
                before: range.upperBound
            )
            let objects = names(at: first, before: range.upperBound)
            add(.databaseAdminister, "lock", object: objects, at: start)
            return
        default: break
        }
        let known = SQLWords.secondWords.contains(second)
        add(.databaseAdminister, known ? "\(verb) \(second)" : verb, at: start)
    }

    /// `EXPLAIN` plans a statement and, with `ANALYZE`, runs it.
    private mutating func readExplain(_ range: Range<Int>) {
        let start = range.lowerBound
        var index = start + 1
        var runs = false
        if isParenthesis(index) {
            let end = min(partners[index], range.upperBound)
            for option in index + 1..<max(index + 1, end)
            where ["analyze", "analyse"].contains(
                content(at: option).literal?.description.lowercased()
            ) {
                let value = option + 1 < end ? content(at: option + 1).literal : nil
                let isOff = ["off", "false", "0"].contains { $0 == value?.description }
                if !isOff { runs = true }
            }
            index = end + 1
        }
        while SQLWords.explainOptions.contains(word(index, before: range.upperBound)) {
            if word(index).hasPrefix("analy") { runs = true }
            index += 1
            // `FORMAT = TREE`
            if index < range.upperBound, tokens[index].isSymbol("=") { index += 2 }
        }
        add(.databaseRead, "explain", at: start)
        // SQLite runs a part of a `PRAGMA` while it compiles it.
        if word(index, before: range.upperBound) == "pragma" { runs = true }
        if runs, index < range.upperBound { classify(index..<range.upperBound) }
    }

    /// `SET`: of the session mostly, of the server sometimes.
    private mutating func readSet(_ range: Range<Int>) {
        let start = range.lowerBound
        let second = word(start + 1, before: range.upperBound)
        rememberVariables(range)
        noteReadingMode(range)
        addUnknownFunctions(range)
        let isGlobal =
            range.contains { tokens[$0].isWord(in: ["global", "persist", "persist_only"]) }
            || range.contains {
                tokens[$0].kind == .variable && SQLWords.isGlobal(variable: tokens[$0].word)
            }
        if word(start) == "reset", SQLWords.resetsServer.contains(second) {
            add(.databaseAdminister, "reset \(second)", at: start)
        } else if isGlobal || SQLWords.administeringSettings.contains(second) {
            add(.databaseAdminister, "set", at: start)
        } else if second == "session", word(start + 2) == "authorization" {
            add(.databaseAdminister, "set", at: start)
        } else {
            add(.databaseRead, word(start), at: start)
        }
    }

    /// Some settings change how the texts behind them are cut into words.
    private mutating func noteReadingMode(_ range: Range<Int>) {
        for index in range {
            let token = tokens[index]
            let name =
                token.kind == .variable ? SQLWords.plainName(variable: token.word) : token.word
            switch name {
            case "sql_mode":
                let rest = index + 1..<range.upperBound
                let isPlain = rest.allSatisfy { isPlainMode($0) }
                if !isPlain { lexer.isUncertain = true }
            case "standard_conforming_strings":
                if word(index + 2) == "on" || content(of: index + 2, is: "on") { continue }
                lexer.isUncertain = true
            case "quoted_identifier" where dialect.family == .mssql:
                if word(index + 1) != "on" { lexer.isUncertain = true }
            default: break
            }
        }
    }

    private func content(of index: Int, is expected: String) -> Bool {
        guard tokens.indices.contains(index), let text = content(at: index).literal else {
            return false
        }
        return text.utf8.elementsEqual(expected.utf8)
    }

    /// Whether a value of `sql_mode` leaves quotes as they are.
    private func isPlainMode(_ index: Int) -> Bool {
        let token = tokens[index]
        switch token.kind {
        case .symbol: return [",", "=", ":="].contains(token.word)
        case .variable: return token.word == "@@sql_mode" || token.word.hasPrefix("@old_sql_mode")
        case .string, .quotedName, .word, .number:
            guard let literal = content(at: index).literal else { return false }
            let modes = literal.description.uppercased()
            return !["ANSI", "BACKSLASH", "DB2", "MSSQL", "ORACLE", "POSTGRESQL", "MAXDB"]
                .contains { modes.utf8.containsSequence($0.utf8) }
        case .end, .prompt, .hole: return false
        }
    }

    // `SET @x = 'text'`
    private mutating func rememberVariables(_ range: Range<Int>) {
        for index in range where tokens[index].kind == .variable && !tokens[index].word.isEmpty {
            guard index + 2 < range.upperBound else { continue }
            let isSet = tokens[index + 1].isSymbol("=") || tokens[index + 1].isSymbol(":=")
            guard isSet else { continue }
            variables[tokens[index].word] = textValue(at: index + 2, before: range.upperBound)
        }
    }
}

extension Collection where Element == UInt8 {
    func containsSequence(_ other: some Collection<UInt8>) -> Bool {
        var rest = self[...]
        while rest.count >= other.count {
            if rest.starts(with: other) { return true }
            rest = rest.dropFirst()
        }
        return other.isEmpty
    }
}
