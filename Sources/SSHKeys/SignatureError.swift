package import SSHWire

/// Why a signature is not taken, or could not be made.
package enum SignatureError: Error, Hashable, Sendable, CustomStringConvertible {
    case algorithmNotForKey(SignatureAlgorithm, PublicKeyType)
    /// The key is well encoded and yet none: a point off its curve, say.
    case keyUnusable(PublicKeyType)
    case malformed(SignatureAlgorithm)
    /// The signature is not by this key over these bytes.
    case mismatch
    /// A security key's signature without its flags, or flags without a security key.
    case authenticatorMisplaced
    case touchMissing
    case userVerificationMissing
    /// The library that signs has failed.
    case signingFailed

    package var description: String {
        switch self {
        case .algorithmNotForKey(let algorithm, let type):
            "the signature algorithm `\(algorithm.rawValue)` is not for keys of type "
                + "`\(type.rawValue)`"
        case .keyUnusable(let type):
            "the `\(type.rawValue)` key is not a valid key"
        case .malformed(let algorithm):
            "the signature is not in the form of `\(algorithm.rawValue)`"
        case .mismatch:
            "the signature does not match"
        case .authenticatorMisplaced:
            "the signature lacks a security key's flags, or has them without one"
        case .touchMissing:
            "the security key was not touched"
        case .userVerificationMissing:
            "the security key did not verify its user by PIN or biometric"
        case .signingFailed:
            "the signature could not be made"
        }
    }
}

/// What a security key must have seen before its signature counts.
package enum SecurityKeyGesture: Hashable, Sendable {
    case none
    /// A touch.
    case presence
    /// A touch, and a PIN or a biometric.
    case verification
}
