/// What is asked of a decider: whether this principal may do this there.
package struct DecisionQuestion: Hashable, Sendable {
    /// Of this question, never used twice by one authority.
    package let number: UInt64
    /// SHA-256 over everything below; the answer must repeat it.
    package let digest: [UInt8]
    package let principal: String
    package let onBehalfOf: String?
    package let roles: [String]
    /// Empty where the name that the client gave is of no target.
    package let target: String
    package let login: String
    package let program: ProgramRequest
    package let hasTerminal: Bool
    package let environment: [EnvironmentVariable]

    package init(
        number: UInt64,
        digest: [UInt8],
        principal: String,
        onBehalfOf: String?,
        roles: [String],
        target: String,
        login: String,
        program: ProgramRequest,
        hasTerminal: Bool,
        environment: [EnvironmentVariable]
    ) {
        self.number = number
        self.digest = digest
        self.principal = principal
        self.onBehalfOf = onBehalfOf
        self.roles = roles
        self.target = target
        self.login = login
        self.program = program
        self.hasTerminal = hasTerminal
        self.environment = environment
    }
}

/// What the authority says to a decider.
package enum DeciderOrder: Hashable, Sendable {
    /// Read the snapshot from the descriptor that comes with this; before the first question only.
    case load(version: UInt64)
    case decide(DecisionQuestion)
}

/// How a decider answered a question.
package struct DecisionAnswer: Hashable, Sendable {
    package enum Effect: UInt8, Hashable, Sendable, CaseIterable {
        case permit = 1
        case deny = 2
    }

    package let number: UInt64
    package let digest: [UInt8]
    package let effect: Effect
    /// Names of the rules or grants that determined it.
    package let determiningRules: [String]
    /// Names of what must be done for a permit to hold.
    ///
    /// One that the authority does not know denies.
    package let obligations: [String]
    /// For the audit trail: one line.
    package let reason: String

    package init(
        number: UInt64,
        digest: [UInt8],
        effect: Effect,
        determiningRules: [String],
        obligations: [String],
        reason: String
    ) {
        self.number = number
        self.digest = digest
        self.effect = effect
        self.determiningRules = determiningRules
        self.obligations = obligations
        self.reason = reason
    }
}

/// What a decider says to the authority.
///
/// Who owns that process may lie in each of them.
package enum DeciderReport: Hashable, Sendable {
    case loaded(version: UInt64)
    case loadFailed(reason: String)
    case answer(DecisionAnswer)
}
