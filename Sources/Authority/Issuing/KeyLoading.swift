import Glibc
import MessageSockets
import SSHKeys
import SSHWire

/// Why a private key of the authority cannot be used.
package enum KeyLoadingError: Error, Hashable, Sendable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case notRegular(path: String)
    case exposed(path: String, mode: UInt32)
    case foreign(path: String)
    case malformed(path: String, reason: String)
    case agent(String)
    case agentKeyType(String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason): "`\(path)` cannot be read: \(reason)"
        case .notRegular(let path): "`\(path)` is not a regular file"
        case .exposed(let path, let mode):
            "`\(path)` has mode \(String(mode, radix: 8)): run `chmod 600` on it"
        case .foreign(let path): "`\(path)` belongs to somebody else"
        case .malformed(let path, let reason): "`\(path)`: \(reason)"
        case .agent(let reason): reason
        case .agentKeyType(let type):
            "the key in the agent has type `\(type)`; only `ssh-ed25519` is used"
        }
    }
}

/// Gets the host key and the certificate authority's key from where the settings say they are.
enum KeyLoading {
    /// LIMIT: `PrivateKeyFile.maximumTextBytes`, and one more to notice what is longer.
    static let maximumBytes = PrivateKeyFile.maximumTextBytes + 1

    static func load(_ source: KeySource) throws(KeyLoadingError) -> Signer {
        switch source {
        case .file(let path): return Signer(try key(at: path))
        case .agent(let socketPath, let sha256):
            let agent = AgentClient(path: socketPath)
            switch agent.publicKey(sha256: sha256) {
            case .failure(let error): throw .agent(error.description)
            case .success(let key):
                guard key.type == .ed25519 else { throw .agentKeyType(key.type.rawValue) }
                return Signer(agent, publicKey: key)
            }
        }
    }

    private static func key(at path: String) throws(KeyLoadingError) -> Ed25519SigningKey {
        let raw = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard raw >= 0 else {
            throw .unreadable(path: path, reason: SocketError(call: "open").description)
        }
        let file = Descriptor(adopting: raw)
        try check(file, path)
        var bytes = [UInt8](repeating: 0, count: maximumBytes)
        let count = unsafe read(file.raw, &bytes, bytes.count)
        guard count >= 0 else {
            throw .unreadable(path: path, reason: SocketError(call: "read").description)
        }
        do {
            return try Ed25519SigningKey(
                parsing: String(decoding: bytes.prefix(count), as: UTF8.self)
            )
        } catch {
            throw .malformed(path: path, reason: "\(error)")
        }
    }

    /// Only its owner may have rights, and that is us.
    private static func check(_ file: Descriptor, _ path: String) throws(KeyLoadingError) {
        var status = stat()
        guard unsafe fstat(file.raw, &status) == 0 else {
            throw .unreadable(path: path, reason: SocketError(call: "fstat").description)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular(path: path) }
        guard status.st_uid == geteuid() else { throw .foreign(path: path) }
        guard status.st_mode & 0o077 == 0 else {
            throw .exposed(path: path, mode: UInt32(status.st_mode & 0o7777))
        }
    }
}
