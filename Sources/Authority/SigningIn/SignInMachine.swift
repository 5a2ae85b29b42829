import AuditTrail
import SSHKeys
import SSHWire
import SessionProtocol

/// Who is at the other end of a connection: nobody, until a signature over this very connection
/// says so.
///
/// | state | hash signed | key offered | signature verified | recorded |
/// |---|---|---|---|---|
/// | fresh | unproved | a lie | a lie | – |
/// | unproved | unproved | unproved | recording, or unproved when refused | – |
/// | recording | recording | a lie | a lie | signed in |
/// | signed in | signed in | by the table | by the table | – |
struct SignInMachine: Sendable {
    private enum State {
        case fresh
        case unproved
        case recording(Identity)
        case signedIn(Identity)
    }

    /// LIMIT: the hashes of all key exchanges have 32 to 64 bytes, SHA-256 to SHA-512.
    static let exchangeHashBytes = 32...64

    private let peer: IPAddress
    private let triesLimit: UInt32
    private var state = State.fresh
    private var sessionIdentifier: [UInt8] = []
    private var tries: UInt32 = 0
    private(set) var userName: String?

    init(peer: IPAddress, tries: UInt32) {
        self.peer = peer
        triesLimit = tries
    }

    /// Somebody who signed in before this release of the authority was there.
    init(peer: IPAddress, signedIn identity: Identity, as userName: String) {
        self.init(peer: peer, tries: 0)
        self.userName = userName
        state = .signedIn(identity)
    }

    /// Who signed in, once that is recorded.
    var identity: Identity? {
        switch state {
        case .signedIn(let identity): identity
        case .fresh, .unproved, .recording: nil
        }
    }

    /// Takes note of an exchange hash that is to be signed; the first one is the session identifier
    /// for good (RFC 4253 §7.2).
    mutating func signedExchangeHash(_ hash: [UInt8]) throws(ProcessLie) {
        guard Self.exchangeHashBytes.contains(hash.count) else {
            throw .exchangeHashLength(hash.count)
        }
        switch state {
        case .fresh:
            sessionIdentifier = hash
            state = .unproved
        case .unproved, .recording, .signedIn: break
        }
    }

    enum OfferedAction: Hashable {
        case answer(isAccepted: Bool)
        case answerUserNameChanged
    }

    /// May this key sign in? Nothing is recorded: whoever only offers has proved nothing.
    mutating func offered(
        user: String,
        keyBlob: [UInt8],
        by identification: Identification,
        at moment: Timestamp
    ) throws(ProcessLie) -> OfferedAction {
        try requireUnproved()
        guard pin(user) else { return .answerUserNameChanged }
        do {
            _ = try identification.identify(
                algorithm: nil,
                keyBlob: keyBlob,
                from: peer,
                at: moment
            )
            return .answer(isAccepted: true)
        } catch {
            return .answer(isAccepted: false)
        }
    }

    enum SignedAction: Hashable {
        /// Record it; the answer waits until that is durable.
        case record(Identity, userName: String)
        case refuse(IdentificationError, user: String, fingerprint: String?)
    }

