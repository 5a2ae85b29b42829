import ShellSyntax

// Statements that run other statements, which a text or a variable holds.

extension SQLReader {
    mutating func readOther(_ range: Range<Int>) {
        switch word(range.lowerBound) {
        case "copy": readCopy(range)
        case "load": readLoad(range)
        case "call": readCall(range)
        case "exec", "execute": readExecute(range)
        case "prepare": readPrepare(range)
        case "do": readDo(range)
        case "declare": readDeclare(range)
        case "import": add(.databaseSchema, "import", at: range.lowerBound)
        case "bulk": readBulk(range)
        case "backup", "restore": readBackup(range)
        case "attach", "detach": readAttach(range)
        case "vacuum": readVacuum(range)
        default: readPragma(range)
        }
    }

    private mutating func readCall(_ range: Range<Int>) {
        let start = range.lowerBound
        let name = qualifiedName(at: start + 1, before: range.upperBound)
        add(.databaseWrite, "call", object: name.map { [$0.text] } ?? [], at: start, .possible)
        collector.leaveOpen()
    }

    /// `EXECUTE name`, `EXECUTE IMMEDIATE 'text'`, `EXECUTE 'text' || x` of a block, `EXEC proc`.
    private mutating func readExecute(_ range: Range<Int>) {
        let start = range.lowerBound
        var index = skipping(["immediate"], from: start + 1, before: range.upperBound)
        guard index < range.upperBound else { return addUnreadable(at: start) }
        let isInParentheses = isParenthesis(index)
        if isInParentheses { index += 1 }
        guard index < range.upperBound else { return addUnreadable(at: start) }
        let isVariable = tokens[index].kind == .variable
        let isText =
            [.string, .hole].contains(tokens[index].kind) || word(index) == "format"
            || word(index) == "concat"
            || isVariable && (isInParentheses || dialect.family != .mssql)
        if isText {
            let nested = textValue(at: index, before: range.upperBound)
            return readNested(nested, at: start)
        }
        if dialect.family == .mssql { return readProcedure(index..<range.upperBound) }
        if let name = qualifiedName(at: index, before: range.upperBound)?.text.literal,
            prepared.contains(name)
        {
            return add(.databaseRead, "execute", at: start)
        }
        addUnreadable(at: start)
    }

    /// A stored procedure of SQL Server.
    mutating func readProcedure(_ range: Range<Int>) {
        var index = range.lowerBound
        // `EXEC @result = proc`
        if index + 1 < range.upperBound, tokens[index].kind == .variable,
            tokens[index + 1].isSymbol("=")
        {
            index += 2
        }
        guard let name = qualifiedName(at: index, before: range.upperBound),
            let last = name.parts.last?.literal?.description.lowercased()
        else { return addUnreadable(at: index) }
        let argument = procedureArgument(from: name.next, before: range.upperBound)
        switch last {
        case "xp_cmdshell": add(.shell(argument ?? .notComputed), at: index)
        case "sp_executesql": readNested(argument ?? .notComputed, at: index)
        case "sp_configure": add(.databaseAdminister, "sp_configure", at: index)
        case _ where SQLWords.readingProcedures.contains(last):
            add(.databaseRead, last, at: index)
        default:
            add(.databaseWrite, "exec", object: [name.text], at: index, .possible)
            collector.leaveOpen()
        }
    }

    private func procedureArgument(from start: Int, before limit: Int) -> AbstractText? {
        var index = start
        if index + 1 < limit, tokens[index].kind == .variable, tokens[index + 1].isSymbol("=") {
            index += 2
        }
        guard index < limit else { return nil }
        return textValue(at: index, before: limit)
    }

    private mutating func readPrepare(_ range: Range<Int>) {
        let start = range.lowerBound
        if word(start + 1) == "transaction" { return add(.databaseRead, "prepare", at: start) }
        guard let name = qualifiedName(at: start + 1, before: range.upperBound) else {
            return addUnreadable(at: start)
        }
        if let text = name.text.literal { prepared.insert(text) }
        var index = name.next
        if isParenthesis(index) { index = partners[index] + 1 }
        switch word(index) {
        case "as" where index + 1 < range.upperBound: classify(index + 1..<range.upperBound)
        case "from" where index + 1 < range.upperBound:
            readNested(textValue(at: index + 1, before: range.upperBound), at: start)
        default: addUnreadable(at: start)
        }
    }

