import ShellSyntax

// How operands are told apart.

extension SQLCondition {
    /// The one comparison of a predicate, its column on the left; nil where there is none.
    func comparison(in range: Range<Int>) -> Comparison? {
        var found: Comparison?
        var index = range.lowerBound
        while index < range.upperBound {
            if reader.isParenthesis(index) {
                index = reader.partners[index] + 1
                continue
            }
            guard let operation = operation(at: index, in: range) else {
                index += 1
                continue
            }
            let rest = operation.next..<max(operation.next, range.upperBound)
            if found != nil, operation.name != "not" {
                found?.operation = "many"
                return found
            }
            found = Comparison(
                operation: operation.name,
                isNegated: operation.isNegated,
                left: range.lowerBound..<index,
                right: rest,
                number: number(rest)
            )
            index = operation.next
            if operation.name == "between" { break }
        }
        guard var comparison = found else { return nil }
        if !hasColumn(comparison.left), hasColumn(comparison.right) { turn(&comparison) }
        comparison.leftKey = key(comparison.left)
        comparison.rightKey = key(comparison.right)
        return comparison
    }

    /// `0 < id` is `id > 0`.
    private func turn(_ comparison: inout Comparison) {
        switch comparison.operation {
        case "=": break
        case "<": comparison.operation = ">"
        case ">": comparison.operation = "<"
        default: return
        }
        swap(&comparison.left, &comparison.right)
        comparison.number = number(comparison.right)
    }

    private struct Operation {
        let name: String
        let isNegated: Bool
        let next: Int
    }

    private func operation(at index: Int, in range: Range<Int>) -> Operation? {
        let token = tokens[index]
        guard token.kind == .symbol || token.kind == .word else { return nil }
        if token.kind == .symbol {
            guard let (name, isNegated) = Self.symbols[token.word] else { return nil }
            return Operation(name: name, isNegated: isNegated, next: index + 1)
        }
        switch token.word {
        case "is": return state(from: index + 1, in: range)
        case "isnull": return Operation(name: "null", isNegated: false, next: index + 1)
        case "notnull": return Operation(name: "null", isNegated: true, next: index + 1)
        case "not" where index > range.lowerBound:
            guard let name = Self.words[reader.word(index + 1)] else { return nil }
            return Operation(name: name, isNegated: true, next: index + 2)
        default:
            guard index > range.lowerBound, let name = Self.words[token.word] else { return nil }
            let next = token.word == "similar" ? index + 2 : index + 1
            return Operation(name: name, isNegated: false, next: next)
        }
    }

    // `IS NULL`, `IS NOT DISTINCT FROM x`, `IS TRUE`
    private func state(from start: Int, in range: Range<Int>) -> Operation {
        let isNegated = reader.isWord("not", at: start)
        let next = isNegated ? start + 1 : start
        if reader.isWord("null", at: next) {
            return Operation(name: "null", isNegated: isNegated, next: next + 1)
        }
        if reader.isWord("distinct", at: next) {
            return Operation(name: "=", isNegated: !isNegated, next: next + 2)
        }
        return Operation(name: "is", isNegated: isNegated, next: next)
    }

    private static let symbols: [String: (String, Bool)] = [
        "=": ("=", false), "==": ("=", false), "<=>": ("=", false), "<>": ("=", true),
        "!=": ("=", true), "<": ("<", false), ">=": ("<", true), "!<": ("<", true),
        ">": (">", false), "<=": (">", true), "!>": (">", true), "~": ("like", false),
        "~*": ("like", false), "!~": ("like", true), "!~*": ("like", true),
    ]

    private static let words: [String: String] = [
        "like": "like", "ilike": "like", "rlike": "like", "regexp": "like", "glob": "like",
        "similar": "like", "match": "match", "in": "in", "between": "between",
    ]

    // MARK: - Keys

    /// An operand without parentheses, signs and case, so that two of them can be compared.
    func key(_ range: Range<Int>) -> [UInt8] {
        let range = stripped(range)
        var key: [UInt8] = []
        reader.work.spend(range.count)
        for index in range {
            let token = tokens[index]
            if token.kind == .string { key.append(0x27) }
            let isQuoted = token.kind == .string || token.kind == .quotedName
            let bytes = isQuoted ? reader.unquoted(token)[...] : reader.text.bytes[token.range]
            for byte in bytes { key.append(byte.lowercasedASCII) }
            if token.kind != .symbol || token.word != "." { key.append(0) }
        }
        return key
    }

