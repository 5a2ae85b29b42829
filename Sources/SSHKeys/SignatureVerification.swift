import Crypto
import CryptoExtras
package import SSHWire

/// A signature as libcrypto takes it: ECDSA in DER, all others raw.
package struct LibcryptoSignature: Hashable, Sendable {
    package let algorithm: SignatureAlgorithm
    package let bytes: [UInt8]
    package let authenticator: SecurityKeyAuthenticator?

    package init(
        _ algorithm: SignatureAlgorithm,
        bytes: [UInt8],
        authenticator: SecurityKeyAuthenticator? = nil
    ) {
        self.algorithm = algorithm
        self.bytes = bytes
        self.authenticator = authenticator
    }
}

/// Verifies signatures by every type of key that signs in, is pinned, or issues certificates.
///
/// Nothing is returned: what comes back without an error is verified.
package enum SignatureVerification {
    /// A signature in the form its algorithm's verifier wants.
    enum Form {
        /// Ed25519 and RSA as they are, ECDSA as r and s of fixed width.
        case fixedWidth([UInt8])
        case distinguishedEncoding([UInt8])
    }

    /// Verifies a signature as SSH carries it.
    package static func verify(
        _ signature: SignatureBlob,
        over message: ArraySlice<UInt8>,
        by key: PublicKey,
        demanding gesture: SecurityKeyGesture = .presence
    ) throws(SignatureError) {
        try verify(
            .fixedWidth(signature.value),
            signature.algorithm,
            signature.authenticator,
            over: message,
            by: key,
            demanding: gesture
        )
    }

    /// Verifies a signature that was seen at libcrypto's door.
    ///
    /// `message` is what SSH signs; the bytes that a security key makes of it are made here.
    package static func verify(
        _ signature: LibcryptoSignature,
        over message: ArraySlice<UInt8>,
        by key: PublicKey,
        demanding gesture: SecurityKeyGesture = .presence
    ) throws(SignatureError) {
        let isECDSA = signature.algorithm.curve != nil
        try verify(
            isECDSA ? .distinguishedEncoding(signature.bytes) : .fixedWidth(signature.bytes),
            signature.algorithm,
            signature.authenticator,
            over: message,
            by: key,
            demanding: gesture
        )
    }

    private static func verify(
        _ form: Form,
        _ algorithm: SignatureAlgorithm,
        _ authenticator: SecurityKeyAuthenticator?,
        over message: ArraySlice<UInt8>,
        by key: PublicKey,
        demanding gesture: SecurityKeyGesture
    ) throws(SignatureError) {
        guard key.type.signatureAlgorithms.contains(algorithm) else {
            throw .algorithmNotForKey(algorithm, key.type)
        }
        guard (authenticator != nil) == algorithm.isSecurityKey else {
            throw .authenticatorMisplaced
        }
        let isMatch =
            switch key {
            case .ed25519(let bytes):
                try ed25519(form, algorithm, over: message, by: bytes)
            case .ecdsa(let curve, let point):
                try ecdsa(form, algorithm, over: message, by: point, on: curve)
            case .rsa(let exponent, let modulus):
                try rsa(form, algorithm, over: message, exponent: exponent, modulus: modulus)
            case .securityKeyEd25519(let bytes, let application):
                try ed25519(
                    form,
                    algorithm,
                    over: attested(message, application, authenticator),
                    by: bytes
                )
            case .securityKeyECDSAP256(let point, let application):
                try ecdsa(
                    form,
                    algorithm,
                    over: attested(message, application, authenticator),
                    by: point,
                    on: .p256
                )
            }
        guard isMatch else { throw .mismatch }
        // After the signature, because before it the flags are anybody's.
        try check(authenticator, demanding: gesture)
    }

    private static func check(
        _ authenticator: SecurityKeyAuthenticator?,
        demanding gesture: SecurityKeyGesture
    ) throws(SignatureError) {
        guard let authenticator else {
            // Only a security key can show that it verified its user.
            guard gesture != .verification else { throw .userVerificationMissing }
            return
        }
        guard gesture == .none || authenticator.isUserPresent else { throw .touchMissing }
        guard gesture != .verification || authenticator.isUserVerified else {
            throw .userVerificationMissing
        }
    }

    /// What a security key really signs (OpenSSH's PROTOCOL.u2f).
    private static func attested(
        _ message: ArraySlice<UInt8>,
        _ application: String,
        _ authenticator: SecurityKeyAuthenticator?
    ) throws(SignatureError) -> ArraySlice<UInt8> {
        guard let authenticator else { throw .authenticatorMisplaced }
        var writer = WireWriter(reserving: 2 * SHA256.byteCount + 5)
        writer.raw(SHA256.hash(data: Array(application.utf8)))
        writer.byte(authenticator.flags)
        writer.uint32(authenticator.counter)
        writer.raw(SHA256.hash(data: message))
        return writer.bytes[...]
    }
}

extension SignatureVerification {
    private static func ed25519(
        _ form: Form,
        _ algorithm: SignatureAlgorithm,
        over message: ArraySlice<UInt8>,
        by bytes: [UInt8]
    ) throws(SignatureError) -> Bool {
        guard case .fixedWidth(let signature) = form, signature.count == 64 else {
            throw .malformed(algorithm)
        }
        let key: Curve25519.Signing.PublicKey
        do {
            key = try Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        } catch {
            throw .keyUnusable(.ed25519)
        }
        return key.isValidSignature(signature, for: message)
    }

    private static func rsa(
        _ form: Form,
        _ algorithm: SignatureAlgorithm,
        over message: ArraySlice<UInt8>,
        exponent: [UInt8],
        modulus: [UInt8]
    ) throws(SignatureError) -> Bool {
        guard case .fixedWidth(let bytes) = form, bytes.count == modulus.count else {
            throw .malformed(algorithm)
        }
        let key: _RSA.Signing.PublicKey
        do {
            key = try _RSA.Signing.PublicKey(n: modulus, e: exponent)
        } catch {
            throw .keyUnusable(.rsa)
        }
        let signature = _RSA.Signing.RSASignature(rawRepresentation: bytes)
        // The padding is what RFC 8332 §3 prescribes; only its SHA-1 form is broken.
        let padding = _RSA.Signing.Padding.insecurePKCS1v1_5
        switch algorithm {
        case .rsaSHA256:
            return key.isValidSignature(
                signature,
                for: SHA256.hash(data: message),
                padding: padding
            )
        case .rsaSHA512:
            return key.isValidSignature(
                signature,
                for: SHA512.hash(data: message),
                padding: padding
            )
        case .ed25519, .ecdsaP256, .ecdsaP384, .ecdsaP521,
            .securityKeyEd25519, .securityKeyECDSAP256:
            throw .algorithmNotForKey(algorithm, .rsa)
        }
    }
}
