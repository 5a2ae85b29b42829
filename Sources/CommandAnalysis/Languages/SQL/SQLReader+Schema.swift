import ShellSyntax

// Statements that make, change and drop what holds rows.

extension SQLReader {
    /// What a statement about an object says of it.
    private struct Subject {
        // `table`, `database`, `column`
        let resource: String
        let names: [AbstractText]
        /// The first token behind the words that tell its kind.
        let start: Int
    }

    private func subject(from start: Int, before limit: Int) -> Subject? {
        var index = start
        var isTemporary = false
        var isVirtual = false
        while index < limit {
            // `DEFINER = root@localhost`, `ALGORITHM = MERGE`
            if index + 1 < limit, tokens[index].kind == .word, tokens[index + 1].isSymbol("=") {
                index += 3
                while index < limit, tokens[index].isSymbol("@") || tokens[index].kind == .variable
                {
                    index += tokens[index].isSymbol("@") ? 2 : 1
                }
                continue
            }
            guard SQLWords.beforeKind.contains(word(index)) else { break }
            if word(index).hasPrefix("temp") { isTemporary = true }
            // What is in such a one a module says: it may be any file.
            if word(index) == "virtual" { isVirtual = true }
            index += 1
        }
        guard
            let kind = SQLWords.objectKind(
                word(index, before: limit),
                word(index + 1, before: limit)
            )
        else { return nil }
        index += kind.length
        let first = skipping(SQLWords.objectNoise, from: index, before: limit)
        let temporary = isTemporary && kind.name == "table"
        let isDatabase = kind.name == "schema" && dialect.family == .mysql
        let resource =
            isVirtual
            ? "virtual " + kind.name
            : temporary ? "temporary table" : isDatabase ? "database" : kind.name
        return Subject(
            resource: resource,
            names: names(at: first, before: limit),
            start: index
        )
    }

    mutating func readCreate(_ range: Range<Int>) {
        let start = range.lowerBound
        guard let subject = subject(from: start + 1, before: range.upperBound) else {
            return add(.databaseSchema, "create", at: start)
        }
        addSchema("create", subject, range)
        let names = Set(["plpgsql", "sql", "internal"])
        for index in range where tokens[index].isWord("language") {
            if !names.contains(word(index + 1)), !names.contains(literalWord(index + 1)) {
                add(.action(.codeRun, []), at: index, .possible)
            }
        }
        if ["assembly", "library"].contains(subject.resource) || contains("soname", in: range) {
            add(.action(.codeRun, []), at: start)
        }
        if subject.resource == "table", contains("select", in: range) {
            add(.databaseRead, "select", object: tablesRead(range), at: start)
            addUnknownFunctions(bodyOfCreate(range))
        }
    }

    private func bodyOfCreate(_ range: Range<Int>) -> Range<Int> {
        let query = index(of: ["as", "select"], from: range.lowerBound, before: range.upperBound)
        return (query ?? range.upperBound)..<range.upperBound
    }

    func literalWord(_ index: Int) -> String {
        guard tokens.indices.contains(index) else { return "" }
        return content(at: index).literal?.description.lowercased() ?? ""
    }

    mutating func readDrop(_ range: Range<Int>) {
        let start = range.lowerBound
        if word(start + 1) == "owned" {
            return add(.databaseSchema, "drop", resource: "owned", bounded: false, at: start)
        }
        if word(start + 1) == "prepare" { return add(.databaseRead, "drop", at: start) }
        guard let subject = subject(from: start + 1, before: range.upperBound) else {
            let objects = names(at: start + 1, before: range.upperBound)
            return add(.databaseSchema, "drop", object: objects, at: start)
        }
        addSchema("drop", subject, range)
    }

