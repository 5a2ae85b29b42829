import ShellSyntax

// One comparison of a condition.

extension SQLCondition {
    /// Two operands and what is asked of them.
    struct Comparison {
        // `=`, `<`, `like`, `in`, `null`, `between`
        var operation: String
        var isNegated: Bool
        var left: Range<Int>
        var right: Range<Int>
        var leftKey: [UInt8] = []
        var rightKey: [UInt8] = []
        /// The number on the right, where it is one.
        var number: Double?
    }

    func predicate(_ range: Range<Int>, isNegated: Bool, _ nesting: Int) -> Truth {
        guard let first = range.first else { return .unclear }
        if tokens[first].isWord("exists"), reader.isParenthesis(first + 1) {
            let inner = first + 2..<max(first + 2, range.upperBound - 1)
            // Without a word of the outer row, it is true for all rows or for none.
            guard isCorrelated(inner) else { return .unclear }
            let found = query(inner, nesting)
            return isNegated ? found.negated : found
        }
        guard var comparison = comparison(in: range) else {
            return isNegated ? bare(range).negated : bare(range)
        }
        if isNegated { comparison.isNegated.toggle() }
        if comparison.operation == "many" { return .unclear }
        if !hasColumn(comparison.left), !hasColumn(comparison.right) {
            return constant(comparison)
        }
        if let same = sameOperand(comparison) { return same }
        if isOpen(comparison) || holdsCondition(comparison, nesting) { return .unclear }
        return membership(comparison, nesting) ?? .depends
    }

    /// Whether an operand is itself a condition that does not tell rows apart: `(id = id) IS TRUE`.
    private func holdsCondition(_ comparison: Comparison, _ nesting: Int) -> Bool {
        for side in [comparison.left, comparison.right]
        where isWhole(side) && side.count > 3 && !isQuery(side.lowerBound + 1) {
            let inner = side.lowerBound + 1..<side.upperBound - 1
            guard self.comparison(in: inner) != nil else { continue }
            // `(id = 1) IS NOT NULL`
            if comparison.operation == "null" { return true }
            if truth(inner, isNegated: false, nesting: nesting + 1) != .depends { return true }
        }
        return false
    }

    /// An operand that is a condition by itself: `active`, `1`, `true`.
    private func bare(_ range: Range<Int>) -> Truth {
        if hasColumn(range) { return .depends }
        guard range.count == 1, let first = range.first else { return .unclear }
        if tokens[first].kind == .number, let number = number(range) {
            return number == 0 ? .never : .always
        }
        if tokens[first].isWord("true") { return .always }
        return tokens[first].isWord("false") ? .never : .unclear
    }

    // MARK: - Cases

    private func constant(_ comparison: Comparison) -> Truth {
        guard comparison.left.count == 1, !comparison.right.isEmpty else { return .unclear }
        let left = tokens[comparison.left.lowerBound]
        let isEqual: Bool
        let right = tokens[comparison.right.lowerBound]
        // Whether `'1' < 2` is a question of types.
        if left.kind != right.kind, left.kind == .string || right.kind == .string {
            return .unclear
        }
        if let a = number(comparison.left), let b = comparison.number {
            switch comparison.operation {
            case "=": isEqual = a == b
            case "<": isEqual = a < b
            case ">": isEqual = a > b
            default: return .unclear
            }
        } else if left.kind == .string, comparison.operation == "=", comparison.right.count == 1,
            tokens[comparison.right.lowerBound].kind == .string
        {
            guard let a = reader.content(at: comparison.left.lowerBound).literal,
                let b = reader.content(at: comparison.right.lowerBound).literal
            else { return .unclear }
            isEqual = a == b
            // `'a' = 'A '` is true to some collations.
            let mayBeEqual = a.description.lowercased().utf8.filter { $0 != 0x20 }
                .elementsEqual(b.description.lowercased().utf8.filter { $0 != 0x20 })
            if mayBeEqual != isEqual { return .unclear }
        } else {
            return .unclear
        }
        return isEqual != comparison.isNegated ? .always : .never
    }

    private func sameOperand(_ comparison: Comparison) -> Truth? {
        switch comparison.operation {
        case "=", "<", ">", "like", "is":
            guard isSame(comparison.left, comparison.right) else { return nil }
            let holds = comparison.operation != "<" && comparison.operation != ">"
            return holds != comparison.isNegated ? .always : .never
        case "in":
            guard reader.isParenthesis(comparison.right.lowerBound) else { return nil }
            let end = max(comparison.right.lowerBound + 1, comparison.right.upperBound - 1)
            let found = items(comparison.right.lowerBound + 1..<end).contains {
                isSame(comparison.left, $0)
            }
            return found ? (comparison.isNegated ? .never : .always) : nil
        case "between":
            guard let and = comparison.right.first(where: { tokens[$0].isWord("and") }) else {
                return nil
            }
            let ends = [comparison.right.lowerBound..<and, and + 1..<comparison.right.upperBound]
            if !hasColumn(comparison.right) {
                guard let low = number(ends[0]), let high = number(ends[1]) else {
                    return comparison.isNegated ? .unclear : nil
                }
                if low > high { return comparison.isNegated ? .always : .never }
                return nil
            }
            return ends.allSatisfy { isSame(comparison.left, $0) } ? .always : nil
        default: return nil
        }
    }

