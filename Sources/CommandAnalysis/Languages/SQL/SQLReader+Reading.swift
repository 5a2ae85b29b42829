import ShellSyntax

// Queries, and what a query does beside reading.

extension SQLReader {
    mutating func readSelect(_ range: Range<Int>) {
        let start = range.lowerBound
        let tables = tablesRead(range)
        add(.databaseRead, "select", object: tables, at: start)
        addDestinations(range)
        addLocks(range)
        addUnknownFunctions(range)
    }

    /// `WITH a AS (…), b AS (…) SELECT …`: the statement behind the common tables.
    mutating func readWith(_ range: Range<Int>) {
        var index = range.lowerBound + 1
        while index < range.upperBound {
            let isMain =
                tokens[index].isWord(in: SQLWords.mainVerbs)
                && (tokens[index - 1].isSymbol(")") || dialect.family == .clickhouse)
            if isMain {
                readSelect(range.lowerBound..<index)
                return classify(index..<range.upperBound)
            }
            if isParenthesis(index) {
                // `WITH a AS (…) (SELECT …)`
                let behindBody = index > 0 && tokens[index - 1].isSymbol(")")
                if behindBody, SQLWords.mainVerbs.contains(word(index + 1)) {
                    readSelect(range.lowerBound..<index)
                    return classify(index..<range.upperBound)
                }
                index = partners[index]
            }
            index += 1
        }
        addUnreadable(at: range.lowerBound)
    }

    // LIMIT: tables that a query names one by one to whoever asks.
    static let maximumToldTables = 32

    /// The tables behind `FROM` and `JOIN`, those of subqueries included.
    func tablesRead(_ range: Range<Int>) -> [AbstractText] {
        var tables: [AbstractText] = []
        work.spend(range.count)
        for index in range where tokens[index].isWord(in: ["from", "join"]) {
            guard !isOperandWord(index) else { continue }
            var next = skipping(["only", "lateral"], from: index + 1, before: range.upperBound)
            while tables.count < Self.maximumToldTables,
                let name = qualifiedName(at: next, before: range.upperBound)
            {
                next = name.next
                if !isParenthesis(next) { tables.append(name.text) }
                // An alias, and the next one of the list.
                next = skipping(["as"], from: next, before: range.upperBound)
                if next < range.upperBound, tokens[next].isName,
                    !SQLWords.afterTable.contains(word(next))
                {
                    next += 1
                }
                guard next < range.upperBound, tokens[next].isSymbol(",") else { break }
                next += 1
            }
        }
        return tables
    }

    // LIMIT: how far before it the name of such a function is looked for.
    static let maximumCallDistance = 6

    /// `FROM` of `EXTRACT(day FROM x)` and `IS DISTINCT FROM`.
    private func isOperandWord(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        if isWord("distinct", at: index - 1), word(index - 2) == "is" || word(index - 2) == "not" {
            return true
        }
        for before in stride(
            from: index - 1,
            through: max(1, index - Self.maximumCallDistance),
            by: -1
        )
        where tokens[before].isSymbol("(") {
            return ["extract", "substring", "trim", "overlay", "position"].contains(
                word(before - 1)
            )
        }
        return false
    }

    /// `INTO` a table, a file or a variable.
    private mutating func addDestinations(_ range: Range<Int>) {
        for index in range {
            let token = tokens[index]
            guard token.kind == .word, index + 1 < range.upperBound else { continue }
            switch token.word {
            case "outfile", "dumpfile":
                guard tokens[index + 1].kind == .string || tokens[index + 1].kind == .hole,
                    isWord("into", at: index - 1)
                else { continue }
                add(.writeFile(content(at: index + 1)), at: index)
            case "into":
                if index > 0, tokens[index - 1].isWord(in: SQLWords.beforeInto) { continue }
                addTable(madeBy: index, before: range.upperBound)
            default: continue
            }
        }
    }

    private mutating func addTable(madeBy index: Int, before limit: Int) {
        let target = tokens[index + 1]
        if target.isWord("outfile") || target.isWord("dumpfile") { return }
        // A variable of the session or of a block.
        if target.kind == .variable || isBlock { return }
        let noise: Set = ["temp", "temporary", "unlogged", "table", "local", "global"]
        let isTemporary = target.isWord("temp") || target.isWord("temporary")
        let start = skipping(noise, from: index + 1, before: limit)
        guard let name = qualifiedName(at: start, before: limit) else { return }
        add(
            .databaseSchema,
            "create",
            resource: isTemporary ? "temporary table" : "table",
            object: [name.text],
            at: index
        )
    }

    /// `FOR UPDATE` and the like keep others from the rows.
    private mutating func addLocks(_ range: Range<Int>) {
        for index in range where tokens[index].isWord("for") {
            let next = word(index + 1, before: range.upperBound)
            let isLock =
                ["update", "share"].contains(next)
                || next == "no" && word(index + 2) == "key"
                || next == "key" && word(index + 2) == "share"
            if isLock { add(.databaseAdminister, "lock", at: index) }
        }
        if let lock = range.first(where: { tokens[$0].isWord("lock") }), word(lock + 1) == "in" {
            add(.databaseAdminister, "lock", at: lock)
        }
    }

    /// Password hashes in the tables of the server itself, wherever a statement names them.
    mutating func addSecrets(_ range: Range<Int>) {
        work.spend(range.count)
        let isQuery = ["select", "with", "from"].contains(word(range.lowerBound))
        let isAsked =
            !isQuery
            || range.contains { index in
                tokens[index].isSymbol("*") || tokens[index].isWord(in: SQLWords.secretColumns)
            }
        guard isAsked else { return }
        for index in range
        where tokens[index].kind == .quotedName
            || tokens[index].isWord(in: SQLWords.beginningsOfSecretTables)
        {
            guard index == range.lowerBound || !tokens[index - 1].isSymbol("."),
                let name = qualifiedName(at: index, before: range.upperBound)?.text,
                SQLWords.secretTables.contains(name.keyword)
            else { continue }
            return add(.action(.secretRead, [.init(.name, .texts([name]))]), at: index)
        }
    }

    /// Statements that write in the parentheses of another one: PostgreSQL's common tables.
    mutating func addNestedWrites(_ range: Range<Int>) {
        var index = range.lowerBound
        work.spend(range.count)
        while index + 2 < range.upperBound {
            guard !work.isExhausted else { return addUnreadable(at: index) }
            if isParenthesis(index), isWriteBehind(index) {
                let end = min(partners[index], range.upperBound)
                work.spend(end - index)
                writeInside(index + 1..<end)
            }
            index += 1
        }
    }

    private mutating func writeInside(_ range: Range<Int>) {
        switch word(range.lowerBound) {
        case "insert": readInsert(range)
        case "update": readUpdate(range)
        case "delete": readDelete(range)
        case "merge": readMerge(range)
        default:
            // A query in a common table is found with the statement around it.
            let verb = index(
                of: SQLWords.mainVerbs,
                from: range.lowerBound + 1,
                before: range.upperBound
            )
            guard let verb, !["select", "values", "table"].contains(word(verb)) else { return }
            classify(verb..<range.upperBound)
        }
    }

    private func isWriteBehind(_ index: Int) -> Bool {
        switch word(index + 1) {
        case "insert", "merge": word(index + 2) == "into"
        case "delete": word(index + 2) == "from"
        case "update":
            tokens[index + 2].isName && !isWord("of", at: index + 2)
        case "with": true
        default: false
        }
    }
}
