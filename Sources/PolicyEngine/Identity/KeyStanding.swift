/// Whether somebody may sign in with a key or certificate whose signature is verified.
///
/// The one place where revocation, resolution and disabled principals come together; crypto,
/// validity and critical options of a certificate are judged before.
package enum KeyStanding: Hashable, Sendable, CustomStringConvertible {
    case accepted(Principal)
    case unknownKey
    /// The key, the certificate's authority or its serial.
    case revoked
    case unknownAuthority
    case unresolved(CertificateAuthority.Resolution)
    case disabled(PrincipalName, Principal.DisabledReason)

    package var description: String {
        switch self {
        case .accepted(let principal): "\(principal.name)"
        case .unknownKey: "the key belongs to nobody"
        case .revoked: "the key or certificate is revoked"
        case .unknownAuthority: "the certificate's authority is not trusted"
        case .unresolved(let resolution): "\(resolution)"
        case .disabled(let name, let reason): "`\(name)` may do nothing: \(reason)"
        }
    }
}

/// A public key by its blob and the SHA-256 of that.
package struct HashedKey: Hashable, Sendable {
    package let blob: [UInt8]
    package let sha256: [UInt8]

    package init(blob: [UInt8], sha256: [UInt8]) {
        self.blob = blob
        self.sha256 = sha256
    }
}

extension Inventory {
    /// Who signs in with a plain public key.
    package func standing(of key: HashedKey) -> KeyStanding {
        guard !isRevoked(key) else { return .revoked }
        guard let principal = principal(forKey: key.blob) else { return .unknownKey }
        return standing(of: principal)
    }

    /// Who signs in with a certificate over a key, signed by an authority's key.
    package func standing(
        of key: HashedKey,
        certifiedBy authorityKey: HashedKey,
        serial: UInt64,
        validPrincipals: [String]
    ) -> KeyStanding {
        guard !isRevoked(key), !isRevoked(authorityKey) else { return .revoked }
        guard let authority = certificateAuthority(forKey: authorityKey.blob) else {
            return .unknownAuthority
        }
        guard !authority.isRevoked(serial: serial) else { return .revoked }
        let resolution = authority.resolve(validPrincipals)
        switch resolution {
        case .none, .several: return .unresolved(resolution)
        case .principal(let name):
            guard let principal = principal(named: name) else { return .unresolved(.none) }
            return standing(of: principal)
        }
    }

    package func isRevoked(_ key: HashedKey) -> Bool {
        revocations.contains(keyBlob: key.blob, sha256: key.sha256)
    }

    private func standing(of principal: Principal) -> KeyStanding {
        guard let reason = principal.disabledReason else { return .accepted(principal) }
        return .disabled(principal.name, reason)
    }
}
