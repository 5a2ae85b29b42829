internal import CommandAnalysis
internal import ShellSyntax

/// Holds the conditions of rules against actions, and counts what that costs.
struct ConditionMatcher {
    /// LIMIT: bytes of values, each counted once for every pattern that it is held against.
    ///
    /// A line of 96 KiB with one path is held against a hundred patterns by two millions of them.
    static let maximumBytes = 10_000_000

    private let login: ShellText
    private(set) var bytes = 0

    init(login: Login) { self.login = ShellText(login.name) }

    var isExhausted: Bool { bytes > Self.maximumBytes }

    mutating func match(_ condition: RuleCondition?, _ unit: UnitAction) -> PatternMatch {
        guard let condition else { return .yes }
        switch condition {
        case .all(let parts):
            var result = PatternMatch.yes
            for part in parts where result != .no { result = min(result, match(part, unit)) }
            return result
        case .any(let parts):
            var result = PatternMatch.no
            for part in parts where result != .yes { result = max(result, match(part, unit)) }
            return result
        case .not(let condition): return !match(condition, unit)
        case .test(let test): return match(test, unit)
        }
    }

    private mutating func match(_ test: RuleTest, _ unit: UnitAction) -> PatternMatch {
        let context = unit.foreseen.context
        switch test {
        case .paths(_, let patterns): return match(patterns, unit.path)
        case .texts(let attribute, let patterns):
            guard case .texts(let texts) = unit.foreseen[attribute], let text = texts.first else {
                return .no
            }
            var result = match(patterns, text)
            for text in Spellings.others(of: text, as: attribute) {
                result = max(result, match(patterns, text))
            }
            return result
        case .flag(let attribute, let expected):
            guard case .flag(let flag) = unit.foreseen[attribute] else {
                return expected ? .no : .yes
            }
            return flag == expected ? .yes : .no
        case .program(let patterns):
            guard let program = context.program else { return .unknown }
            return match(patterns, program)
        case .user(let patterns): return match(patterns, context.identity)
        case .place(let patterns):
            return patterns.reduce(.no) { max($0, match($1, context.place)) }
        case .wrapper(let patterns):
            return context.wrappers.reduce(.no) { max($0, match(patterns, $1)) }
        case .certainty(let certainty): return unit.foreseen.certainty == certainty ? .yes : .no
        case .unknown(let attributes):
            return attributes.contains { unit.foreseen[$0]?.beginsUnknown ?? false } ? .yes : .no
        }
    }

    /// An attribute that is not there matches nothing.
    private mutating func match(_ list: PathPatternList, _ path: PathSubject?) -> PatternMatch {
        guard let path else { return .no }
        let (match, asked) = list.match(path)
        bytes += path.size * asked
        return match
    }

    private mutating func match(_ patterns: [TextPattern], _ text: AbstractText) -> PatternMatch {
        var result = PatternMatch.no
        for pattern in patterns where result != .yes {
            bytes += text.size
            result = max(result, pattern.match(text))
        }
        return result
    }

    private mutating func match(_ patterns: [TextPattern], _ text: ShellText) -> PatternMatch {
        for pattern in patterns {
            bytes += 1 + text.utf8.count
            if pattern.match(text) { return .yes }
        }
        return .no
    }

    private mutating func match(
        _ patterns: [TextPattern?],
        _ identity: ProcessIdentity
    ) -> PatternMatch {
        let account: ShellText
        switch identity {
        case .unknown: return .unknown
        case .login: account = login
        case .account(let name): account = name
        }
        if patterns.contains(nil), account == login { return .yes }
        return match(patterns.compactMap(\.self), account)
    }

    private mutating func match(_ pattern: PlacePattern, _ place: Place) -> PatternMatch {
        switch (pattern, place) {
        case (.target, .target): return .yes
        case (.within(let kind, let pattern), .within(let found, let name)):
            guard kind == found else { return .no }
            return pattern.map { match([$0], name) } ?? .yes
        case (.target, .within), (.within, .target): return .no
        }
    }
}

extension AttributeValue {
    /// Whether a value begins with text that is not known.
    fileprivate var beginsUnknown: Bool {
        switch self {
        case .flag: false
        case .paths(let paths): paths.contains { $0.root == .unknown }
        case .texts(let texts):
            texts.contains { if case .unknown = $0.pieces.first { true } else { false } }
        }
    }
}

extension AbstractText {
    fileprivate var size: Int {
        pieces.reduce(1) { sum, piece in
            if case .text(let text) = piece { sum + text.utf8.count } else { sum + 1 }
        }
    }
}
