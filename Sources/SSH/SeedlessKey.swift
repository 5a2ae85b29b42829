import SSHWire

/// An Ed25519 private key file whose public half is true and whose seed is 32 zero bytes.
///
/// libssh wants a private key before it asks anybody to sign; the true key is elsewhere.
enum SeedlessKey {
    static func file(publicKey: [UInt8]) -> String {
        let seed = [UInt8](repeating: 0, count: publicKey.count)
        return PrivateKeyFile(seed: seed, publicKey: publicKey, comment: "").text(checkInteger: 0)
    }
}