    // LIMIT: an identifier below which all of a table is taken to be.
    static let everyRow = 1e9

    /// Conditions that hold for every row in practice: `id > 0`, `name LIKE '%'`.
    private func isOpen(_ comparison: Comparison) -> Bool {
        if comparison.operation == "like" {
            guard !comparison.isNegated, comparison.right.count == 1 else { return false }
            let pattern = reader.content(at: comparison.right.lowerBound).literal?.description
            return Self.openPatterns.contains(pattern ?? "%")
        }
        let isID = isIdentity(comparison.left)
        switch (comparison.operation, comparison.isNegated) {
        case ("null", true): return isID
        case ("in", true): return isID && comparison.right.allSatisfy { !isPlainColumn($0) }
        case ("=", true): return isID && !hasColumn(comparison.right)
        case (">", false), ("<", true):
            guard let number = comparison.number else { return false }
            let isNotNegative = isCount(comparison.left)
            return isID && number <= 1
                || isNotNegative && (comparison.operation == ">" ? number < 0 : number <= 0)
        case ("<", false), (">", true):
            return isID && (comparison.number ?? 0) >= Self.everyRow
        default: return false
        }
    }

    private static let openPatterns: Set<String> = [
        "%", "%%", "%%%", "*", ".*", ".", "", "^", "$", ".+", "^.*$", "^.*", ".*$", "(.*)", "_%",
        "%_",
    ]

    // MARK: - Operands

    /// The column that numbers the rows, by its usual names.
    private func isIdentity(_ range: Range<Int>) -> Bool {
        let name = String(decoding: lastPart(key(range)), as: UTF8.self)
        return ["id", "rowid", "_rowid_", "oid", "ctid", "uuid", "pk", "_id", "xmin"].contains {
            $0 == name
        }
    }

    private func isCount(_ range: Range<Int>) -> Bool {
        guard let first = range.first, reader.isParenthesis(first + 1) else { return false }
        return [
            "length", "char_length", "character_length", "octet_length", "bit_length", "abs",
            "ascii",
            "ord", "crc32", "len", "datalength",
        ].contains(tokens[first].word)
    }

    private func items(_ range: Range<Int>) -> [Range<Int>] {
        var items: [Range<Int>] = []
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            if tokens[index].isSymbol(",") {
                items.append(start..<index)
                start = index + 1
            }
            index = reader.isParenthesis(index) ? reader.partners[index] + 1 : index + 1
        }
        items.append(start..<max(start, range.upperBound))
        return items
    }

    /// Whether an operand says anything of a row.
    func hasColumn(_ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        var columns = 0
        reader.work.spend(range.count)
        while index < range.upperBound {
            if reader.isParenthesis(index), isQuery(index + 1) {
                let end = min(reader.partners[index], range.upperBound)
                if isCorrelated(index + 1..<max(index + 1, end)) { return true }
                index = end + 1
                continue
            }
            if isPlainColumn(index) { columns += 1 }
            index += 1
        }
        return columns > 0 && !isCancelled(range)
    }

    func isPlainColumn(_ index: Int) -> Bool {
        let token = tokens[index]
        if token.kind == .quotedName { return true }
        guard token.kind == .word, !token.isWord(in: Self.constantWords) else { return false }
        if reader.isParenthesis(index + 1) { return false }
        // `'x'::text`, `_utf8'x'`, `INTERVAL '1 day'`
        if index > 0, tokens[index - 1].isSymbol("::") { return false }
        let isIntroducer = index + 1 < tokens.count && tokens[index + 1].kind == .string
        return !isIntroducer
    }

    private static let constantWords: Set<String> = [
        "select", "where", "limit", "exists",
        "true", "false", "null", "unknown", "current_date", "current_time", "current_timestamp",
        "current_user", "session_user", "user", "localtime", "localtimestamp", "interval", "and",
        "or",
        "not", "is", "in", "like", "case", "when", "then", "else", "end", "as", "day", "days",
        "hour",
        "hours", "minute", "month", "year", "week", "second", "distinct", "any", "all", "some",
        "array", "escape", "collate", "binary", "date", "timestamp", "int", "integer", "text",
        "div",
        "mod", "varchar", "char", "from", "between", "unsigned", "signed", "nocase",
    ]

    /// `x * 0`, `x - x`, `x / x`: the column is named and says nothing.
    private func isCancelled(_ range: Range<Int>) -> Bool {
        for index in range where index > range.lowerBound && index + 1 < range.upperBound {
            let token = tokens[index]
            guard token.kind == .symbol else { continue }
            let sides = [index - 1..<index, index + 1..<index + 2]
            switch token.word {
            case "*", "&": if sides.contains(where: { number($0) == 0 }) { return true }
            case "-", "/", "%", "^", "#":
                if tokens[index - 1].isName, isSame(sides[0], sides[1]) { return true }
            default: break
            }
        }
        return false
    }
}
