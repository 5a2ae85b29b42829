/// A type of public key, by the name with which its blob begins (RFC 4253 §6.6).
///
/// DSA is missing on purpose, and so is whatever else is not here.
package enum PublicKeyType: String, Hashable, Sendable, CaseIterable {
    /// RFC 8709.
    case ed25519 = "ssh-ed25519"
    /// RFC 5656 §3.1.
    case ecdsaP256 = "ecdsa-sha2-nistp256"
    case ecdsaP384 = "ecdsa-sha2-nistp384"
    case ecdsaP521 = "ecdsa-sha2-nistp521"
    /// RFC 4253 §6.6: a name for keys only, its signatures are those of RFC 8332.
    case rsa = "ssh-rsa"
    /// OpenSSH's PROTOCOL.u2f.
    case securityKeyEd25519 = "sk-ssh-ed25519@openssh.com"
    case securityKeyECDSAP256 = "sk-ecdsa-sha2-nistp256@openssh.com"

    /// The name with which a certificate over such a key begins.
    package var certificateName: String {
        switch self {
        case .ed25519: "ssh-ed25519-cert-v01@openssh.com"
        case .ecdsaP256: "ecdsa-sha2-nistp256-cert-v01@openssh.com"
        case .ecdsaP384: "ecdsa-sha2-nistp384-cert-v01@openssh.com"
        case .ecdsaP521: "ecdsa-sha2-nistp521-cert-v01@openssh.com"
        case .rsa: "ssh-rsa-cert-v01@openssh.com"
        case .securityKeyEd25519: "sk-ssh-ed25519-cert-v01@openssh.com"
        case .securityKeyECDSAP256: "sk-ecdsa-sha2-nistp256-cert-v01@openssh.com"
        }
    }

    package init?(certificateName: String) {
        guard let type = Self.allCases.first(where: { $0.certificateName == certificateName })
        else { return nil }
        self = type
    }

    /// The algorithms with which such a key may sign, the preferred one first; SHA-1 is none.
    package var signatureAlgorithms: [SignatureAlgorithm] {
        switch self {
        case .ed25519: [.ed25519]
        case .ecdsaP256: [.ecdsaP256]
        case .ecdsaP384: [.ecdsaP384]
        case .ecdsaP521: [.ecdsaP521]
        case .rsa: [.rsaSHA512, .rsaSHA256]
        case .securityKeyEd25519: [.securityKeyEd25519]
        case .securityKeyECDSAP256: [.securityKeyECDSAP256]
        }
    }
}

/// A curve of RFC 5656 §10.1.
package enum EllipticCurve: String, Hashable, Sendable, CaseIterable {
    case p256 = "nistp256"
    case p384 = "nistp384"
    case p521 = "nistp521"

    /// Bytes of one coordinate, and of one half of a signature.
    package var coordinateBytes: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }

    /// Bytes of an uncompressed point.
    package var pointBytes: Int { 1 + 2 * coordinateBytes }
}
