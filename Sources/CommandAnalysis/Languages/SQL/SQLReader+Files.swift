import ShellSyntax

// Statements that move rows between tables and files.

extension SQLReader {
    // `COPY t FROM 'file'`, `COPY (query) TO PROGRAM 'command'`
    mutating func readCopy(_ range: Range<Int>) {
        let start = range.lowerBound
        var index = skipping(["binary"], from: start + 1, before: range.upperBound)
        var objects: [AbstractText] = []
        if isParenthesis(index) {
            let end = min(partners[index], range.upperBound)
            if index + 1 < end { classify(index + 1..<end) }
            index = end + 1
        } else if let name = qualifiedName(at: index, before: range.upperBound) {
            objects = [name.text]
            index = name.next
            if isParenthesis(index) { index = partners[index] + 1 }
        }
        let direction = word(index)
        guard direction == "from" || direction == "to", index + 1 < range.upperBound else {
            return addUnreadable(at: start)
        }
        if direction == "from" {
            add(.databaseWrite, "copy", object: objects, bounded: true, at: start)
        } else {
            add(.databaseRead, "copy", object: objects, at: start)
        }
        addCopyTarget(index + 1, isRead: direction == "from", range)
    }

    private mutating func addCopyTarget(_ index: Int, isRead: Bool, _ range: Range<Int>) {
        switch word(index) {
        case "stdin": skipInlineRows()
        case "stdout": break
        case "program":
            let command = index + 1 < range.upperBound ? content(at: index + 1) : .notComputed
            add(.shell(command), at: index)
        default:
            guard
                tokens[index].kind == .string || tokens[index].kind == .hole
                    || tokens[index].kind == .quotedName
            else { return addUnreadable(at: index) }
            let path = content(at: index)
            add(isRead ? .readFile(path) : .writeFile(path), at: index)
        }
    }

    /// Rows that stand in the script behind `COPY … FROM STDIN;`, up to a line with `\.`.
    ///
    /// Where `COPY` fails, `psql` reads them as statements. So they are rows only where they cannot
    /// be statements.
    private mutating func skipInlineRows() {
        guard client == .psql, lexer.offset < text.count else { return }
        let start = lexer.offset
        var lookAhead = lexer
        _ = lookAhead.takeLine()
        while lookAhead.offset < text.count {
            lookAhead.offset += 1
            let line = lookAhead.takeLine()
            let bytes = text.bytes[line]
            if bytes.starts(with: [0x5C, 0x2E]) {
                lexer = lookAhead
                return
            }
            let isHarmless =
                !bytes.contains(0x3B) && !bytes.contains(QueryText.textMark)
                && !(bytes.first == 0x5C && bytes.dropFirst().first != 0x4E)
            guard isHarmless else { break }
        }
        lexer.count(lookAhead.offset - start)
        lexer.isUncertain = true
    }

    /// `LOAD DATA INFILE 'file' INTO TABLE t`; PostgreSQL's `LOAD 'library'`.
    mutating func readLoad(_ range: Range<Int>) {
        let start = range.lowerBound
        if start + 1 < range.upperBound, tokens[start + 1].kind == .string {
            let path = content(at: start + 1)
            let attribute = ForeseenAction.Attribute(.name, .texts([path]))
            add(.readFile(path), at: start)
            add(.action(.databaseAdminister, [attribute]), at: start)
            add(.action(.codeRun, []), at: start)
            return
        }
        if let file = index(of: ["infile"], from: start, before: range.upperBound),
            file + 1 < range.upperBound
        {
            add(.readFile(content(at: file + 1)), at: file)
        }
        if let table = index(of: ["table"], from: start, before: range.upperBound) {
            let objects = names(at: table + 1, before: range.upperBound)
            add(.databaseWrite, "load", object: objects, bounded: true, at: start)
        } else {
            add(.databaseAdminister, "load", at: start)
        }
    }

    // `BULK INSERT t FROM 'file'`
    mutating func readBulk(_ range: Range<Int>) {
        let start = range.lowerBound
        let objects = names(at: start + 2, before: range.upperBound)
        add(.databaseWrite, "bulk insert", object: objects, bounded: true, at: start)
        if let from = index(of: ["from"], from: start, before: range.upperBound),
            from + 1 < range.upperBound
        {
            add(.readFile(content(at: from + 1)), at: from)
        }
    }

    mutating func readBackup(_ range: Range<Int>) {
        let start = range.lowerBound
        let isBackup = word(start) == "backup"
        let kind = skipping(
            ["database", "log", "table", "all"],
            from: start + 1,
            before: range.upperBound
        )
        let objects = names(at: kind, before: range.upperBound)
        let reads = word(start + 1).hasSuffix("only")
        if reads { return add(.databaseRead, "restore", at: start) }
        let action: Action = isBackup ? .backupCreate : .backupRestore
        let name: [ForeseenAction.Attribute] =
            objects.isEmpty ? [] : [.init(.name, .texts(objects))]
        add(.action(action, name), at: start)
        for index in range where tokens[index].kind == .string {
            let path = content(at: index)
            add(isBackup ? .writeFile(path) : .readFile(path), at: index)
        }
    }

    /// SQLite opens another file, and makes it where there is none; ClickHouse's is of a table.
    mutating func readAttach(_ range: Range<Int>) {
        let start = range.lowerBound
        guard dialect.family == .sqlite else {
            return add(.databaseSchema, word(start), at: start)
        }
        guard word(start) == "attach" else { return add(.databaseRead, "detach", at: start) }
        let file = skipping(["database"], from: start + 1, before: range.upperBound)
        guard file < range.upperBound else { return addUnreadable(at: start) }
        let path = textValue(
            at: file,
            before: index(of: ["as"], from: file, before: range.upperBound)
                ?? range.upperBound
        )
        if path.literal?.description == ":memory:" || path.literal?.isEmpty == true {
            return add(.databaseRead, "attach", at: start)
        }
        add(.readFile(path), at: start)
        add(.writeFile(path), at: start, .possible)
    }

    mutating func readVacuum(_ range: Range<Int>) {
        let start = range.lowerBound
        let isFull = contains("full", in: range)
        add(.databaseAdminister, isFull ? "vacuum full" : "vacuum", at: start)
        if dialect.family == .sqlite,
            let into = index(of: ["into"], from: start, before: range.upperBound),
            into + 1 < range.upperBound
        {
            add(.writeFile(textValue(at: into + 1, before: range.upperBound)), at: into)
        }
    }

    /// SQLite's settings: most of the connection, some of the file.
    mutating func readPragma(_ range: Range<Int>) {
        let start = range.lowerBound
        guard let name = qualifiedName(at: start + 1, before: range.upperBound),
            let last = name.parts.last?.literal?.description.lowercased()
        else { return addUnreadable(at: start) }
        let sets = name.next < range.upperBound
        let isHarmless =
            SQLWords.readingPragmas.contains(last)
            || !sets && !SQLWords.workingPragmas.contains(last)
        add(
            isHarmless ? .databaseRead : .databaseAdminister,
            "pragma",
            object: [name.text],
            at: start
        )
    }
}