    /// Without parentheses around it and what changes nothing.
    private func stripped(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while true {
            if isWhole(range) {
                range = range.lowerBound + 1..<max(range.lowerBound + 1, range.upperBound - 1)
            } else if let first = range.first, tokens[first].isSymbol("+") {
                range = first + 1..<range.upperBound
            } else if range.count > 2, changesNothing(range.upperBound - 2) {
                range = range.lowerBound..<range.upperBound - 2
            } else {
                return range
            }
        }
    }

    // `+ 0`, `- 0`, `* 1`, `/ 1`, `|| ''`
    private func changesNothing(_ index: Int) -> Bool {
        let operand = tokens[index + 1]
        guard tokens[index].kind == .symbol else { return false }
        switch tokens[index].word {
        case "+", "-": return operand.kind == .number && number(index + 1..<index + 2) == 0
        case "*", "/": return operand.kind == .number && number(index + 1..<index + 2) == 1
        case "||": return operand.kind == .string && operand.range.count == 2
        default: return false
        }
    }

    func lastPart(_ key: [UInt8]) -> ArraySlice<UInt8> {
        let name = key.dropLast()
        guard let dot = name.lastIndex(of: 0x2E) else { return name[...] }
        return name[(dot + 1)...]
    }

    /// Whether two operands are the same of each row; `t.id` and `id` are.
    func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        let left = stripped(left)
        let right = stripped(right)
        let a = key(left)
        let b = key(right)
        if a.isEmpty || b.isEmpty { return false }
        if a == b { return true }
        let isQualified = a.dropLast().contains(0x2E) && b.dropLast().contains(0x2E)
        let areNames =
            left.allSatisfy { tokens[$0].isName || tokens[$0].isSymbol(".") }
            && right.allSatisfy { tokens[$0].isName || tokens[$0].isSymbol(".") }
        return areNames && !isQualified && lastPart(a) == lastPart(b)
    }

    /// The value of a number, with a sign.
    func number(_ range: Range<Int>) -> Double? {
        var range = range
        if isWhole(range) { range = range.lowerBound + 1..<range.upperBound - 1 }
        var sign = 1.0
        while let first = range.first, tokens[first].isSymbol("-") || tokens[first].isSymbol("+") {
            if tokens[first].isSymbol("-") { sign = -sign }
            range = first + 1..<range.upperBound
        }
        guard range.count == 1, let first = range.first,
            [.number, .string].contains(tokens[first].kind),
            let literal = reader.content(at: first).literal, let value = Double(literal.description)
        else { return nil }
        return sign * value
    }
}

/// The parts of an `OR` or `AND`, and whether they are opposites of each other.
struct SQLComplements {
    private var plain: Set<[UInt8]> = []
    private var negated: Set<[UInt8]> = []
    /// For each operand, the highest number below which and the lowest above which it may be.
    private var below: [[UInt8]: Double] = [:]
    private var above: [[UInt8]: Double] = [:]
    private var unequal: [[UInt8]: Double] = [:]
    /// Whether one of the parts holds for each row.
    private(set) var areExhaustive = false
    /// Whether two of the parts exclude each other.
    private(set) var hasOpposites = false

    mutating func insert(
        _ key: [UInt8],
        _ comparison: SQLCondition.Comparison?,
        isNegated: Bool
    ) {
        var whole = key
        var isOpposite = isNegated
        if let comparison, comparison.operation != "many" {
            if comparison.isNegated { isOpposite.toggle() }
            whole = comparison.leftKey + Array(comparison.operation.utf8) + comparison.rightKey
            insert(comparison, isNegated: isOpposite)
        }
        if isOpposite { negated.insert(whole) } else { plain.insert(whole) }
        if (isOpposite ? plain : negated).contains(whole) {
            areExhaustive = true
            hasOpposites = true
        }
    }

    /// Open ranges that meet: `x < 5 OR x > 3`, `x <> 1 OR x <> 2`.
    private mutating func insert(_ comparison: SQLCondition.Comparison, isNegated: Bool) {
        guard let number = comparison.number else { return }
        let key = comparison.leftKey
        switch (comparison.operation, isNegated) {
        case ("=", true):
            if let other = unequal[key], other != number { areExhaustive = true }
            unequal[key] = number
        case ("<", false): below[key] = max(below[key] ?? number, number)
        case (">", true): below[key] = max(below[key] ?? number, number.nextUp)
        case (">", false): above[key] = min(above[key] ?? number, number)
        case ("<", true): above[key] = min(above[key] ?? number, number.nextDown)
        default: return
        }
        if let low = above[key], let high = below[key], low < high { areExhaustive = true }
    }
}
