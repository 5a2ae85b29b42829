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

    mutating func match(_ condition: AskedCondition, _ unit: UnitAction) -> PatternMatch {
        var step = 0
        return match(condition, &step, unit)
    }

    /// Asks one step and all that belongs to it, and goes on behind that.
    private mutating func match(
        _ condition: AskedCondition,
        _ step: inout Int,
        _ unit: UnitAction
    ) -> PatternMatch {
        let current = condition.steps[step]
        step += 1
        switch current {
        case .all(let end):
            var result = PatternMatch.yes
            while step < end, result != .no { result = result.and(match(condition, &step, unit)) }
            step = end
            return result
        case .any(let end):
            var result = PatternMatch.no
            while step < end, result != .yes { result = result.or(match(condition, &step, unit)) }
            step = end
            return result
        case .not: return !match(condition, &step, unit)
        case .surely: return match(condition, &step, unit) == .yes ? .yes : .no
        case .test(let question): return answer(question, condition, unit)
        }
    }

    private mutating func answer(
        _ question: AskedCondition.Question,
        _ condition: AskedCondition,
        _ unit: UnitAction
    ) -> PatternMatch {
        switch question {
        case .path(let number): return match(condition.paths[number], unit.path)
        case .texts(let attribute, let number):
            guard case .texts(let texts) = unit.foreseen[attribute], let text = texts.first else {
                return .no
            }
            let list = condition.texts[number]
            var result = match(list, text)
            for text in Spellings.others(of: text, as: attribute) {
                result = result.or(match(list, text))
            }
            return result
        case .flag(let attribute, let expected):
            guard case .flag(let flag) = unit.foreseen[attribute] else {
                return expected ? .no : .yes
            }
            return flag == expected ? .yes : .no
        case .program(let number):
            guard let program = unit.foreseen.context.program else { return .unknown }
            return match(condition.texts[number], program)
        case .login:
            return switch unit.foreseen.context.identity {
            case .login: .yes
            case .unknown: .unknown
            case .account(let account): account == login ? .yes : .no
            }
        case .user(let number):
            return match(condition.users[number], unit.foreseen.context.identity)
        case .target: return unit.foreseen.context.place == .target ? .yes : .no
        case .place(let number):
            var result = PatternMatch.no
            for pattern in condition.places[number] where result != .yes {
                result = result.or(match(pattern, unit.foreseen.context.place))
            }
            return result
        case .wrapper(let number):
            var result = PatternMatch.no
            for wrapper in unit.foreseen.context.wrappers where result != .yes {
                result = match(condition.texts[number], wrapper)
            }
            return result
        case .certainty(let certainty): return unit.foreseen.certainty == certainty ? .yes : .no
        case .unknown(let number):
            let isUnknown = condition.unknown[number].contains {
                unit.foreseen[$0]?.beginsUnknown ?? false
            }
            return isUnknown ? .yes : .no
        }
    }

    /// An attribute that is not there matches nothing.
    private mutating func match(_ list: PathPatternList, _ path: PathSubject?) -> PatternMatch {
        guard let path else { return .no }
        let (match, asked) = list.match(path)
        bytes += path.size * asked
        return match
    }

    private mutating func match(_ list: TextPatternList, _ text: AbstractText) -> PatternMatch {
        bytes += text.size * list.patterns.count
        return list.match(text)
    }

    private mutating func match(_ list: TextPatternList, _ text: ShellText) -> PatternMatch {
        bytes += (1 + text.utf8.count) * list.patterns.count
        return list.match(text) ? .yes : .no
    }

    private mutating func match(_ pattern: TextPattern, _ text: ShellText) -> PatternMatch {
        bytes += 1 + text.utf8.count
        return pattern.match(text) ? .yes : .no
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
        for pattern in patterns {
            guard let pattern else {
                if account == login { return .yes }
                continue
            }
            if match(pattern, account) == .yes { return .yes }
        }
        return .no
    }

    private mutating func match(_ pattern: PlacePattern, _ place: Place) -> PatternMatch {
        switch (pattern, place) {
        case (.target, .target): return .yes
        case (.within(let kind, let pattern), .within(let found, let name)):
            guard kind == found else { return .no }
            guard let pattern else { return .yes }
            bytes += name.size
            return pattern.match(name)
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
