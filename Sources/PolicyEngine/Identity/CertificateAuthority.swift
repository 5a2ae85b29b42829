package import SSHWire

/// A user CA that the bastion trusts to speak for some principals.
package struct CertificateAuthority: Hashable, Sendable {
    package let name: String
    package let key: PublicKeyLine
    /// Which name in a certificate stands for whom; it speaks for nobody else.
    package let principals: [String: PrincipalName]
    package let revokedSerials: [ClosedRange<UInt64>]

    /// What the `validPrincipals` of a verified certificate say.
    package enum Resolution: Hashable, Sendable, CustomStringConvertible {
        case principal(PrincipalName)
        /// No name in the certificate is mapped; a certificate without names is valid for all, and
        /// therefore for nobody here.
        case none
        case several([PrincipalName])

        package var description: String {
            switch self {
            case .principal(let name): "\(name)"
            case .none: "the certificate names nobody whom its authority may speak for"
            case .several(let names):
                "the certificate stands for several: "
                    + names.map(\.description).joined(separator: ", ")
            }
        }
    }

    /// Exactly one of our principals, or why not.
    package func resolve(_ validPrincipals: [String]) -> Resolution {
        let names = Set(validPrincipals.compactMap { principals[$0] })
        guard names.count <= 1 else { return .several(names.sorted()) }
        return names.first.map(Resolution.principal) ?? .none
    }

    package func isRevoked(serial: UInt64) -> Bool {
        revokedSerials.contains { $0.contains(serial) }
    }
}
