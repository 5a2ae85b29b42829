import SSH
import SSHWire
import SessionProtocol

extension SignInProof {
    /// Bytes in what a security key signs: two SHA-256, flags and a counter (PROTOCOL.u2f).
    private static let authenticatorDataBytes = 32 + 1 + 4 + 32

    /// Finds, among the signatures that libcrypto found good, the one of a client's request.
    ///
    /// Returns nil where none fits, which cannot happen unless libssh verified past the seam.
    init?(user: String, keyBlob: [UInt8], verified: [VerifiedSignature]) {
        guard let keyAlgorithm = Self.algorithm(of: keyBlob) else { return nil }
        let isSecurityKey = keyAlgorithm.hasPrefix("sk-")
        for signature in verified.reversed() {
            if isSecurityKey {
                guard let authenticator = Self.authenticator(in: signature.data) else { continue }
                self.init(
                    user: user,
                    algorithm: keyAlgorithm,
                    keyBlob: keyBlob,
                    signature: signature.signature,
                    authenticator: authenticator
                )
                return
            }
            guard let algorithm = Self.algorithm(signed: signature.data, user, keyBlob) else {
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
        return nil
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

    /// The algorithm named in the signed bytes, where they are of this request.
    private static func algorithm(
        signed data: [UInt8],
        _ user: String,
        _ keyBlob: [UInt8]
    ) -> String? {
        do throws(WireError) {
            let request = try UserAuthenticationRequest(parsing: data)
            // Bytes, because two strings may be equal and not the same.
            guard request.user.utf8.elementsEqual(user.utf8), request.keyBlob == keyBlob else {
                return nil
            }
            return request.algorithm.name
        } catch {
            return nil
        }
    }
}
