/// An algorithm by which a key signs; `ssh-rsa`, RSA with SHA-1, is none of them.
package enum SignatureAlgorithm: String, Hashable, Sendable, CaseIterable {
    case ed25519 = "ssh-ed25519"
    case ecdsaP256 = "ecdsa-sha2-nistp256"
    case ecdsaP384 = "ecdsa-sha2-nistp384"
    case ecdsaP521 = "ecdsa-sha2-nistp521"
    /// RFC 8332.
    case rsaSHA256 = "rsa-sha2-256"
    case rsaSHA512 = "rsa-sha2-512"
    case securityKeyEd25519 = "sk-ssh-ed25519@openssh.com"
    case securityKeyECDSAP256 = "sk-ecdsa-sha2-nistp256@openssh.com"

    /// LIMIT: RFC 4251 §6 gives a name 64 characters.
    package static let maximumNameBytes = 64

    /// Whether the signature is made by a FIDO authenticator, which adds flags and a counter.
    package var isSecurityKey: Bool {
        switch self {
        case .securityKeyEd25519, .securityKeyECDSAP256: true
        case .ed25519, .ecdsaP256, .ecdsaP384, .ecdsaP521, .rsaSHA256, .rsaSHA512: false
        }
    }

    /// The curve of an ECDSA signature.
    package var curve: EllipticCurve? {
        switch self {
        case .ecdsaP256, .securityKeyECDSAP256: .p256
        case .ecdsaP384: .p384
        case .ecdsaP521: .p521
        case .ed25519, .securityKeyEd25519, .rsaSHA256, .rsaSHA512: nil
        }
    }
}

/// The "public key algorithm name" of a `publickey` request (RFC 4252 §7).
///
/// It says with which algorithm the client signs, and whether the blob beside it is a key or a
/// certificate.
package struct AuthenticationAlgorithm: Hashable, Sendable {
    package let signature: SignatureAlgorithm
    package let isCertificate: Bool

    package init(_ signature: SignatureAlgorithm, isCertificate: Bool) {
        self.signature = signature
        self.isCertificate = isCertificate
    }

    package init(parsing name: String) throws(WireError) {
        let all = SignatureAlgorithm.allCases.flatMap {
            [Self($0, isCertificate: false), Self($0, isCertificate: true)]
        }
        guard let match = all.first(where: { $0.name == name }) else {
            throw .unsupported(field: "public key algorithm", name: name)
        }
        self = match
    }

    package var name: String {
        guard isCertificate else { return signature.rawValue }
        return switch signature {
        case .ed25519: PublicKeyType.ed25519.certificateName
        case .ecdsaP256: PublicKeyType.ecdsaP256.certificateName
        case .ecdsaP384: PublicKeyType.ecdsaP384.certificateName
        case .ecdsaP521: PublicKeyType.ecdsaP521.certificateName
        case .rsaSHA256: "rsa-sha2-256-cert-v01@openssh.com"
        case .rsaSHA512: "rsa-sha2-512-cert-v01@openssh.com"
        case .securityKeyEd25519: PublicKeyType.securityKeyEd25519.certificateName
        case .securityKeyECDSAP256: PublicKeyType.securityKeyECDSAP256.certificateName
        }
    }
}
