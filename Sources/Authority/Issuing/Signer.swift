import SSHKeys
import SSHWire

/// Why a key of the authority did not sign.
enum SigningError: Error, Hashable, Sendable, CustomStringConvertible {
    case failed(SignatureError)
    case agent(path: String, reason: String)
    case busy

    var description: String {
        switch self {
        case .failed(let error): "\(error)"
        case .agent(let path, let reason): "the ssh-agent at `\(path)`: \(reason)"
        case .busy: "too many signatures are being waited for"
        }
    }
}

/// A private key of the authority, here or in an ssh-agent; it signs and tells nothing.
struct Signer: Sendable {
    private enum Holder: Sendable {
        case here(Ed25519SigningKey)
        case agent(AgentClient, BlockingWork)
    }

    /// LIMIT: requests to one agent at once, each on a thread of its own; an agent that hangs stops
    /// signatures, and nothing else that waits for a helper.
    static let agentThreads = 4
    /// LIMIT: signatures that wait for such a thread; more are refused.
    static let agentJobs = 1024

    let publicKey: PublicKey
    private let holder: Holder

    init(_ key: Ed25519SigningKey) {
        publicKey = key.publicKey
        holder = .here(key)
    }

    init(_ agent: AgentClient, publicKey: PublicKey) {
        self.publicKey = publicKey
        let work = BlockingWork(
            label: "sallyport.agent",
            atOnce: Self.agentThreads,
            limit: Self.agentJobs
        )
        holder = .agent(agent, work)
    }

    /// Signs, here at once or on a thread of the agent; `completion` runs on the loop.
    func sign(
        _ message: [UInt8],
        on reactor: Reactor,
        completion: @escaping (Result<SignatureBlob, SigningError>) -> Void
    ) {
        switch holder {
        case .here(let key):
            do throws(SignatureError) {
                completion(.success(try key.signatureBlob(over: message[...])))
            } catch {
                completion(.failure(.failed(error)))
            }
        case .agent(let agent, let work):
            let key = publicKey
            let deadline = ContinuousClock.now + agent.timeout
            let ticket = reactor.expect { (result: Result<SignatureBlob, SigningError>?) in
                completion(result ?? .failure(.busy))
            }
            work.run({ agent.sign(message, with: key, until: deadline) }, fulfilling: ticket)
        }
    }
}
