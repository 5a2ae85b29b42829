package import CommandAnalysis
package import SSHWire

/// One question to the PDP, whether a principal may run something on a target.
package struct AuthorizationRequest: Hashable, Sendable {
    package let subject: PrincipalName
    /// As the snapshot gives them; others make the question undecidable.
    package let roles: Set<Role>
    /// The owner of an agent; nil for everybody else.
    package let onBehalfOf: PrincipalName?
    /// Its labels come from the snapshot.
    package let target: TargetName
    package let login: Login
    package let kind: RequestKind
    /// Empty unless the kind is `exec`.
    package let commandLine: [UInt8]
    package let environment: [EnvironmentAssignment]
    package let hasTerminal: Bool
    /// What is known of what the client sends.
    package let input: ClientInput
    /// From where the client comes; nil where that is not known.
    package let sourceAddress: SSHWire.IPAddress?
    package let unixSeconds: UInt64
    /// What the client says of its reasons, by name: nobody has confirmed it.
    package let claims: [String: String]
    /// SHA-256 over everything that is asked; the answer must name it.
    package let digest: [UInt8]
    package let snapshotVersion: UInt64

    package static let digestBytes = 32

    package init(
        subject: PrincipalName,
        roles: Set<Role>,
        onBehalfOf: PrincipalName?,
        target: TargetName,
        login: Login,
        kind: RequestKind,
        commandLine: [UInt8],
        environment: [EnvironmentAssignment],
        hasTerminal: Bool,
        input: ClientInput,
        sourceAddress: SSHWire.IPAddress?,
        unixSeconds: UInt64,
        claims: [String: String],
        digest: [UInt8],
        snapshotVersion: UInt64
    ) {
        self.subject = subject
        self.roles = roles
        self.onBehalfOf = onBehalfOf
        self.target = target
        self.login = login
        self.kind = kind
        self.commandLine = commandLine
        self.environment = environment
        self.hasTerminal = hasTerminal
        self.input = input
        self.sourceAddress = sourceAddress
        self.unixSeconds = unixSeconds
        self.claims = claims
        self.digest = digest
        self.snapshotVersion = snapshotVersion
    }
}
