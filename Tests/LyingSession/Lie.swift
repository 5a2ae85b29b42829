import MessageSockets
import SessionProtocol

/// What is done to the conversation between an honest session process and the authority.
///
/// `remember` keeps what a later liar wants to use again.
enum Lie: String, CaseIterable {
    /// Nothing is changed; the proofs that pass by are written down.
    case remember
    /// A sign-in claims a key other than the one that signed: the remembered one.
    case anotherKey = "another-key"
    /// A sign-in claims a user name other than the one that was signed.
    case anotherUser = "another-user"
    /// A remembered signature stands in for the client's own.
    case replayedSignature = "replayed-signature"
    /// The remembered session identifier is signed as a second exchange hash, then replayed.
    case secondExchangeHash = "second-exchange-hash"
    /// A remembered proof of another target's host key stands in for this target's.
    case otherTargetsProof = "other-targets-proof"
    /// The one signature of a certificate's key is asked for twice.
    case secondUse = "second-use"
    /// A session is opened before anybody signed in.
    case sessionBeforeSignIn = "session-before-sign-in"
    /// Bytes that are no message.
    case malformed
    /// A recording is written to when its session is over and the next one is asked for.
    case writesBehindEnd = "writes-behind-end"

    /// What reaches the authority instead of this message of the honest process.
    func told(_ message: [UInt8], _ memory: Memory) throws -> [[UInt8]] {
        let request = try SessionRequest(decoding: message)
        switch (self, request) {
        case (.remember, .signExchangeHash), (.remember, .signIn), (.remember, .proveHostKey):
            try memory.keep(request)
        case (.anotherKey, .signIn(let proof)):
            guard case .signIn(let other)? = try memory.recall(.signIn) else { break }
            return [
                SessionRequest.signIn(
                    SignInProof(
                        user: proof.user,
                        algorithm: proof.algorithm,
                        keyBlob: other.keyBlob,
                        signature: proof.signature,
                        authenticator: nil
                    )
                ).encoded()
            ]
        case (.anotherUser, .signIn(let proof)):
            return [
                SessionRequest.signIn(
                    SignInProof(
                        user: "root@" + proof.user,
                        algorithm: proof.algorithm,
                        keyBlob: proof.keyBlob,
                        signature: proof.signature,
                        authenticator: nil
                    )
                ).encoded()
            ]
        case (.replayedSignature, .signIn):
            guard let other = try memory.recall(.signIn) else { break }
            return [other.encoded()]
        case (.secondExchangeHash, .signIn):
            guard let hash = try memory.recall(.signExchangeHash),
                let other = try memory.recall(.signIn)
            else { break }
            return [hash.encoded(), other.encoded()]
        case (.otherTargetsProof, .proveHostKey(let proof)):
            guard case .proveHostKey(let other)? = try memory.recall(.proveHostKey) else { break }
            return [
                SessionRequest.proveHostKey(
                    HostKeyProof(
                        number: proof.number,
                        keyBlob: other.keyBlob,
                        algorithm: other.algorithm,
                        exchangeHash: other.exchangeHash,
                        signature: other.signature
                    )
                ).encoded()
            ]
        case (.secondUse, .signUserAuthentication):
            return [message, message]
        case (.sessionBeforeSignIn, .offerKey):
            return [
                SessionRequest.openSession(
                    SessionOpening(
                        number: SessionNumber(1),
                        program: .shell,
                        terminal: nil,
                        environment: []
                    )
                ).encoded()
            ]
        case (.malformed, .offerKey):
            return [[255, 0, 1]]
        default: break
        }
        return [message]
    }
}
