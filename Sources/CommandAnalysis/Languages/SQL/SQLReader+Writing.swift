import ShellSyntax

// Statements that change rows, and whether a condition says which.

extension SQLReader {
    // LIMIT: the rows to which a `LIMIT` may hold a statement and still be called a bound.
    static let maximumBoundedRows = 10_000

    mutating func readInsert(_ range: Range<Int>) {
        let start = range.lowerBound
        let verb = word(start) == "replace" ? "replace" : "insert"
        let overwrites = contains("overwrite", in: start..<min(start + 3, range.upperBound))
        let replaces = word(start + 1) == "or" && word(start + 2) == "replace"
        let into = skipping(SQLWords.insertNoise, from: start + 1, before: range.upperBound)
        let name = qualifiedName(at: into, before: range.upperBound)
        guard let name else { return addUnreadable(at: start) }
        // What replaces the rows of a whole query is not told by its text.
        let isBulk = (verb == "replace" || replaces) && contains("select", in: range)
        add(
            .databaseWrite,
            overwrites || replaces ? "replace" : verb,
            object: [name.text],
            bounded: !(overwrites || isBulk),
            at: start
        )
        if contains("select", in: range) {
            add(.databaseRead, "select", object: tablesRead(range), at: start)
        }
    }

    mutating func readUpdate(_ range: Range<Int>) {
        let start = range.lowerBound
        var index = start + 1
        if word(index) == "or" { index += 2 }
        index = skipping(["low_priority", "ignore", "only"], from: index, before: range.upperBound)
        if word(index) == "statistics" {
            return add(.databaseAdminister, "update statistics", at: start)
        }
        let top = boundedTop(at: &index)
        let objects = names(at: index, before: range.upperBound)
        let isBounded = top || isBound(range, of: objects)
        guard !objects.isEmpty, contains("set", in: range) else { return addUnreadable(at: start) }
        addWrite("update", objects, isBounded: isBounded, range)
    }

    mutating func readDelete(_ range: Range<Int>) {
        let start = range.lowerBound
        let noise: Set = ["low_priority", "quick", "ignore"]
        var index = skipping(noise, from: start + 1, before: range.upperBound)
        let top = boundedTop(at: &index)
        var objects: [AbstractText] = []
        if let from = self.index(of: ["from"], from: index, before: range.upperBound) {
            let first = skipping(["from", "only"], from: from, before: range.upperBound)
            objects = names(at: first, before: range.upperBound)
        } else {
            objects = names(at: index, before: range.upperBound)
        }
        guard !objects.isEmpty else { return addUnreadable(at: start) }
        let isBounded = top || isBound(range, of: objects)
        addWrite("delete", objects, isBounded: isBounded, range)
    }

    /// A name that is not known may hold `--`, behind which a condition is none, or `a=a`.
    private mutating func addWrite(
        _ statement: String,
        _ objects: [AbstractText],
        isBounded: Bool,
        _ range: Range<Int>
    ) {
        work.spend(range.count)
        let isOpen = range.contains { index in
            [.word, .variable].contains(tokens[index].kind)
                && text.bytes[tokens[index].range].contains(QueryText.nameMark)
        }
        let start = range.lowerBound
        guard isOpen, isBounded else {
            return add(
                .databaseWrite,
                statement,
                object: objects,
                bounded: isBounded,
                at: start
            )
        }
        for bounded in [true, false] {
            add(
                .databaseWrite,
                statement,
                object: objects,
                bounded: bounded,
                at: start,
                .possible
            )
        }
    }

    mutating func readMerge(_ range: Range<Int>) {
        let start = range.lowerBound
        let noise: Set = ["into", "top", "only"]
        let first = skipping(noise, from: start + 1, before: range.upperBound)
        guard let name = qualifiedName(at: first, before: range.upperBound) else {
            return addUnreadable(at: start)
        }
        var isBounded = false
        if let on = index(of: ["on"], from: first, before: range.upperBound) {
            let end = index(of: ["when"], from: on, before: range.upperBound) ?? range.upperBound
            isBounded = conditionBounds(on + 1..<end, [name.text])
        }
        // `WHEN NOT MATCHED BY SOURCE THEN DELETE` is all that the source does not have.
        for index in range
        where tokens[index].isWord("source") && isWord("by", at: index - 1) {
            isBounded = false
        }
        addWrite("merge", [name.text], isBounded: isBounded, range)
    }

    /// Whether a condition or a limit says which rows a statement may touch.
    func isBound(_ range: Range<Int>, of targets: [AbstractText]) -> Bool {
        if let limit = index(of: ["limit"], from: range.lowerBound, before: range.upperBound),
            boundsRows(limit + 1..<range.upperBound)
        {
            return true
        }
        // Of two conditions the later one counts, where a product takes two at all.
        var condition: Range<Int>?
        var index = range.lowerBound
        while let found = self.index(of: ["where"], from: index, before: range.upperBound) {
            let end = self.index(
                of: SQLWords.afterCondition,
                from: found + 1,
                before: range.upperBound
            )
            condition = found + 1..<(end ?? range.upperBound)
            index = found + 1
        }
        guard let condition else { return false }
        return conditionBounds(condition, targets)
    }

    private func conditionBounds(_ range: Range<Int>, _ targets: [AbstractText]) -> Bool {
        SQLCondition(of: self, targets: targets).bounds(range)
    }

    private func boundsRows(_ range: Range<Int>) -> Bool {
        guard let first = range.first, tokens[first].kind == .number else { return false }
        // `LIMIT 5, 10`
        let isPair = range.count > 2 && tokens[first + 1].isSymbol(",")
        let count = isPair ? first + 2 : first
        return numberBoundsRows(count)
    }

    private func numberBoundsRows(_ index: Int) -> Bool {
        guard tokens.indices.contains(index), let literal = content(at: index).literal,
            let rows = Int(literal.description)
        else { return false }
        return rows <= Self.maximumBoundedRows
    }

    /// `TOP (10)` of SQL Server.
    private func boundedTop(at index: inout Int) -> Bool {
        guard word(index) == "top" else { return false }
        index += 1
        var number = index
        if isParenthesis(index) {
            number = index + 1
            index = partners[index] + 1
        } else {
            index += 1
        }
        guard word(index) != "percent" else {
            index += 1
            return false
        }
        return numberBoundsRows(number)
    }
}
