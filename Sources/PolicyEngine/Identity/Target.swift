package import SSHWire
package import ShellSyntax

/// A machine behind the bastion, as the inventory describes it.
package struct Target: Hashable, Sendable {
    /// A host key that was pinned by `target scan` or `target enroll`.
    package struct HostKey: Hashable, Sendable {
        package let line: PublicKeyLine
        /// The end of the host certificate that it came with; nil where it has no end.
        package let validBeforeUnixSeconds: UInt64?
    }

    /// How the bastion signs in to it.
    package enum Credential: String, Hashable, Sendable, CaseIterable {
        case certificate
    }

    /// What stands in the `validPrincipals` of the certificates for it.
    package enum CertificatePrincipal: String, Hashable, Sendable, CaseIterable {
        case login
        case loginAtTarget = "login@target"
    }

    package let name: TargetName
    package let address: NetworkAddress
    /// Empty where none was pinned yet: then nobody is connected to it.
    package let hostKeys: [HostKey]
    /// In the order of the file, each once.
    package let logins: [Login]
    package let labels: [String: String]
    package let shell: TargetShell
    /// The version of that shell, which is a bash then; nil where nobody said so.
    package let bashVersion: BashVersion?
    package let loginShell: LoginShellFamily
    /// The forced command of an SFTP session, verbatim; nil where there is none.
    package let sftp: String?
    package let credential: Credential
    package let certificatePrincipal: CertificatePrincipal
    package let certificateLifetime: Duration
    /// Empty where the address of the connected socket counts.
    package let sourceAddresses: [SourceAddresses]

    /// The one name in the certificates for a login.
    package func validPrincipal(for login: Login) -> String {
        switch certificatePrincipal {
        case .login: login.name
        case .loginAtTarget: "\(login)@\(name)"
        }
    }

    /// The pinned keys that count at a point in time.
    package func hostKeys(atUnixSeconds now: UInt64) -> [HostKey] {
        hostKeys.filter { key in key.validBeforeUnixSeconds.map { now < $0 } ?? true }
    }
}