    /// A client proved that it holds a key.
    mutating func signed(
        _ proof: SignInProof,
        by identification: Identification,
        at moment: Timestamp
    ) throws(ProcessLie) -> SignedAction {
        try requireUnproved()
        tries += 1
        guard tries <= triesLimit else { throw .triesExceeded(limit: triesLimit) }
        let fingerprint = Self.fingerprint(of: proof.keyBlob)
        func refusal(_ error: IdentificationError) -> SignedAction {
            .refuse(error, user: proof.user, fingerprint: fingerprint)
        }
        let key: PublicKey
        do {
            key = try Self.publicKey(of: proof)
        } catch {
            // libssh takes keys and certificates that are none here: the client's fault, not a lie.
            return refusal(.malformed(error))
        }
        do {
            try verify(proof, by: key, demanding: .none)
        } catch {
            switch error {
            case .keyUnusable: return refusal(.unusableKey(error))
            // libssh takes the name of any algorithm, and compares it with nothing.
            case .algorithmNotForKey: return refusal(.algorithmNotForKey)
            case .malformed, .mismatch, .authenticatorMisplaced,
                .touchMissing, .userVerificationMissing, .signingFailed:
                // libssh verified it before we were asked, so it does verify, or somebody lies.
                throw .signInSignature(error)
            }
        }
        guard pin(proof.user) else { return refusal(.userNameChanged) }
        let identity: Identity
        do {
            identity = try identification.identify(
                algorithm: proof.algorithm,
                keyBlob: proof.keyBlob,
                from: peer,
                at: moment
            )
        } catch {
            return refusal(error)
        }
        do {
            try verify(proof, by: identity.publicKey, demanding: identity.gesture)
        } catch {
            // The signature itself is verified: what is missing is the touch or the PIN.
            return refusal(.gesture(error))
        }
        state = .recording(identity)
        return .record(identity, userName: proof.user)
    }

    /// The sign-in is durable.
    mutating func recorded() -> Identity {
        switch state {
        case .recording(let identity):
            state = .signedIn(identity)
            return identity
        case .fresh, .unproved, .signedIn:
            preconditionFailure("only a sign-in that is being recorded is recorded")
        }
    }

    /// Whom the same key stands for now, after a reload changed what the principal is.
    mutating func identified(again identity: Identity) {
        switch state {
        case .signedIn(let former):
            precondition(
                former.publicKey == identity.publicKey,
                "who signed in is identified by the same key"
            )
            state = .signedIn(identity)
        case .fresh, .unproved, .recording:
            preconditionFailure("only who has signed in is identified again")
        }
    }

    /// The sign-in could not be recorded, so it did not happen.
    mutating func recordingFailed() { state = .unproved }

    private func requireUnproved() throws(ProcessLie) {
        switch state {
        case .fresh: throw .noSessionIdentifier
        case .unproved: break
        case .recording, .signedIn: throw .signInWithoutOrder
        }
    }

    /// Whether the user name is the one of this connection; the first one decides.
    private mutating func pin(_ user: String) -> Bool {
        guard let userName else {
            userName = user
            return true
        }
        // Bytes, because two strings may be equal and not the same.
        return userName.utf8.elementsEqual(user.utf8)
    }

    /// The key that must have signed: itself, or in a certificate.
    private static func publicKey(of proof: SignInProof) throws(WireError) -> PublicKey {
        try AuthenticationAlgorithm(parsing: proof.algorithm).isCertificate
            ? try Certificate(parsing: proof.keyBlob).fields.publicKey
            : try PublicKey(parsing: proof.keyBlob)
    }

    private func verify(
        _ proof: SignInProof,
        by key: PublicKey,
        demanding gesture: SecurityKeyGesture
    ) throws(SignatureError) {
        let algorithm: AuthenticationAlgorithm
        do {
            algorithm = try AuthenticationAlgorithm(parsing: proof.algorithm)
        } catch {
            throw .mismatch
        }
        let signed = UserAuthenticationRequest(
            sessionIdentifier: sessionIdentifier,
            user: proof.user,
            algorithm: algorithm,
            keyBlob: proof.keyBlob
        )
        try SignatureVerification.verify(
            LibcryptoSignature(
                algorithm.signature,
                bytes: proof.signature,
                authenticator: proof.authenticator.map {
                    SecurityKeyAuthenticator(flags: $0.flags, counter: $0.counter)
                }
            ),
            over: signed.bytes[...],
            by: key,
            demanding: gesture
        )
    }

    private static func fingerprint(of blob: [UInt8]) -> String? {
        do {
            return SSHKeys.Fingerprint(of: try PublicKey(parsing: blob)).description
        } catch {
            // A certificate: the fingerprint of the key in it is what people know.
            do {
                return SSHKeys.Fingerprint(of: try Certificate(parsing: blob).fields.publicKey)
                    .description
            } catch {
                return nil
            }
        }
    }
}
