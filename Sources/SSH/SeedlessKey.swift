import SSHWire

/// An Ed25519 private key file whose public half is true and whose seed is 32 zero bytes.
///
/// libssh wants a private key before it asks anybody to sign; the true key is elsewhere.
enum SeedlessKey {
    static func file(publicKey: [UInt8]) -> String {
        let algorithm = "ssh-ed25519"
        var blob = WireWriter()
        blob.text(algorithm)
        blob.string(publicKey)

        var secret = WireWriter()
        // The check number, twice: any number shows that the file is not encrypted.
        secret.uint32(0)
        secret.uint32(0)
        secret.text(algorithm)
        secret.string(publicKey)
        secret.string([UInt8](repeating: 0, count: 32) + publicKey)
        secret.text("")
        var padding: UInt8 = 1
        while !secret.bytes.count.isMultiple(of: 8) {
            secret.byte(padding)
            padding += 1
        }

        var file = WireWriter()
        file.raw("openssh-key-v1\0".utf8)
        file.text("none")
        file.text("none")
        file.string([])
        file.uint32(1)
        file.string(blob.bytes)
        file.string(secret.bytes)

        let begin = "-----BEGIN OPENSSH PRIVATE KEY-----"
        let end = "-----END OPENSSH PRIVATE KEY-----"
        return "\(begin)\n\(lines(of: Base64.encode(file.bytes)))\n\(end)\n"
    }

    private static func lines(of text: String) -> String {
        var result = ""
        for (index, character) in text.enumerated() {
            if index > 0, index.isMultiple(of: 70) { result.append("\n") }
            result.append(character)
        }
        return result
    }
}
