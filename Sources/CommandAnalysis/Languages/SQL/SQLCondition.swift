import ShellSyntax

/// Says whether a condition of a statement leaves out any row, as far as its text tells.
///
/// `id = 7` may leave some out, `1 = 1` and `x OR NOT x` leave out none. What is not understood
/// counts as true for every row.
struct SQLCondition {
    enum Truth: Hashable {
        case always, never, depends
        /// Nothing of a row decides it, and nobody knows what does: it counts as true.
        case unclear

        var negated: Truth {
            switch self {
            case .always: .never
            case .never: .always
            case .depends: .depends
            case .unclear: .unclear
            }
        }
    }

    // LIMIT: parentheses in parentheses; a deeper condition counts as true.
    static let maximumNesting = 24

    let reader: SQLReader
    /// The last parts of the names of the tables that are changed, in small letters.
    let targets: [String]

    init(of reader: SQLReader, targets: [AbstractText]) {
        self.reader = reader
        self.targets = targets.map { target in
            let name = target.literal?.description.lowercased() ?? ""
            return name.split(separator: ".").last.map(String.init) ?? name
        }
    }

    func bounds(_ range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return false }
        let truth = truth(range, isNegated: false, nesting: 0)
        return truth == .depends || truth == .never
    }

    var tokens: [SQLToken] { reader.tokens }

    // MARK: - Connectives

    func truth(_ range: Range<Int>, isNegated: Bool, nesting: Int) -> Truth {
        reader.work.spend(2 * range.count)
        guard nesting < Self.maximumNesting, !range.isEmpty, !reader.work.isExhausted else {
            return .unclear
        }
        let alternatives = parts(of: range, at: isOr)
        guard let alternatives else { return .unclear }
        if alternatives.count > 1 {
            return combined(alternatives, isEither: !isNegated, isNegated, nesting)
        }
        guard let demands = parts(of: range, at: isAnd) else { return .unclear }
        if demands.count > 1 {
            return combined(demands, isEither: isNegated, isNegated, nesting)
        }
        return single(range, isNegated: isNegated, nesting)
    }

    // One part that is true is enough where `isEither`; else all must be.
    private func combined(
        _ parts: [Range<Int>],
        isEither: Bool,
        _ isNegated: Bool,
        _ nesting: Int
    ) -> Truth {
        var complements = SQLComplements()
        var all: Set<Truth> = []
        for part in parts {
            all.insert(truth(part, isNegated: isNegated, nesting: nesting + 1))
            let (inner, negations) = withoutNegations(part)
            let comparison = comparison(in: inner)
            complements.insert(
                key(inner),
                comparison,
                isNegated: (negations % 2 == 1) != isNegated
            )
        }
        if isEither {
            if all.contains(.always) || complements.areExhaustive { return .always }
            if all.contains(.unclear) { return .unclear }
            return all.contains(.depends) ? .depends : .never
        }
        if all.contains(.never) || complements.hasOpposites { return .never }
        if all.contains(.depends) { return .depends }
        return all.contains(.unclear) ? .unclear : .always
    }

    private func single(_ range: Range<Int>, isNegated: Bool, _ nesting: Int) -> Truth {
        let (inner, negations) = withoutNegations(range)
        guard let first = inner.first else { return .unclear }
        let negated = (negations % 2 == 1) != isNegated
        if inner != range, !isWhole(inner) {
            return truth(inner, isNegated: negated, nesting: nesting + 1)
        }
        if isWhole(inner), !isQuery(first + 1) {
            return truth(
                first + 1..<inner.upperBound - 1,
                isNegated: negated,
                nesting: nesting + 1
            )
        }
        return predicate(inner, isNegated: negated, nesting)
    }

    /// Whether one pair of parentheses holds all of it.
    func isWhole(_ range: Range<Int>) -> Bool {
        guard let first = range.first else { return false }
        return tokens[first].isSymbol("(") && reader.partners[first] == range.upperBound - 1
    }

    func isQuery(_ index: Int) -> Bool {
        ["select", "with", "values"].contains(reader.word(index))
    }

    private func withoutNegations(_ range: Range<Int>) -> (Range<Int>, Int) {
        var index = range.lowerBound
        var negations = 0
        while index < range.upperBound {
            let isBang = tokens[index].isSymbol("!") && isWhole(index + 1..<range.upperBound)
            guard tokens[index].isWord("not") || isBang else { break }
            negations += 1
            index += 1
        }
        return (index..<range.upperBound, negations)
    }

    private func isOr(_ token: SQLToken) -> Bool {
        token.isWord("or") || token.isSymbol("||") && reader.dialect.family == .mysql
    }

    private func isAnd(_ token: SQLToken) -> Bool {
        token.isWord("and") || token.isSymbol("&&") && reader.dialect.family == .mysql
    }

    /// Cuts at the connectives outside of parentheses and `CASE`; nil where there is another one.
    private func parts(of range: Range<Int>, at isCut: (SQLToken) -> Bool) -> [Range<Int>]? {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var index = start
        var cases = 0
        var ranges = 0
        while index < range.upperBound {
            let token = tokens[index]
            if token.isWord("xor") { return nil }
            if token.isWord("case") { cases += 1 }
            if token.isWord("end") { cases -= 1 }
            if token.isWord("between") { ranges += 1 }
            if cases == 0, ranges > 0, token.isWord("and") {
                ranges -= 1
            } else if cases == 0, isCut(token) {
                parts.append(start..<index)
                start = index + 1
            }
            index = token.isSymbol("(") ? max(reader.partners[index], index) + 1 : index + 1
        }
        parts.append(start..<max(start, range.upperBound))
        return parts
    }
}
