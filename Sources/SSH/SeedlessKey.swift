import CLibSSH
import SSHWire

/// An Ed25519 private key file whose public half is true and whose seed is 32 zero bytes.
///
/// libssh wants a private key before it asks anybody to sign; the true key is elsewhere.
enum SeedlessKey {
    private static func file(publicKey: [UInt8]) -> String {
        let seed = [UInt8](repeating: 0, count: publicKey.count)
        return PrivateKeyFile(seed: seed, publicKey: publicKey, comment: "").text(checkInteger: 0)
    }

    /// The same as a key of libssh, which the caller frees or gives away; `name` is for errors.
    static func imported(publicKey: [UInt8], as name: String) throws(SSHError) -> OpaquePointer {
        var key: OpaquePointer?
        let result = unsafe ssh_pki_import_privkey_base64(
            file(publicKey: publicKey),
            nil,
            nil,
            nil,
            &key
        )
        guard result == SSH_OK, let key = unsafe key else {
            throw .failed(call: "ssh_pki_import_privkey_base64", reason: name)
        }
        return unsafe key
    }
}
