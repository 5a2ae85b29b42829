import SSH
import SSHWire
import SessionProtocol

extension SignInProof {
    /// Bytes in what a security key signs: two SHA-256, flags and a counter (PROTOCOL.u2f).
    private static let authenticatorDataBytes = hashBytes + 1 + 4 + hashBytes
    private static let hashBytes = 32

    /// Why a signature that libcrypto found good proves nothing.
    enum Flaw: Error, Hashable, Sendable {
        /// Cannot happen unless libssh verified past the seam.
        case notSeen
        /// libssh takes the name of any algorithm beside a signature, and compares it with nothing.
        case otherAlgorithm
    }

    /// Finds, among the signatures that libcrypto found good, the one of a client's request.
    ///
    /// What is passed on verifies by the algorithm that it names, or the key is not for that one: so
    /// the authority may take everything else for a lie.
    init(
        user: String,
        keyBlob: [UInt8],
        sessionIdentifier: [UInt8],
        verified: [VerifiedSignature]
    ) throws(Flaw) {
        guard !verified.isEmpty else { throw .notSeen }
        guard let keyAlgorithm = Self.algorithm(of: keyBlob) else { throw .otherAlgorithm }
        let isSecurityKey = keyAlgorithm.hasPrefix("sk-")
        for signature in verified.reversed() {
            if isSecurityKey {
                guard
                    let authenticator = Self.authenticator(in: signature.data),
                    let request = Self.request(sessionIdentifier, user, keyAlgorithm, keyBlob),
                    signature.data.suffix(Self.hashBytes).elementsEqual(request.hashed)
                else { continue }
                self.init(
                    user: user,
                    algorithm: keyAlgorithm,
                    keyBlob: keyBlob,
                    signature: signature.signature,
                    authenticator: authenticator
                )
                return
            }
            guard let algorithm = Self.algorithm(signed: signature, user, keyBlob) else {
                continue
            }
            self.init(
                user: user,
                algorithm: algorithm,
                keyBlob: keyBlob,
                signature: signature.signature,
                authenticator: nil
            )
            return
        }
        throw .otherAlgorithm
    }

    /// What a client signs that names the algorithm by which its key goes.
    private static func request(
        _ sessionIdentifier: [UInt8],
        _ user: String,
        _ algorithm: String,
        _ keyBlob: [UInt8]
    ) -> UserAuthenticationRequest? {
        do throws(WireError) {
            return UserAuthenticationRequest(
                sessionIdentifier: sessionIdentifier,
                user: user,
                algorithm: try AuthenticationAlgorithm(parsing: algorithm),
                keyBlob: keyBlob
            )
        } catch {
            return nil
        }
    }

    private static func algorithm(of keyBlob: [UInt8]) -> String? {
        var reader = WireReader(keyBlob)
        do throws(WireError) {
            return try reader.text("algorithm", limit: FieldLimits.algorithm)
        } catch {
            return nil
        }
    }

    private static func authenticator(in data: [UInt8]) -> Authenticator? {
        guard data.count == authenticatorDataBytes else { return nil }
        let counter = data[33..<37].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Authenticator(flags: data[32], counter: counter)
    }

    /// The algorithm named in the signed bytes, where they are of this request and it is the one by
    /// which they were verified.
    private static func algorithm(
        signed signature: VerifiedSignature,
        _ user: String,
        _ keyBlob: [UInt8]
    ) -> String? {
        do throws(WireError) {
            let request = try UserAuthenticationRequest(parsing: signature.data)
            // Bytes, because two strings may be equal and not the same.
            guard request.user.utf8.elementsEqual(user.utf8), request.keyBlob == keyBlob else {
                return nil
            }
            switch request.algorithm.signature {
            case .rsaSHA256 where signature.digest?.hasSuffix("256") == false: return nil
            case .rsaSHA512 where signature.digest?.hasSuffix("512") == false: return nil
            case .ed25519, .ecdsaP256, .ecdsaP384, .ecdsaP521, .rsaSHA256, .rsaSHA512,
                .securityKeyEd25519, .securityKeyECDSAP256:
                return request.algorithm.name
            }
        } catch {
            return nil
        }
    }
}

extension UserAuthenticationRequest {
    /// What stands for it in what a security key signs.
    fileprivate var hashed: [UInt8] {
        let hash = SHA256Hash()
        hash.update(bytes)
        return hash.finish()
    }
}
