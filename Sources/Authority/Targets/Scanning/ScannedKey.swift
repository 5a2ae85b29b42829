import SSHKeys
package import SSHWire

/// A host key that a scan brought, with what a person compares.
package struct ScannedKey: Hashable, Sendable {
    package let key: PublicKey
    /// As `ssh-keygen -l` prints it.
    package let fingerprint: String

    init(_ key: PublicKey) {
        self.key = key
        fingerprint = SSHKeys.Fingerprint(of: key).description
    }

    /// `ED25519`, `ECDSA nistp256`, `RSA 3072`.
    package var name: String {
        switch key {
        case .ed25519: "ED25519"
        case .ecdsa(let curve, _): "ECDSA \(curve.rawValue)"
        case .rsa(_, let modulus): "RSA \(Self.bits(modulus))"
        case .securityKeyEd25519: "ED25519-SK"
        case .securityKeyECDSAP256: "ECDSA-SK"
        }
    }

    private static func bits(_ magnitude: [UInt8]) -> Int {
        guard let first = magnitude.first else { return 0 }
        return magnitude.count * 8 - first.leadingZeroBitCount
    }
}
