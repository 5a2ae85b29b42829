/// What is asked of a decider: whether this principal may do this there.
package struct DecisionQuestion: Hashable, Sendable {
    /// Of this question, never used twice by one authority.
    package let number: UInt64
    /// SHA-256 over everything below but the time; the answer must repeat it.
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
    /// What is known of what the client sends on standard input.
    package let input: KnownInput
    package let claims: [ClientClaim]
    /// From where the client comes, as text.
    package let sourceAddress: String
    /// When it was asked, in seconds since 1970; no part of the digest.
    package let unixSeconds: UInt64

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
        environment: [EnvironmentVariable],
        input: KnownInput,
        claims: [ClientClaim],
        sourceAddress: String,
        unixSeconds: UInt64
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
        self.input = input
        self.claims = claims
        self.sourceAddress = sourceAddress
        self.unixSeconds = unixSeconds
    }
}

/// What is known of what a client sends on standard input before it sends it.
package enum KnownInput: UInt8, Hashable, Sendable, CaseIterable {
    /// It may be anything.
    case unknown = 1
    /// The client said that it sends nothing, and what it sends is thrown away.
    case nothing = 2
}

/// Something that a client says of its reasons, which nobody has confirmed.
package struct ClientClaim: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// What the authority says to a decider.
package enum DeciderOrder: Hashable, Sendable {
    /// Read the snapshot from the descriptor that comes with this; before the first question only.
    case load(version: UInt64)
    case decide(DecisionQuestion)
}

/// What a decider says to the authority.
///
/// Who owns that process may lie in each of them.
package enum DeciderReport: Hashable, Sendable {
    case loaded(version: UInt64)
    case loadFailed(reason: String)
    case answer(DecisionAnswer)
}
