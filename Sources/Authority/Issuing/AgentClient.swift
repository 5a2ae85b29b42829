import Glibc
import MessageSockets
import SSHKeys
import SSHWire

/// Talks to an ssh-agent, one connection for each request; it blocks, so helper threads call it.
struct AgentClient: Sendable {
    /// LIMIT: an agent that asks a person, or a token over a network, answers within this, with
    /// the time that the request waits for a thread.
    static let timeout = Duration.seconds(10)

    let path: String
    /// How long whoever asks waits; from the constant.
    var timeout = Self.timeout

    /// The key with this fingerprint, if the agent has it.
    func publicKey(sha256: [UInt8]) -> Result<PublicKey, SigningError> {
        switch answer(to: .identities, until: .now + timeout) {
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

    /// `deadline` is that of whoever waits, so that nothing is signed for nobody.
    func sign(
        _ message: [UInt8],
        with key: PublicKey,
        until deadline: ContinuousClock.Instant
    ) -> Result<SignatureBlob, SigningError> {
        let request = AgentRequest.sign(
            keyBlob: key.blob,
            payload: message,
            algorithm: key.type.signatureAlgorithms[0]
        )
        switch answer(to: request, until: deadline) {
        case .failure(let error): return .failure(error)
        case .success(.signature(let signature)): return .success(signature)
        case .success(.failure): return failure("it refuses to sign")
        case .success(.identities): return failure("it answered another question")
        }
    }

    private func failure<Value>(_ reason: String) -> Result<Value, SigningError> {
        .failure(.agent(path: path, reason: reason))
    }

    private func answer(
        to request: AgentRequest,
        until deadline: ContinuousClock.Instant
    ) -> Result<AgentAnswer, SigningError> {
        do throws(SocketError) {
            let socket = try UnixSocket.made()
            try UnixSocket.setTimeout(until: deadline, of: socket)
            try UnixSocket.connect(socket, to: path)
            try write(request.bytes, to: socket, until: deadline)
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
                try UnixSocket.setTimeout(until: deadline, of: socket)
                let count = unsafe read(socket.raw, &chunk, chunk.count)
                guard count != 0 else { return failure("it closed the connection") }
                guard count > 0 else { throw SocketError(call: "read") }
                received += chunk.prefix(count)
            }
        } catch {
            return failure("\(error)")
        }
    }

    private func write(
        _ bytes: [UInt8],
        to socket: Descriptor,
        until deadline: ContinuousClock.Instant
    ) throws(SocketError) {
        var written = 0
        while written < bytes.count {
            try UnixSocket.setTimeout(until: deadline, of: socket)
            let rest = Array(bytes[written...])
            let count = unsafe send(socket.raw, rest, rest.count, CInt(MSG_NOSIGNAL))
            guard count > 0 else { throw SocketError(call: "send") }
            written += count
        }
    }
}
