package import SSHWire

/// Who asks, for what, in which circumstances: what the scope of a rule is held against.
package struct RequestContext: Hashable, Sendable {
    package let principal: PrincipalName
    package let roles: Set<Role>
    /// The owner of an agent; nil for everybody else.
    package let onBehalfOf: PrincipalName?
    package let target: TargetName
    package let labels: [String: String]
    package let login: Login
    /// From where the client comes; nil where that is not known.
    package let sourceAddress: SSHWire.IPAddress?
    package var unixSeconds: UInt64
    /// What the client says of its reasons, by name: nobody has confirmed it.
    package var claims: [String: String]

    package init(
        principal: PrincipalName,
        roles: Set<Role>,
        onBehalfOf: PrincipalName?,
        target: TargetName,
        labels: [String: String],
        login: Login,
        sourceAddress: SSHWire.IPAddress?,
        unixSeconds: UInt64,
        claims: [String: String]
    ) {
        self.principal = principal
        self.roles = roles
        self.onBehalfOf = onBehalfOf
        self.target = target
        self.labels = labels
        self.login = login
        self.sourceAddress = sourceAddress
        self.unixSeconds = unixSeconds
        self.claims = claims
    }
}
