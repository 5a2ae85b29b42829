/// How a decider answered a question.
package struct DecisionAnswer: Hashable, Sendable {
    package enum Effect: UInt8, Hashable, Sendable, CaseIterable {
        case permit = 1
        /// By the rules, or because it cannot be decided: the client may know why.
        case deny = 2
        /// It needs an approval, which is one of the obligations.
        case review = 3
        /// No grant lets the principal ask: the client learns no more than that.
        case noGrant = 4
    }

    /// What the policies that are for the request do with what they say.
    package enum Mode: UInt8, Hashable, Sendable, CaseIterable {
        case enforce = 1
        case observe = 2
        case observeEverything = 3
    }

    /// What would have been where a policy only observes.
    package struct Observation: Hashable, Sendable {
        package let effect: Effect
        package let reason: String

        package init(effect: Effect, reason: String) {
            self.effect = effect
            self.reason = reason
        }
    }

    package let number: UInt64
    package let digest: [UInt8]
    package let effect: Effect
    /// Names of the rules or grants that determined it.
    package let determiningRules: [String]
    /// What must be done for a permit or a review to hold.
    package let obligations: [DecisionObligation]
    /// For the audit trail: one line.
    package let reason: String
    /// What is denied or wants an approval.
    package let judged: [JudgedPart]
    /// What of the command line cannot be read.
    package let place: CommandPlace?
    /// Everything that would be done, as far as that is known, for the audit trail.
    package let actions: [String]
    package let mode: Mode
    package let observation: Observation?
    /// Whether nothing that runs reads what the client sends.
    package let ignoresInput: Bool

    package init(
        number: UInt64,
        digest: [UInt8],
        effect: Effect,
        determiningRules: [String],
        obligations: [DecisionObligation],
        reason: String,
        judged: [JudgedPart] = [],
        place: CommandPlace? = nil,
        actions: [String] = [],
        mode: Mode = .enforce,
        observation: Observation? = nil,
        ignoresInput: Bool = false
    ) {
        self.number = number
        self.digest = digest
        self.effect = effect
        self.determiningRules = determiningRules
        self.obligations = obligations
        self.reason = reason
        self.judged = judged
        self.place = place
        self.actions = actions
        self.mode = mode
        self.observation = observation
        self.ignoresInput = ignoresInput
    }
}

/// What the authority must do for a permit to hold; one that cannot be read denies.
package enum DecisionObligation: Hashable, Sendable {
    /// Consent of so many people, each with one of these roles.
    case approval(quorum: UInt32, roles: [String])
    /// Secrets are masked on the way back and in the record.
    case masking
    case timeLimit(seconds: UInt32)
}

/// One action that is denied or wants an approval.
package struct JudgedPart: Hashable, Sendable {
    /// Deny or review.
    package let effect: DecisionAnswer.Effect
    /// The action with its values, as whom and where.
    package let action: String
    package let rules: [String]
    /// Forbids of which nobody can tell whether they hold.
    package let undecidedRules: [String]
    package let reason: String?
    package let instead: String?
    package let place: CommandPlace

    package init(
        effect: DecisionAnswer.Effect,
        action: String,
        rules: [String],
        undecidedRules: [String],
        reason: String?,
        instead: String?,
        place: CommandPlace
    ) {
        self.effect = effect
        self.action = action
        self.rules = rules
        self.undecidedRules = undecidedRules
        self.reason = reason
        self.instead = instead
        self.place = place
    }
}

/// Bytes of a command line: the first, and the one behind the last.
package struct CommandPlace: Hashable, Sendable {
    package let start: UInt32
    package let end: UInt32

    package init(start: UInt32, end: UInt32) {
        self.start = start
        self.end = end
    }
}
