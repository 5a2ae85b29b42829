/// Whether a key signs, asked for at most once in a while.
///
/// What is signed is of no use: neither a certificate nor an exchange hash nor a sign-in begins
/// like that.
final class SigningProbe {
    /// LIMIT: how long an answer counts, so that nobody makes an agent sign more often than that.
    static let age = Duration.seconds(60)
    /// LIMIT: the same of an answer that it does not; whoever waits for it asks again soon.
    static let ageOfFailure = Duration.seconds(1)
    private static let preamble = "sallyport health: this signature means nothing\0"

    private let signer: Signer
    private let reactor: Reactor
    private var answer: (look: HealthFindings.Look, at: UInt64)?
    private var waiting: [(HealthFindings.Look) -> Void] = []

    init(_ signer: Signer, on reactor: Reactor) {
        self.signer = signer
        self.reactor = reactor
    }

    func look(at now: UInt64, then completion: @escaping (HealthFindings.Look) -> Void) {
        if let answer {
            let age = answer.look == .fine ? Self.age : Self.ageOfFailure
            if now &- answer.at < age.wholeNanoseconds { return completion(answer.look) }
        }
        waiting.append(completion)
        guard waiting.count == 1 else { return }
        let message = Array(Self.preamble.utf8) + Randomness.bytes(32)
        signer.sign(message, on: reactor) { [self] result in
            let look: HealthFindings.Look
            switch result {
            case .success: look = .fine
            case .failure(let error): look = .failed("\(error)")
            }
            answer = (look, now)
            let waiting = self.waiting
            self.waiting = []
            for completion in waiting { completion(look) }
        }
    }
}
