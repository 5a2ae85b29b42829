/// The serial of a certificate: for ours 16 bits that name the authority and the 48-bit number of
/// the issued certificate.
///
/// JSON numbers are exact to 2^53 only, so a serial is written as its decimal digits, as
/// `ssh-keygen -L` and a target's auth log show it.
package struct CertificateSerial: Hashable, Sendable {
    package let value: UInt64

    /// The greatest number: 48 bits, 8,900 certificates a second for a thousand years.
    package static let maximumNumber: UInt64 = (1 << 48) - 1

    package init(_ value: UInt64) { self.value = value }

    package init(authority: UInt16, number: UInt64) {
        precondition(number <= Self.maximumNumber, "a certificate number has 48 bits")
        value = UInt64(authority) << 48 | number
    }

    /// The serial of a certificate that is not issued yet: the store gives it its number.
    package static func unnumbered(authority: UInt16) -> CertificateSerial {
        CertificateSerial(authority: authority, number: 0)
    }

    package var authority: UInt16 { UInt16(truncatingIfNeeded: value >> 48) }
    /// Zero for a certificate that is not issued yet, and never otherwise.
    package var number: UInt64 { value & Self.maximumNumber }
}

extension CertificateSerial: Codable, CustomStringConvertible {
    package var description: String { String(value) }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let value = UInt64(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "is no serial in decimal digits"
            )
        }
        self.init(value)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
