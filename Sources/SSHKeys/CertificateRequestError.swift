/// Why a certificate for a target cannot be made.
package enum CertificateRequestError: Error, Hashable, Sendable, CustomStringConvertible {
    case keyIDValue(CertificateKeyID.Field)
    case keyIDTooLong(Int)
    case publicKeyLength(Int)
    case nonceLength(Int)
    case principal
    case validityEmpty
    /// The certificate would be valid for so many seconds.
    case validityTooLong(UInt64)
    case forceCommandEmpty
    case forceCommandTooLong(Int)
    case forceCommandHoldsNUL
    case sourceAddressMissing
    /// The list has so many ranges.
    case sourceAddressesTooMany(Int)
    /// A range of prefix length 0 holds everybody.
    case sourceAddressUnlimited

    package var description: String {
        switch self {
        case .keyIDValue(let field):
            "the certificate's `\(field.rawValue)` is empty or not in `[A-Za-z0-9._@/+:-]`"
        case .keyIDTooLong(let count):
            "the certificate's key id has \(count) bytes, "
                + "more than the limit of \(CertificateKeyID.maximumBytes)"
        case .publicKeyLength(let count):
            "the certificate's public key has \(count) bytes instead of 32"
        case .nonceLength(let count):
            "the certificate's nonce has \(count) bytes instead of 32"
        case .principal:
            "the certificate's principal is empty, too long, or not in `[A-Za-z0-9._@/+:$-]`"
        case .validityEmpty:
            "the certificate would end before it begins"
        case .validityTooLong(let seconds):
            "the certificate would be valid for \(seconds) seconds, "
                + "more than the limit of \(UserCertificateRequest.maximumValiditySeconds)"
        case .forceCommandEmpty:
            "the certificate has no forced command"
        case .forceCommandTooLong(let count):
            "the forced command has \(count) bytes, "
                + "more than the limit of \(UserCertificateRequest.maximumForceCommandBytes)"
        case .forceCommandHoldsNUL:
            "the forced command holds a NUL"
        case .sourceAddressMissing:
            "the certificate has no source address"
        case .sourceAddressesTooMany(let count):
            "the certificate has \(count) source addresses, "
                + "more than the limit of \(UserCertificateRequest.maximumSourceAddresses)"
        case .sourceAddressUnlimited:
            "the certificate's source address would hold every address"
        }
    }
}
