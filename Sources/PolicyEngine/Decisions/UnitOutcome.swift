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
        // One rule that surely permits it is all that most actions have.
        if held.count == 1, certainty == .certain, held[0].match == .yes,
            held[0].rule.effect == .permit
        {
            self.init(.permit, [held[0].rule], [])
            return
        }
        var undecided: [Rule] = []
        for stage in 0..<2 {
            let isOtherwise = stage == 1
            var holding: [Rule] = []
            var open: [Rule] = []
            for held in held
            where held.rule.isOtherwise == isOtherwise && held.rule.effect == .forbid {
                if held.match >= .perhaps {
                    holding.append(held.rule)
                } else {
                    open.append(held.rule)
                }
            }
            if !holding.isEmpty {
                self.init(.deny, holding, undecided)
                return
            }
            if !open.isEmpty { undecided += open }
            let isCertain = certainty == .certain && undecided.isEmpty
            var ruling = Ruling.permit
            for held in held where held.rule.isOtherwise == isOtherwise {
                switch held.rule.effect {
                case .forbid: continue
                case .permit: if !isCertain || held.match != .yes { continue }
                case .review: ruling = .review
                }
                holding.append(held.rule)
            }
            if holding.isEmpty { continue }
            self.init(ruling, holding, undecided)
            return
        }
        self.init(.deny, [], undecided)
    }

    private init(_ ruling: Ruling, _ rules: [Rule], _ undecided: [Rule]) {
        self.ruling = ruling
        self.rules = rules
        undecidedRules = undecided
        let isPlain = ruling == .deny || rules.allSatisfy { $0.obligations.isEmpty }
        obligations = isPlain ? [] : rules.flatMap(\.obligations)
    }

    /// Of an action that runs because the policies that are for it only observe.
    static let observed = UnitOutcome(.permit, [], [])
}
