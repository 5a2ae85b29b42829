import SSHKeys
import SSHWire
import SessionProtocol

/// One transport to a target, from the proof of its host key to the one signature that signs in.
///
/// A transport that is lost is followed by another one, with a machine of its own.
///
/// | state | proved | issued | asked to sign |
/// |---|---|---|---|
/// | awaiting proof | issuing, or mismatch | – | a lie |
/// | issuing | a lie | offered | a lie |
/// | offered | a lie | – | signed |
/// | signed | a lie | – | a lie |
struct TransportMachine: Sendable {
    /// A certificate and the key that it is for, until that key has signed once.
    struct Issued: Sendable {
        let number: UInt64
        let blob: [UInt8]
        let key: Ed25519SigningKey
    }

    /// A transport whose host key is proved.
    struct Proven: Hashable, Sendable {
        let exchangeHash: [UInt8]
        /// The blob of the host key.
        let hostKey: [UInt8]
    }

    private enum State: Sendable {
        case awaitingProof
        case issuing
        case offered(Issued)
        case signed
    }

    private let login: String
    private let pinnedKeys: Set<[UInt8]>
    private var state = State.awaitingProof
    /// What is known of the transport, once its host key is proved.
    private(set) var proven: Proven?

    /// `pinnedKeys` are the blobs of the target's host keys that count now.
    init(login: String, pinnedKeys: Set<[UInt8]>) {
        self.login = login
        self.pinnedKeys = pinnedKeys
    }

    var isSigned: Bool {
        switch state {
        case .signed: true
        case .awaitingProof, .issuing, .offered: false
        }
    }

    /// Whether the process has a certificate for which no signature was given yet.
    var hasCertificate: Bool {
        switch state {
        case .offered: true
        case .awaitingProof, .issuing, .signed: false
        }
    }

    enum ProvedAction: Hashable {
        case issue
        /// The signature is good and the key is not this target's.
        case refuseHostKey(fingerprint: String)
    }

    /// `isUsed` tells whether another transport of the authority has this exchange hash.
    mutating func proved(
        _ proof: HostKeyProof,
        isUsed: ([UInt8]) -> Bool
    ) throws(ProcessLie) -> ProvedAction {
        switch state {
        case .awaitingProof: break
        case .issuing, .offered, .signed: throw .outOfTurn(.proveHostKey)
        }
        guard SignInMachine.exchangeHashBytes.contains(proof.exchangeHash.count) else {
            throw .exchangeHashLength(proof.exchangeHash.count)
        }
        let key = try Self.verify(proof)
        guard !isUsed(proof.exchangeHash) else { throw .exchangeHashUsed }
        guard pinnedKeys.contains(key.blob) else {
            return .refuseHostKey(fingerprint: SSHKeys.Fingerprint(of: key).description)
        }
        proven = Proven(exchangeHash: proof.exchangeHash, hostKey: key.blob)
        state = .issuing
        return .issue
    }

    /// The certificate is made; false where the transport is not waiting for it any more.
    mutating func issued(_ issued: Issued) -> Bool {
        switch state {
        case .issuing:
            state = .offered(issued)
            return true
        case .awaitingProof, .offered, .signed: return false
        }
    }

    /// Signs these bytes where they are the sign-in to this target, as this login, over this
    /// transport, with this certificate; once.
    mutating func signature(over request: [UInt8]) throws(ProcessLie) -> [UInt8] {
        switch state {
        case .offered(let issued):
            try check(request, against: issued)
            state = .signed
            do {
                return try issued.key.sign(request[...])
            } catch {
                throw .userAuthentication("\(error)")
            }
        case .awaitingProof, .issuing, .signed: throw .outOfTurn(.signUserAuthentication)
        }
    }

    private static func verify(_ proof: HostKeyProof) throws(ProcessLie) -> PublicKey {
        do {
            let key = try PublicKey(parsing: proof.keyBlob)
            let algorithm = try AuthenticationAlgorithm(parsing: proof.algorithm)
            guard !algorithm.isCertificate else {
                throw WireError.malformed(field: "algorithm", reason: "is of a certificate")
            }
            try SignatureVerification.verify(
                LibcryptoSignature(algorithm.signature, bytes: proof.signature),
                over: proof.exchangeHash[...],
                by: key,
                demanding: .none
            )
            return key
        } catch {
            throw .hostKeySignature("\(error)")
        }
    }

    private func check(_ bytes: [UInt8], against issued: Issued) throws(ProcessLie) {
        let request: UserAuthenticationRequest
        do {
            request = try UserAuthenticationRequest(parsing: bytes)
        } catch {
            throw .userAuthentication("\(error)")
        }
        guard request.sessionIdentifier == proven?.exchangeHash else {
            throw .userAuthentication("it is for another transport")
        }
        guard request.user.utf8.elementsEqual(login.utf8) else {
            throw .userAuthentication("it is for another login")
        }
        guard request.algorithm == AuthenticationAlgorithm(.ed25519, isCertificate: true) else {
            throw .userAuthentication("it is by another algorithm")
        }
        guard request.keyBlob == issued.blob else {
            throw .userAuthentication("it is with another certificate")
        }
    }
}
