import Glibc
import MessageSockets
import SSHKeys
import SSHWire

/// Talks to an ssh-agent, one connection for each request; it blocks, so helper threads call it.
struct AgentClient: Sendable {
    /// LIMIT: an agent that asks a person, or a token over a network, answers within this.
    static let timeoutSeconds = 10

    let path: String

    /// The key with this fingerprint, if the agent has it.
    func publicKey(sha256: [UInt8]) -> Result<PublicKey, SigningError> {
        switch answer(to: .identities) {
        case .failure(let error): return .failure(error)
        case .success(.identities(let identities)):
            for identity in identities {
                guard SSHKeys.Fingerprint(ofBlob: identity.keyBlob).digest == sha256 else {
                    continue
                }
                do {
                    return .success(try PublicKey(parsing: identity.keyBlob))
                } catch {
                    return failure("its key cannot be read: \(error)")
                }
            }
            return failure("it has no key with the configured fingerprint")
        case .success(.failure): return failure("it refuses to list its keys")
        case .success(.signature): return failure("it answered another question")
        }
    }

    func sign(
        _ message: [UInt8],
        with key: PublicKey
    ) -> Result<SignatureBlob, SigningError> {
        let request = AgentRequest.sign(
            keyBlob: key.blob,
            payload: message,
            algorithm: key.type.signatureAlgorithms[0]
        )
        switch answer(to: request) {
        case .failure(let error): return .failure(error)
        case .success(.signature(let signature)): return .success(signature)
        case .success(.failure): return failure("it refuses to sign")
        case .success(.identities): return failure("it answered another question")
        }
    }

    private func failure<Value>(_ reason: String) -> Result<Value, SigningError> {
        .failure(.agent(path: path, reason: reason))
    }

    private func answer(to request: AgentRequest) -> Result<AgentAnswer, SigningError> {
        do throws(SocketError) {
            let socket = try connected()
            try write(request.bytes, to: socket)
            var received: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 4096)
            while true {
                do throws(WireError) {
                    if let (message, _) = try AgentMessage.next(in: received) {
                        return .success(try AgentAnswer(parsing: message))
                    }
                } catch {
                    return failure("its answer cannot be read: \(error)")
                }
                let count = unsafe read(socket.raw, &chunk, chunk.count)
                guard count != 0 else { return failure("it closed the connection") }
                guard count > 0 else { throw SocketError(call: "read") }
                received += chunk.prefix(count)
            }
        } catch {
            return failure("\(error)")
        }
    }

    private func connected() throws(SocketError) -> Descriptor {
        let socket = try UnixSocket.made()
        try UnixSocket.setTimeout(seconds: Self.timeoutSeconds, of: socket)
        try UnixSocket.connect(socket, to: path)
        return socket
    }

    private func write(_ bytes: [UInt8], to socket: Descriptor) throws(SocketError) {
        var written = 0
        while written < bytes.count {
            let rest = Array(bytes[written...])
            let count = unsafe send(socket.raw, rest, rest.count, CInt(MSG_NOSIGNAL))
            guard count > 0 else { throw SocketError(call: "send") }
            written += count
        }
    }
}