    /// `DO $$ … $$`, with the language before or behind the block; MySQL's `DO expression`.
    private mutating func readDo(_ range: Range<Int>) {
        let start = range.lowerBound
        if let language = index(of: ["language"], from: start, before: range.upperBound) {
            let name = literalWord(language + 1)
            guard name == "plpgsql" || name == "sql" else {
                add(.action(.codeRun, []), at: start)
                return collector.leaveOpen()
            }
        }
        guard let block = range.first(where: { tokens[$0].kind == .string }) else {
            add(.databaseRead, "do", at: start)
            return addUnknownFunctions(range)
        }
        if dialect.family == .mysql { return addUnknownFunctions(range) }
        readNested(content(at: block), isBlock: true, at: start)
    }

    /// A cursor, and the variables of a batch.
    private mutating func readDeclare(_ range: Range<Int>) {
        let start = range.lowerBound
        for index in range where tokens[index].kind == .variable && !tokens[index].word.isEmpty {
            let end = min(index + 6, range.upperBound)
            for assigned in index + 1..<max(index + 1, end) where tokens[assigned].isSymbol("=") {
                let value = textValue(at: assigned + 1, before: range.upperBound)
                variables[tokens[index].word] = value
                break
            }
        }
        let query = index(of: ["select", "with", "values"], from: start, before: range.upperBound)
        if let query { return classify(query..<range.upperBound) }
        add(.databaseRead, "declare", at: start)
    }

    // LIMIT: parts of a text that is put together; the rest of it is not known.
    static let maximumParts = 64

    /// The text of an expression of literals, variables and what is not known.
    ///
    /// `'DROP TABLE ' || quote_ident(t)` is the known text and one that may be anything.
    func textValue(at start: Int, before limit: Int) -> AbstractText {
        var result = AbstractText.empty
        var index = start
        for _ in 0..<Self.maximumParts {
            guard index < limit else { return result }
            let token = tokens[index]
            switch token.kind {
            case .string, .hole:
                result.append(content(at: index))
                index += 1
            case .variable:
                result.append(variables[token.word] ?? .notComputed)
                index += 1
            case .word where ["format", "concat"].contains(token.word) && isParenthesis(index + 1):
                result.append(joined(at: index))
                index = min(partners[index + 1], limit) + 1
            default:
                result.append(.notComputed)
                index = next(of: ["||", "+"], from: index, before: limit)
            }
            guard index < limit else { return result }
            if tokens[index].isSymbol("||") || tokens[index].isSymbol("+") {
                index += 1
            } else if tokens[index].kind != .string {
                // `USING x`, `, @a = 1`
                let ends =
                    tokens[index].isWord("using") || tokens[index].isSymbol(",")
                    || tokens[index].isSymbol(")") || tokens[index].isWord("into")
                    || tokens[index].isWord("at")
                return ends ? result : result + .notComputed
            }
        }
        return result + .notComputed
    }

    // `format('DROP TABLE %I', t)`, `CONCAT('a', 'b')`
    private func joined(at index: Int) -> AbstractText {
        let end = min(partners[index + 1], tokens.count)
        guard index + 2 < end else { return .notComputed }
        if word(index) == "format" {
            guard tokens[index + 2].kind == .string, let format = content(at: index + 2).literal
            else { return .notComputed }
            return Self.filled(format)
        }
        var result = AbstractText.empty
        for part in index + 2..<end where !tokens[part].isSymbol(",") {
            let isText = tokens[part].kind == .string
            result.append(isText ? content(at: part) : .notComputed)
        }
        return result
    }

    /// A format whose `%I`, `%L` and `%s` are not known.
    private static func filled(_ format: ShellText) -> AbstractText {
        var result = AbstractText.empty
        var known: [UInt8] = []
        var isEscaped = false
        for byte in format.utf8 {
            if isEscaped {
                isEscaped = false
                if byte == 0x25 {
                    known.append(byte)
                    continue
                }
                // `%1$s`
                if byte.isQueryDigit || byte == 0x24 || byte == 0x2D {
                    isEscaped = true
                    continue
                }
                result.append(.text(ShellText(known)))
                known.removeAll()
                // `%I` and `%L` are quoted and so stay one name or one text.
                let shape: UnknownText.Shape = byte == 0x73 ? .text : .name
                if byte == 0x4C { known.append(0x27) }
                result.append(.text(ShellText(known)))
                known.removeAll()
                result.append(.unknown(UnknownText(shape, from: .notComputed)))
                if byte == 0x4C { known.append(0x27) }
            } else if byte == 0x25 {
                isEscaped = true
            } else {
                known.append(byte)
            }
        }
        result.append(.text(ShellText(known)))
        return result
    }

    private func next(of symbols: Set<String>, from start: Int, before limit: Int) -> Int {
        var index = start
        while index < limit {
            if tokens[index].kind == .symbol, symbols.contains(tokens[index].word) { return index }
            if tokens[index].isSymbol(")") || tokens[index].isWord("using") { return index }
            index = isParenthesis(index) ? partners[index] + 1 : index + 1
        }
        return limit
    }
}
