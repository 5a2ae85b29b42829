internal import CommandAnalysis

/// A rule of the right scope whose condition does not fail for an action.
struct HeldRule {
    let rule: Rule
    /// Unknown, perhaps or yes.
    let match: PatternMatch
}

/// What the rules say of one action.
///
/// A forbid holds for what may be, a permit only for what is certain, a review for what may be and
/// for what nobody can tell. Where nobody can tell whether a forbid holds, the action is one that
/// may be something else: no permit holds for it.
struct UnitOutcome {
    let ruling: Ruling
    let rules: [Rule]
    let undecidedRules: [Rule]
    let obligations: [Obligation]

    init(_ held: [HeldRule], certainty: Certainty) {
        var undecided: [Rule] = []
        for isOtherwise in [false, true] {
            let stage = held.filter { $0.rule.isOtherwise == isOtherwise }
            let forbids = stage.filter { $0.rule.effect == .forbid }
            let holding = forbids.filter { $0.match >= .perhaps }.map(\.rule)
            if !holding.isEmpty {
                self.init(.deny, holding, undecided)
                return
            }
            undecided += forbids.map(\.rule)
            let isCertain = certainty == .certain && undecided.isEmpty
            let permitting = stage.filter { held in
                switch held.rule.effect {
                case .forbid: false
                case .permit: isCertain && held.match == .yes
                case .review: true
                }
            }.map(\.rule)
            if permitting.isEmpty { continue }
            let isReview = permitting.contains { $0.effect == .review }
            self.init(isReview ? .review : .permit, permitting, undecided)
            return
        }
        self.init(.deny, [], undecided)
    }

    private init(_ ruling: Ruling, _ rules: [Rule], _ undecided: [Rule]) {
        self.ruling = ruling
        self.rules = rules
        undecidedRules = undecided
        obligations = ruling == .deny ? [] : rules.flatMap(\.obligations)
    }

    /// Of an action that runs because the policies that are for it only observe.
    static let observed = UnitOutcome(.permit, [], [])
}
