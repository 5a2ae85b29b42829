package import CommandAnalysis
internal import ShellSyntax

/// Decides by the rules of a policy what a command line may do.
///
/// It reads no clock, opens nothing and throws nothing, and what it does is bounded.
package struct RuleDecider: Sendable {
    /// LIMIT: actions of one command line, each value of an attribute counted as one.
    package static let maximumUnits = 4096

    package let policy: Policy

    package init(policy: Policy) { self.policy = policy }

    /// Judges everything that a command line does; nothing at all is reading the host's state.
    ///
    /// `forms` are what some of their paths may be, for those who know already.
    package func judge(
        _ actions: [ForeseenAction],
        in context: RequestContext,
        forms: [PathForm] = []
    ) -> RuleVerdict {
        var judgement = Judgement(policy, context)
        var subjects = PathSubjects(login: ShellText(context.login.name), forms: forms)
        for action in actions.isEmpty ? [.nothing] : actions {
            let rest = Self.maximumUnits - judgement.unitCount
            if rest <= 0 {
                return judgement.undecidable(.tooManyActions(limit: Self.maximumUnits))
            } else if let unit = UnitAction(single: action, &subjects) {
                judgement.judge(unit, in: context)
            } else if let units = UnitAction.units(of: action, &subjects, atMost: rest) {
                for unit in units where !judgement.isExhausted {
                    judgement.judge(unit, in: context)
                }
            } else {
                return judgement.undecidable(.tooManyActions(limit: Self.maximumUnits))
            }
            guard !judgement.isExhausted else {
                return judgement.undecidable(.tooMuchToMatch(limit: ConditionMatcher.maximumBytes))
            }
        }
        return judgement.verdict
    }

    /// What becomes of a command line that cannot be read, or not to its end.
    package func judge(
        undecidable reason: UndecidableReason,
        in context: RequestContext
    ) -> RuleVerdict {
        RuleVerdict(undecidable: reason, mode: policy.mode(for: policy.scopes(of: context)))
    }
}

extension ForeseenAction {
    /// What a command line does that does nothing: an assignment, a function that is not called.
    fileprivate static let nothing = ForeseenAction.ofRequest(.systemRead)
}

/// One judging of one command line.
private struct Judgement {
    /// As many rules as hold for most actions: those for which more do only take longer.
    private static let usuallyHeld = 8

    private let policy: Policy
    private var matcher: ConditionMatcher
    /// For each policy file whether it is for this request.
    private let scopes: [PatternMatch]
    /// For each rule the same, as far as it was asked.
    private var ruleScopes: [Int: PatternMatch] = [:]
    private let someObserve: Bool
    private let mode: PolicyMode
    private(set) var unitCount = 0
    private var enforced = VerdictTally()
    private var observed = VerdictTally()
    /// The rules that hold for the action that is judged: kept here, so that there is room already.
    private var held: [HeldRule] = []

    init(_ policy: Policy, _ context: RequestContext) {
        self.policy = policy
        matcher = ConditionMatcher(login: context.login)
        scopes = policy.scopes(of: context)
        mode = policy.mode(for: scopes)
        someObserve = zip(policy.documents, scopes).contains { $0.mode != .enforce && $1 != .no }
        held.reserveCapacity(Self.usuallyHeld)
    }

    var isExhausted: Bool { matcher.isExhausted }

    var verdict: RuleVerdict {
        RuleVerdict(enforced, observed: someObserve ? observed : nil, mode: mode)
    }

    func undecidable(_ reason: UndecidableReason) -> RuleVerdict {
        RuleVerdict(undecidable: reason, mode: mode)
    }

    mutating func judge(_ unit: UnitAction, in context: RequestContext) {
        unitCount += 1
        let action = unit.foreseen.action
        held.removeAll(keepingCapacity: true)
        for number in policy.numbers(ofRulesFor: action) {
            let rule = policy.rules[number]
            let scope = scope(of: rule, number, for: context)
            // Where the scope cannot be told, a forbid applies, and nothing else does.
            guard scope == .yes || (scope != .no && rule.effect == .forbid) else { continue }
            let match = rule.asked.map { matcher.match($0, unit) } ?? .yes
            if match != .no { held.append(HeldRule(rule: rule, match: match)) }
        }
        let certainty = unit.foreseen.certainty
        guard someObserve else {
            enforced.add(UnitOutcome(held, certainty: certainty), of: unit.foreseen)
            return
        }
        observed.add(UnitOutcome(held, certainty: certainty), of: unit.foreseen)
        let outcome =
            runsUnenforced(action)
            ? .observed
            : UnitOutcome(
                held.filter { policy.documents[$0.rule.document].mode.enforces(action) },
                certainty: certainty
            )
        enforced.add(outcome, of: unit.foreseen)
    }

    private mutating func scope(
        of rule: Rule,
        _ number: Int,
        for context: RequestContext
    ) -> PatternMatch {
        let ofFile = scopes[rule.document]
        guard ofFile != .no, let scope = rule.scope else { return ofFile }
        if let known = ruleScopes[number] { return known }
        let match = ofFile.and(scope.match(context))
        ruleScopes[number] = match
        return match
    }

    /// Whether policies that are for this request only observe such an action.
    private func runsUnenforced(_ action: Action) -> Bool {
        var isObserved = false
        for (document, scope) in zip(policy.documents, scopes) where scope != .no {
            if document.mode.enforces(action) { return false }
            if scope == .yes { isObserved = true }
        }
        return isObserved
    }
}