    mutating func readTruncate(_ range: Range<Int>) {
        let start = range.lowerBound
        // `TRUNCATE ALL TABLES FROM db`, `TRUNCATE DATABASE db`
        let isAll = ["all", "database"].contains(word(start + 1))
        var index = skipping(
            ["table", "only", "all", "tables", "database", "from"],
            from: start + 1,
            before: range.upperBound
        )
        index = skipping(SQLWords.objectNoise, from: index, before: range.upperBound)
        let objects = names(at: index, before: range.upperBound)
        add(
            .databaseSchema,
            "truncate",
            resource: isAll ? "database" : "table",
            object: isAll ? [] : objects,
            database: isAll ? objects : [],
            bounded: false,
            force: contains("cascade", in: range),
            at: start
        )
    }

    private mutating func addSchema(_ statement: String, _ subject: Subject, _ range: Range<Int>) {
        let isOfServer = SQLWords.administeredKinds.contains(subject.resource)
        let isDatabase = subject.resource == "database"
        add(
            isOfServer ? .databaseAdminister : .databaseSchema,
            statement,
            resource: subject.resource,
            object: isDatabase ? [] : subject.names,
            database: isDatabase ? subject.names : [],
            force: statement == "drop" && contains("cascade", in: range),
            at: range.lowerBound
        )
    }

    mutating func readAlter(_ range: Range<Int>) {
        let start = range.lowerBound
        let second = word(start + 1)
        if ["system", "instance", "default"].contains(second) || second == "server" {
            return add(.databaseAdminister, "alter \(second)", at: start)
        }
        guard let subject = subject(from: start + 1, before: range.upperBound) else {
            return add(.databaseSchema, "alter", at: start)
        }
        let isSetting = subject.resource == "database" && contains("set", in: range)
        if isSetting {
            add(
                .databaseAdminister,
                "alter",
                resource: "database",
                database: subject.names,
                at: start
            )
            return
        }
        addSchema("alter", subject, range)
        guard subject.resource == "table" else { return }
        for index in subject.start..<range.upperBound {
            guard !work.isExhausted else { return addUnreadable(at: start) }
            addChange(at: index, subject, range)
        }
    }

    /// The clauses of `ALTER TABLE` that take data away.
    private mutating func addChange(at index: Int, _ subject: Subject, _ range: Range<Int>) {
        let previous = index > 0 ? tokens[index - 1] : nil
        let next = word(index + 1, before: range.upperBound)
        switch word(index) {
        case "drop":
            // `ALTER COLUMN c DROP NOT NULL`, `DROP CONSTRAINT c`
            if SQLWords.droppedWithoutData.contains(next) { return }
            let isPartition = next == "partition" || next == "partitions"
            addDropped(isPartition ? "partition" : "column", index + 1, range)
        case "truncate" where next == "partition":
            add(
                .databaseSchema,
                "truncate",
                resource: "partition",
                object: subject.names,
                bounded: false,
                at: index
            )
        case "discard", "clear": addDropped(next.isEmpty ? "column" : next, index + 1, range)
        case "delete", "update":
            // ClickHouse's mutations.
            guard dialect.family == .clickhouse, previous?.isSymbol("->") != true else { return }
            add(
                .databaseWrite,
                word(index),
                object: subject.names,
                bounded: isBound(index..<range.upperBound, of: subject.names),
                at: index
            )
        case "engine":
            let value =
                index + (index + 1 < range.upperBound && tokens[index + 1].isSymbol("=") ? 2 : 1)
            if literalWord(value) == "blackhole" { addDropped("table", subject.start, range) }
        default: break
        }
    }

    private mutating func addDropped(_ resource: String, _ first: Int, _ range: Range<Int>) {
        let noise = SQLWords.objectNoise.union(["column", "partition", "partitions", "columns"])
        let name = skipping(noise, from: first, before: range.upperBound)
        let names = qualifiedName(at: name, before: range.upperBound).map { [$0.text] } ?? []
        add(
            .databaseSchema,
            "drop",
            resource: resource,
            object: names,
            force: contains("cascade", in: range),
            at: first - 1
        )
    }
}
