import SSHWire

/// The kinds of public key that an inventory may hold; everything else is refused by name.
enum KeyType: String, CaseIterable {
    case ed25519 = "ssh-ed25519"
    case ecdsa256 = "ecdsa-sha2-nistp256"
    case ecdsa384 = "ecdsa-sha2-nistp384"
    case ecdsa521 = "ecdsa-sha2-nistp521"
    case rsa = "ssh-rsa"
    case securityKeyEd25519 = "sk-ssh-ed25519@openssh.com"
    case securityKeyECDSA = "sk-ecdsa-sha2-nistp256@openssh.com"

    /// LIMIT: shorter ones are broken, longer ones cost more than a signature may.
    static let rsaModulusBits = 2048...8192

    /// A key that needs a person's touch cannot sign for a machine or an authority.
    var needsTouch: Bool {
        switch self {
        case .securityKeyEd25519, .securityKeyECDSA: true
        case .ed25519, .ecdsa256, .ecdsa384, .ecdsa521, .rsa: false
        }
    }

    /// Why a key is refused, or nil.
    static func refusal(of line: PublicKeyLine, mayNeedTouch: Bool) -> String? {
        guard let type = KeyType(rawValue: line.algorithm) else {
            if line.algorithm.contains("-cert-") {
                return "a certificate stands where a public key is expected"
            }
            if line.algorithm == "ssh-dss" { return "DSA keys are not accepted" }
            let accepted = allCases.filter { mayNeedTouch || !$0.needsTouch }.map(\.rawValue)
            return "unknown key type, accepted are \(accepted.joined(separator: ", "))"
        }
        guard mayNeedTouch || !type.needsTouch else {
            return "a security key cannot be used here"
        }
        guard type == .rsa else { return nil }
        guard let bits = rsaModulusBits(of: line.blob), rsaModulusBits.contains(bits) else {
            let range = "\(rsaModulusBits.lowerBound) to \(rsaModulusBits.upperBound)"
            return "an RSA key must have \(range) bits"
        }
        return nil
    }

    /// RFC 4253 §6.6: `string "ssh-rsa", mpint e, mpint n`.
    private static func rsaModulusBits(of blob: [UInt8]) -> Int? {
        var reader = WireReader(blob)
        let limit = PublicKeyLine.maximumBlobBytes
        do {
            _ = try reader.string("algorithm", limit: limit)
            _ = try reader.string("e", limit: limit)
            let modulus = try reader.string("n", limit: limit).drop { $0 == 0 }
            try reader.end()
            guard let first = modulus.first else { return nil }
            return modulus.count * 8 - first.leadingZeroBitCount
        } catch {
            return nil
        }
    }
}
