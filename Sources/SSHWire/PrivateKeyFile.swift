/// An unencrypted Ed25519 private key in the format of OpenSSH's PROTOCOL.key.
///
/// It describes itself as `•••`, so that no log holds it by mistake.
package struct PrivateKeyFile: Sendable {
    /// 32 bytes, RFC 8032's private key.
    package let seed: [UInt8]
    /// 32 bytes; whether they belong to the seed is for cryptography to say.
    package let publicKey: [UInt8]
    package let comment: String

    /// LIMIT: an Ed25519 key with a long comment; RSA-8192 has 7 KB.
    package static let maximumTextBytes = 16 * 1024

    private static let firstLine = "-----BEGIN OPENSSH PRIVATE KEY-----"
    private static let lastLine = "-----END OPENSSH PRIVATE KEY-----"
    private static let magic = Array("openssh-key-v1\0".utf8)
    private static let lineColumns = 70
    /// The block size of the cipher `none`.
    private static let blockBytes = 8
    static let maximumCommentBytes = 1024

    package init(seed: [UInt8], publicKey: [UInt8], comment: String) {
        precondition(seed.count == 32 && publicKey.count == 32, "an Ed25519 key has 32 bytes twice")
        self.seed = seed
        self.publicKey = publicKey
        self.comment = comment
    }

    package init(parsing text: some StringProtocol) throws(PrivateKeyFileError) {
        let bytes = try Self.unarmored(text)
        var reader = WireReader(bytes)
        let cipher: String
        do {
            cipher = try Self.readCipher(from: &reader)
        } catch {
            throw .malformed(error)
        }
        guard cipher == "none" else { throw .encrypted(cipher: cipher) }
        do {
            self = try Self.readKey(from: &reader)
        } catch {
            throw .malformed(error)
        }
    }

    /// The text of the file, lines as OpenSSH breaks them.
    ///
    /// `checkInteger` is any number: OpenSSH takes a random one and compares its two copies to find
    /// out whether it decrypted with the right key.
    package func text(checkInteger: UInt32) -> String {
        var secret = WireWriter(reserving: 256)
        secret.uint32(checkInteger)
        secret.uint32(checkInteger)
        secret.text(PublicKeyType.ed25519.rawValue)
        secret.string(publicKey)
        secret.string(seed + publicKey)
        secret.text(comment)
        var padding: UInt8 = 0
        while !secret.bytes.count.isMultiple(of: Self.blockBytes) {
            padding += 1
            secret.byte(padding)
        }
        var writer = WireWriter(reserving: 512)
        writer.raw(Self.magic)
        writer.text("none")
        writer.text("none")
        writer.text("")
        writer.uint32(1)
        writer.string(PublicKey.ed25519(publicKey).blob)
        writer.string(secret.bytes)
        return Self.armored(writer.bytes)
    }
}

extension PrivateKeyFile {
    private static func readCipher(from reader: inout WireReader) throws(WireError) -> String {
        guard try reader.raw("magic", count: magic.count).elementsEqual(magic) else {
            throw .malformed(field: "magic", reason: "is not `openssh-key-v1`")
        }
        let cipher = try reader.text("cipher", limit: SignatureAlgorithm.maximumNameBytes)
        let derivation = try reader.text("kdf", limit: SignatureAlgorithm.maximumNameBytes)
        let options = try reader.string("kdf options", limit: 256)
        guard cipher != "none" || derivation == "none" && options.isEmpty else {
            throw .malformed(field: "kdf", reason: "is set although nothing is encrypted")
        }
        return cipher
    }

    private static func readKey(from reader: inout WireReader) throws(WireError) -> Self {
        guard try reader.uint32("number of keys") == 1 else {
            throw .malformed(field: "number of keys", reason: "is not 1")
        }
        let blob = try reader.string("public key", limit: PublicKey.maximumBlobBytes)
        guard case .ed25519(let publicKey) = try PublicKey(parsing: blob) else {
            throw .malformed(field: "public key", reason: "is not Ed25519")
        }
        var secret = WireReader(try reader.string("private section", limit: maximumTextBytes))
        try reader.end()
        guard secret.remaining.isMultiple(of: blockBytes) else {
            throw .malformed(field: "private section", reason: "is no whole number of blocks")
        }
        guard try secret.uint32("check integer") == secret.uint32("check integer") else {
            throw .malformed(field: "check integer", reason: "differs from its copy")
        }
        let type = try secret.text("key type", limit: SignatureAlgorithm.maximumNameBytes)
        let inner = try secret.string("public key", limit: 32)
        guard type == PublicKeyType.ed25519.rawValue, inner.elementsEqual(publicKey) else {
            throw .malformed(field: "private section", reason: "is of another key")
        }
        let pair = try secret.string("private key", limit: 64)
        guard pair.count == 64, pair.suffix(32).elementsEqual(publicKey) else {
            throw .malformed(field: "private key", reason: "is of another key")
        }
        let comment = try secret.text("comment", limit: maximumCommentBytes)
        guard secret.rest.count < blockBytes, secret.rest.elementsEqual(padding(secret.remaining))
        else { throw .malformed(field: "padding", reason: "is not 1, 2, 3, …") }
        return Self(seed: [UInt8](pair.prefix(32)), publicKey: publicKey, comment: comment)
    }

    private static func padding(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8($0 + 1) }
    }

    private static func armored(_ bytes: [UInt8]) -> String {
        var lines = [firstLine]
        var rest = Base64.encode(bytes)[...]
        while !rest.isEmpty {
            lines.append(String(rest.prefix(lineColumns)))
            rest = rest.dropFirst(lineColumns)
        }
        lines.append(lastLine)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func unarmored(
        _ text: some StringProtocol
    ) throws(PrivateKeyFileError) -> [UInt8] {
        guard text.utf8.count <= maximumTextBytes else {
            throw .malformed(.tooLong(field: "private key file", limit: maximumTextBytes))
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count > 2, lines[0] == firstLine, lines[lines.count - 1] == lastLine else {
            throw .notAnOpenSSHPrivateKey
        }
        guard let bytes = Base64.decode(lines[1..<(lines.count - 1)].joined()) else {
            throw .malformed(.malformed(field: "private key file", reason: "is not base64"))
        }
        return bytes
    }
}

extension PrivateKeyFile: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "•••" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
