import ShellSyntax

// Queries in a condition.

extension SQLCondition {
    // `id IN (SELECT id FROM t)`, `id = ANY (SELECT …)`
    func membership(_ comparison: Comparison, _ nesting: Int) -> Truth? {
        guard var list = comparison.right.first else { return nil }
        if comparison.operation == "=", tokens[list].isWord(in: ["any", "some"]) { list += 1 }
        let isList = comparison.operation == "in" || list > comparison.right.lowerBound
        guard isList, reader.isParenthesis(list), isQuery(list + 1) else { return nil }
        let end = max(list + 1, comparison.right.upperBound - 1)
        let found = query(list + 1..<end, nesting)
        return comparison.isNegated ? found.negated : found
    }

    /// Whether a subquery names a column of the statement around it: `users.id` where `users` is none
    /// of its own tables.
    func isCorrelated(_ range: Range<Int>) -> Bool {
        let start = range.lowerBound
        reader.work.spend(range.count)
        guard let from = reader.index(of: ["from"], from: start, before: range.upperBound) else {
            return range.contains { isPlainColumn($0) }
        }
        let ends = reader.index(
            of: ["where", "group", "order", "having", "limit"],
            from: from,
            before: range.upperBound
        )
        // A table with an alias has no other name any more.
        let end = ends ?? range.upperBound
        let named = (from + 1..<max(from + 1, end)).filter { index in
            !(index + 1 < end && tokens[index + 1].isName)
        }
        let tables = Set(named.map { key($0..<$0 + 1) })
        return range.dropLast().contains { index in
            tokens[index].isName && tokens[index + 1].isSymbol(".")
                && (index == 0 || !tokens[index - 1].isSymbol("."))
                && !tables.contains(key(index..<index + 1))
        }
    }

    /// Whether a subquery finds all that there is, nothing, or some.
    func query(_ range: Range<Int>, _ nesting: Int) -> Truth {
        let start = range.lowerBound
        if let condition = reader.index(of: ["where"], from: start, before: range.upperBound) {
            let end = reader.index(
                of: SQLWords.afterCondition,
                from: condition + 1,
                before: range.upperBound
            )
            let inner = condition + 1..<(end ?? range.upperBound)
            let truth = truth(inner, isNegated: false, nesting: nesting + 1)
            if truth == .depends || truth == .never { return truth }
        }
        let others: Set = [
            "join", "having", "limit", "intersect", "except", "tablesample", "using",
        ]
        if reader.index(of: others, from: start, before: range.upperBound) != nil {
            return .depends
        }
        guard let from = reader.index(of: ["from"], from: start, before: range.upperBound),
            let table = reader.qualifiedName(at: from + 1, before: range.upperBound),
            let last = table.parts.last?.literal?.description.lowercased()
        else { return .unclear }
        return targets.contains(last) ? .always : .depends
    }
}
