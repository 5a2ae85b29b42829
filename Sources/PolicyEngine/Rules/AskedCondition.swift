internal import CommandAnalysis

/// A condition as it is asked: its parts one after another, those first that take the least.
///
/// Most rules are never asked about paths then: the program, the verb or the account has told. Steps
/// hold nothing that is counted, because every action is held against dozens of them.
///
/// An object, because each action is asked by several of them.
final class AskedCondition: Sendable {
    enum Step {
        /// The parts follow, up to the number of a step; all of them must hold.
        case all(upTo: Int)
        /// The same; one must hold.
        case any(upTo: Int)
        /// What follows must not hold.
        case not
        /// What follows must hold for sure.
        case surely
        case test(Question)
    }

    /// A question about an action; numbers are those of what it is held against.
    enum Question {
        case path(Int)
        case texts(ActionAttribute, Int)
        case flag(ActionAttribute, Bool)
        case program(Int)
        /// Whether the login runs it.
        case login
        case user(Int)
        case target
        case place(Int)
        case wrapper(Int)
        case certainty(Certainty)
        case unknown(Int)
    }

    let steps: [Step]
    let paths: [PathPatternList]
    let texts: [TextPatternList]
    let users: [[TextPattern?]]
    let places: [[PlacePattern]]
    let unknown: [[ActionAttribute]]

    init(_ condition: RuleCondition) {
        var draft = AskedConditionDraft()
        draft.append(condition)
        steps = draft.steps
        paths = draft.paths
        texts = draft.texts
        users = draft.users
        places = draft.places
        unknown = draft.unknown
    }
}

/// Puts the steps of a condition together.
private struct AskedConditionDraft {
    typealias Step = AskedCondition.Step
    typealias Question = AskedCondition.Question

    private(set) var steps: [Step] = []
    private(set) var paths: [PathPatternList] = []
    private(set) var texts: [TextPatternList] = []
    private(set) var users: [[TextPattern?]] = []
    private(set) var places: [[PlacePattern]] = []
    private(set) var unknown: [[ActionAttribute]] = []

    mutating func append(_ condition: RuleCondition) {
        switch condition {
        case .all(let parts): append(parts) { .all(upTo: $0) }
        case .any(let parts): append(parts) { .any(upTo: $0) }
        case .not(let condition):
            steps.append(.not)
            append(condition)
        case .surely(let condition):
            steps.append(.surely)
            append(condition)
        case .test(let test): steps.append(.test(question(test)))
        }
    }

    private mutating func append(_ parts: [RuleCondition], _ step: (Int) -> Step) {
        let start = steps.count
        steps.append(step(start))
        for part in parts.sorted(by: { $0.cost < $1.cost }) { append(part) }
        steps[start] = step(steps.count)
    }

    private mutating func question(_ test: RuleTest) -> Question {
        switch test {
        case .paths(_, let list): .path(Self.add(list, to: &paths))
        case .texts(let attribute, let list): .texts(attribute, Self.add(list, to: &texts))
        case .flag(let attribute, let expected): .flag(attribute, expected)
        case .program(let list): .program(Self.add(list, to: &texts))
        case .user([nil]): .login
        case .user(let patterns): .user(Self.add(patterns, to: &users))
        case .place([.target]): .target
        case .place(let patterns): .place(Self.add(patterns, to: &places))
        case .wrapper(let list): .wrapper(Self.add(list, to: &texts))
        case .certainty(let certainty): .certainty(certainty)
        case .unknown(let attributes): .unknown(Self.add(attributes, to: &unknown))
        }
    }

    private static func add<Value>(_ value: Value, to list: inout [Value]) -> Int {
        list.append(value)
        return list.count - 1
    }
}

extension RuleCondition {
    /// About how much asking it takes, where looking at one value is one.
    fileprivate var cost: Int {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(1) { $0 + $1.cost }
        case .not(let condition), .surely(let condition): condition.cost
        case .test(let test): test.cost
        }
    }
}

extension RuleTest {
    fileprivate var cost: Int {
        switch self {
        case .flag, .certainty, .unknown, .place: 1
        case .user(let patterns): patterns.count
        case .program, .wrapper: 2
        case .texts: 3
        case .paths: 50
        }
    }
}
