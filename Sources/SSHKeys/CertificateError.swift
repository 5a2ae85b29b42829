internal import PlainText
package import SSHWire

/// Why a certificate is not taken.
package enum CertificateError: Error, Hashable, Sendable, CustomStringConvertible {
    case wrongType(CertificateType)
    case authorityNotTrusted(Fingerprint)
    case authorityRevoked(Fingerprint)
    case keyRevoked(Fingerprint)
    case serialRevoked(UInt64)
    case signature(SignatureError)
    /// Seconds since 1970.
    case notYetValid(validAfter: UInt64)
    case expired(validBefore: UInt64)
    case noPrincipals
    case nameNotCovered(String)
    case unknownCriticalOption(String)
    case malformedOption(WireError)
    case sourceAddressExcluded(IPAddress)

    package var description: String {
        switch self {
        case .wrongType(.user): "the certificate is a user's, not a host's"
        case .wrongType(.host): "the certificate is a host's, not a user's"
        case .authorityNotTrusted(let authority):
            "the certificate authority \(authority) is not trusted"
        case .authorityRevoked(let authority): "the certificate authority \(authority) is revoked"
        case .keyRevoked(let key): "the certificate's key \(key) is revoked"
        case .serialRevoked(let serial): "the certificate's serial \(serial) is revoked"
        case .signature(let error): "the certificate's signature: \(error)"
        case .notYetValid(let time): "the certificate is not valid before \(time) (Unix time)"
        case .expired(let time): "the certificate expired at \(time) (Unix time)"
        case .noPrincipals: "the certificate names no principal, so it would be for all"
        case .nameNotCovered(let name):
            "the certificate is not for `\(name.escapingControls())`"
        case .unknownCriticalOption(let name):
            "the certificate's critical option `\(name.escapingControls())` is unknown"
        case .malformedOption(let error): "the certificate's option: \(error)"
        case .sourceAddressExcluded(let address):
            "the certificate may not be used from \(address)"
        }
    }
}
