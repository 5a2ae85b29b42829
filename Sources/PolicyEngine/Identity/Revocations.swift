/// Keys that are refused wherever they appear: as a principal's key, in a certificate, as the key
/// of an authority or of a target.
package struct Revocations: Hashable, Sendable {
    let blobs: Set<[UInt8]>
    /// SHA-256 of a key blob, 32 bytes.
    let fingerprints: Set<[UInt8]>

    /// Whether a key is revoked, given its blob and the SHA-256 of that.
    package func contains(keyBlob: [UInt8], sha256: [UInt8]) -> Bool {
        precondition(sha256.count == 32, "a SHA-256 has 32 bytes")
        return blobs.contains(keyBlob) || fingerprints.contains(sha256)
    }
}
