/// One line of a `.pub` file: algorithm, base64 of the key blob, comment.
package struct PublicKeyLine: Hashable, Sendable, CustomStringConvertible {
    package let algorithm: String
    /// The public key or certificate as RFC 4253 §6.6 encodes it; begins with `algorithm`.
    package let blob: [UInt8]
    package let comment: String

    /// LIMIT: an OpenSSH certificate over RSA-8192 signed by RSA-8192 stays below this.
    package static let maximumBlobBytes = 16 * 1024

    package init(parsing line: some StringProtocol) throws(WireError) {
        let parts = line.split(maxSplits: 2, omittingEmptySubsequences: true) {
            $0 == " " || $0 == "\t"
        }
        guard parts.count >= 2, let blob = Base64.decode(parts[1]) else {
            throw .malformed(field: "public key", reason: "is not `ALGORITHM BASE64 [COMMENT]`")
        }
        guard blob.count <= Self.maximumBlobBytes else {
            throw .tooLong(field: "public key", limit: Self.maximumBlobBytes)
        }
        var reader = WireReader(blob)
        guard try reader.text("algorithm", limit: 64) == parts[0] else {
            throw .malformed(field: "public key", reason: "holds another algorithm than it says")
        }
        algorithm = String(parts[0])
        self.blob = blob
        comment = parts.count == 3 ? parts[2].trimmingSuffix { $0.isWhitespace } : ""
    }

    package init(_ key: PublicKey, comment: String = "") {
        precondition(!comment.contains(where: \.isNewline), "a public key is one line")
        algorithm = key.type.rawValue
        blob = key.blob
        self.comment = comment
    }

    package var description: String {
        let key = "\(algorithm) \(Base64.encode(blob))"
        return comment.isEmpty ? key : "\(key) \(comment)"
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
        var end = endIndex
        while end > startIndex, predicate(self[index(before: end)]) { end = index(before: end) }
        return String(self[startIndex..<end])
    }
}
