import Crypto
package import SSHWire

/// An Ed25519 private key: host key, certificate authority, or the key of one transport.
///
/// It describes itself as `•••`, so that no log holds it by mistake.
package struct Ed25519SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey
    package let publicKey: PublicKey
    /// The public half's 32 bytes.
    package let publicKeyBytes: [UInt8]

    private init(_ key: Curve25519.Signing.PrivateKey) {
        self.key = key
        publicKeyBytes = [UInt8](key.publicKey.rawRepresentation)
        publicKey = .ed25519(publicKeyBytes)
    }

    /// Makes a key from the system's randomness.
    package static func generate() -> Self {
        Self(Curve25519.Signing.PrivateKey())
    }

    /// Reads a private key file as `ssh-keygen -t ed25519 -N ''` writes it.
    package init(parsing text: some StringProtocol) throws(PrivateKeyFileError) {
        let file = try PrivateKeyFile(parsing: text)
        let key: Curve25519.Signing.PrivateKey
        do {
            key = try Curve25519.Signing.PrivateKey(rawRepresentation: file.seed)
        } catch {
            throw .halvesDiffer
        }
        self.init(key)
        guard publicKeyBytes == file.publicKey else { throw .halvesDiffer }
    }

    /// The text of a private key file that OpenSSH reads.
    package func fileText(comment: String, checkInteger: UInt32) -> String {
        PrivateKeyFile(
            seed: [UInt8](key.rawRepresentation),
            publicKey: publicKeyBytes,
            comment: comment
        ).text(checkInteger: checkInteger)
    }

    /// The public half as RFC 8709 §4 encodes it.
    package var publicKeyBlob: [UInt8] { publicKey.blob }

    /// The 64 bytes of a signature, as libcrypto would make them.
    package func sign(_ message: ArraySlice<UInt8>) throws(SignatureError) -> [UInt8] {
        do {
            return [UInt8](try key.signature(for: message))
        } catch {
            throw .signingFailed
        }
    }

    /// The signature as SSH carries it.
    package func signatureBlob(
        over message: ArraySlice<UInt8>
    ) throws(SignatureError) -> SignatureBlob {
        let value = try sign(message)
        do {
            return try SignatureBlob(.ed25519, value: value)
        } catch {
            throw .signingFailed
        }
    }
}

extension Ed25519SigningKey: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    package var description: String { "•••" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
