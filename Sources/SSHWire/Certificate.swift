/// An OpenSSH certificate (draft-ietf-sshm-cert, before that OpenSSH's PROTOCOL.certkeys), read
/// from its bytes.
///
/// Its form is checked, nothing else: the signature is not verified, and nobody said that its
/// authority is trusted.
package struct Certificate: Hashable, Sendable {
    package let fields: CertificateFields
    package let signature: SignatureBlob
    /// The whole certificate, as a `publickey` request carries it.
    package let blob: [UInt8]
    private let signedCount: Int

    /// LIMIT: the critical options and at most this much around them.
    package static let maximumBytes = CertificateFields.maximumCriticalOptionBytes + 40 * 1024

    package init(parsing blob: [UInt8]) throws(WireError) {
        guard blob.count <= Self.maximumBytes else {
            throw .tooLong(field: "certificate", limit: Self.maximumBytes)
        }
        var reader = WireReader(blob)
        fields = try CertificateFields(from: &reader)
        signedCount = blob.count - reader.remaining
        let bytes = try reader.string("signature", limit: SignatureBlob.maximumBytes)
        try reader.end()
        signature = try SignatureBlob(parsing: bytes)
        guard fields.signatureKey.type.signatureAlgorithms.contains(signature.algorithm) else {
            throw .malformed(
                field: "signature",
                reason:
                    "is by `\(signature.algorithm.rawValue)`, which the signature key is not for"
            )
        }
        self.blob = blob
    }

    /// The bytes that the authority signed.
    package var signedBytes: ArraySlice<UInt8> { blob[..<signedCount] }

    /// The blob of the certificate that `signature` makes of `toBeSigned`.
    package static func blob(toBeSigned: [UInt8], signature: SignatureBlob) -> [UInt8] {
        var writer = WireWriter(adopting: toBeSigned)
        writer.string(signature.bytes)
        return writer.bytes
    }
}
