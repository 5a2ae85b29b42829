internal import CommandAnalysis

/// What the rules say of everything that a command line does.
package struct RuleVerdict: Hashable, Sendable {
    /// LIMIT: denied and reviewed actions that are kept for the explanation.
    package static let maximumJudged = 64

    /// What would have been, where a policy only observes.
    package struct Observation: Hashable, Sendable {
        package let ruling: Ruling
        package let judged: [JudgedAction]
        package let undecidable: UndecidableReason?

        init(
            _ ruling: Ruling,
            judged: [JudgedAction] = [],
            undecidable: UndecidableReason? = nil
        ) {
            self.ruling = ruling
            self.judged = judged
            self.undecidable = undecidable
        }

        /// In one line, as a refusal would have said it.
        package var reason: String {
            if let undecidable { return Denial.undecidable(undecidable).description }
            return ruling == .deny ? Denial.refused(judged).description : Refusal.approval(judged)
        }
    }

    package let ruling: Ruling
    /// The denied actions first, each in the order of the line.
    package let judged: [JudgedAction]
    package let determiningRules: [RuleID]
    /// Empty where the ruling is a denial.
    package let obligations: [Obligation]
    /// Nil where nothing else would have been.
    package let observation: Observation?
    /// What kept the rules from being asked; the ruling is a denial then.
    package let undecidable: UndecidableReason?
    /// What the policies that are for the request do with what they say.
    package let mode: PolicyMode

    /// Of a request that is no list of actions.
    ///
    /// Where policies only observe, it is permitted, and what would have been is kept.
    init(_ ruling: Ruling, mode: PolicyMode) {
        let isObserved = mode != .enforce && ruling != .permit
        self.ruling = isObserved ? .permit : ruling
        judged = []
        determiningRules = []
        obligations = []
        observation = isObserved ? Observation(ruling) : nil
        undecidable = nil
        self.mode = mode
    }

    /// A denial, but for policies that observe everything.
    init(undecidable: UndecidableReason, mode: PolicyMode) {
        let isObserved = mode == .observeEverything
        ruling = isObserved ? .permit : .deny
        judged = []
        determiningRules = []
        obligations = []
        observation = isObserved ? Observation(.deny, undecidable: undecidable) : nil
        self.undecidable = isObserved ? nil : undecidable
        self.mode = mode
    }

    init(_ tally: VerdictTally, observed: VerdictTally?, mode: PolicyMode) {
        self.mode = mode
        ruling = tally.ruling
        judged = tally.judged
        determiningRules = tally.determiningRules
        obligations = tally.ruling == .deny ? [] : tally.obligations
        undecidable = nil
        observation = observed.flatMap { other in
            other.ruling == tally.ruling
                ? nil : Observation(other.ruling, judged: other.judged)
        }
    }
}

/// The outcomes of all actions so far.
struct VerdictTally {
    private(set) var ruling = Ruling.permit
    private var denied: [JudgedAction] = []
    private var reviewed: [JudgedAction] = []
    /// The rules that made the worst of the outcomes, in the order in which they were found.
    private(set) var determiningRules: [RuleID] = []
    private(set) var obligations: [Obligation] = []

    var judged: [JudgedAction] {
        if denied.isEmpty { return reviewed }
        return Array((denied + reviewed).prefix(RuleVerdict.maximumJudged))
    }

    mutating func add(_ outcome: UnitOutcome, of action: ForeseenAction) {
        if outcome.ruling > ruling {
            ruling = outcome.ruling
            determiningRules = []
        }
        for obligation in outcome.obligations where !obligations.contains(obligation) {
            obligations.append(obligation)
        }
        for rule in outcome.rules
        where outcome.ruling == ruling && !determiningRules.contains(rule.id) {
            guard determiningRules.count < Decision.maximumDeterminingRules else { break }
            determiningRules.append(rule.id)
        }
        switch outcome.ruling {
        case .permit: break
        case .review: note(outcome, action, in: &reviewed)
        case .deny: note(outcome, action, in: &denied)
        }
    }

    private func note(
        _ outcome: UnitOutcome,
        _ action: ForeseenAction,
        in judged: inout [JudgedAction]
    ) {
        guard judged.count < RuleVerdict.maximumJudged else { return }
        judged.append(
            JudgedAction(
                action: action,
                ruling: outcome.ruling,
                rules: outcome.rules.map(\.id),
                undecidedRules: outcome.undecidedRules.map(\.id),
                reason: outcome.rules.lazy.compactMap(\.reason).first,
                instead: outcome.rules.lazy.compactMap(\.instead).first
            )
        )
    }
}
