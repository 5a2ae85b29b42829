import Crypto
package import SSHWire

/// The SHA-256 of a public key's blob, as OpenSSH shows it: `SHA256:` and base64 without padding.
///
/// A certificate has the fingerprint of the key that is in it.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
    package let digest: [UInt8]

    private static let prefix = "SHA256:"
    private static let padding = "="

    package init(of key: PublicKey) {
        self.init(ofBlob: key.blob)
    }

    package init(ofBlob blob: [UInt8]) {
        digest = [UInt8](SHA256.hash(data: blob))
    }

    package init(parsing text: some StringProtocol) throws(WireError) {
        guard text.hasPrefix(Self.prefix),
            let digest = Base64.decode(text.dropFirst(Self.prefix.count) + Self.padding),
            digest.count == SHA256.byteCount
        else {
            throw .malformed(
                field: "fingerprint",
                reason: "is not `SHA256:` and 43 characters of base64"
            )
        }
        self.digest = digest
    }

    package var description: String {
        Self.prefix + Base64.encode(digest).dropLast(Self.padding.count)
    }
}
