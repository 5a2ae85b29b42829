package import SSHKeys
import SSHWire

/// Makes pinned keys of the certificates that a host showed.
///
/// The host proves nothing by showing one: a certificate is public. What counts is that the named
/// authority says whose the key in it is; whoever has no such key fails at every key exchange.
package struct HostEnrolment: Sendable {
    /// Why there is nothing to pin.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        case noCertificate(problems: [String])
        case noneVerified(reasons: [String])

        package var description: String {
            switch self {
            case .noCertificate(let problems):
                (["the host showed no certificate: its sshd_config needs `HostCertificate`"]
                    + problems).joined(separator: "\n")
            case .noneVerified(let reasons):
                (["no certificate of the host counts"] + reasons).joined(separator: "\n")
            }
        }
    }

    /// A key that an authority vouches for.
    package struct Pin: Hashable, Sendable {
        package let key: ScannedKey
        /// Nil where the certificate has no end.
        package let validBeforeUnixSeconds: UInt64?
        package let authority: String
        package let keyID: String
    }

    package let pins: [Pin]
    /// Why other certificates of the host do not count.
    package let reasons: [String]

    /// `name` is the one that must stand in the certificates; it is compared in lower case.
    package init(
        _ output: KeyScanOutput,
        name: String,
        verifiedBy verification: HostCertificateVerification,
        at seconds: UInt64
    ) throws(Refusal) {
        guard !output.lines.isEmpty else { throw .noCertificate(problems: output.problems) }
        var pins: [PublicKey: Pin] = [:]
        var reasons = output.problems
        for line in output.lines {
            switch Self.pin(line, name.lowercased(), verification, seconds) {
            case .success(let pin):
                // Of two certificates for one key the one that lasts longer.
                if let other = pins[pin.key.key], other.lasts(longerThan: pin) { continue }
                pins[pin.key.key] = pin
            case .failure(let refused):
                let kind = PrintableText.escaped(line.algorithm, limit: 64)
                reasons.append("\(kind): \(refused.reason)")
            }
        }
        guard !pins.isEmpty else { throw .noneVerified(reasons: reasons) }
        self.pins = pins.values.sorted { $0.rank < $1.rank }
        self.reasons = reasons
    }

    private struct Refused: Error {
        let reason: String
    }

    private static func pin(
        _ line: PublicKeyLine,
        _ name: String,
        _ verification: HostCertificateVerification,
        _ seconds: UInt64
    ) -> Result<Pin, Refused> {
        do {
            let certificate = try Certificate(parsing: line.blob)
            let verified = try verification.verify(certificate, name: name, at: seconds)
            return .success(Pin(verified))
        } catch {
            return .failure(Refused(reason: "\(error)"))
        }
    }
}

extension HostEnrolment.Pin {
    /// LIMIT: 9999-12-31T23:59:59Z: later ends cannot be written, and mean none.
    static let lastWritableSecond: UInt64 = 253_402_300_799

    fileprivate init(_ verified: VerifiedHostCertificate) {
        key = ScannedKey(verified.publicKey)
        validBeforeUnixSeconds =
            verified.validBefore > Self.lastWritableSecond ? nil : verified.validBefore
        authority = SSHKeys.Fingerprint(of: verified.authority).description
        keyID = PrintableText.escaped(verified.keyID)
    }

    fileprivate func lasts(longerThan other: Self) -> Bool {
        validBeforeUnixSeconds ?? .max > other.validBeforeUnixSeconds ?? .max
    }

    fileprivate var rank: Int {
        HostKeyKind.allCases.firstIndex { $0.includes(key.key.type) } ?? HostKeyKind.allCases.count
    }
}
