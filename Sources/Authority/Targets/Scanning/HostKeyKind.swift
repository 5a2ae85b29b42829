package import SSHWire

/// The kinds of host key that can be asked for, by the names that `ssh-keyscan -t` has for them.
package enum HostKeyKind: String, Hashable, Sendable, CaseIterable {
    case ed25519
    case ecdsa
    case rsa

    /// Whether a key of this type is of this kind.
    package func includes(_ type: PublicKeyType) -> Bool {
        switch type {
        case .ed25519: self == .ed25519
        case .ecdsaP256, .ecdsaP384, .ecdsaP521: self == .ecdsa
        case .rsa: self == .rsa
        // No host has one: somebody would have to touch it for each connection.
        case .securityKeyEd25519, .securityKeyECDSAP256: false
        }
    }

    /// Reads `ed25519,rsa`; nil where a name is unknown, stands twice, or there is none.
    package static func list(_ text: String) -> [HostKeyKind]? {
        var kinds: [HostKeyKind] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let kind = HostKeyKind(rawValue: String(name)), !kinds.contains(kind) else {
                return nil
            }
            kinds.append(kind)
        }
        return kinds.isEmpty ? nil : kinds
    }
}
