internal import PlainText

/// Why a private key file cannot be used.
package enum PrivateKeyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    case notAnOpenSSHPrivateKey
    case encrypted(cipher: String)
    /// The public half belongs to another private half.
    case halvesDiffer
    case malformed(WireError)

    package var description: String {
        switch self {
        case .notAnOpenSSHPrivateKey:
            "the file is not an OpenSSH private key (`-----BEGIN OPENSSH PRIVATE KEY-----`)"
        case .encrypted(let cipher):
            "the private key is encrypted with `\(cipher.escapingControls())`: add it to an "
                + "ssh-agent and name the agent's socket instead, or remove the passphrase"
        case .halvesDiffer:
            "the private key file holds the public half of another key"
        case .malformed(let error):
            "the private key file is damaged: \(error)"
        }
    }
}
