import Crypto
import SSHWire

/// ECDSA (RFC 5656): one function for each curve, because swift-crypto has no type for any curve.
extension SignatureVerification {
    static func ecdsa(
        _ form: Form,
        _ algorithm: SignatureAlgorithm,
        over message: ArraySlice<UInt8>,
        by point: [UInt8],
        on curve: EllipticCurve
    ) throws(SignatureError) -> Bool {
        switch curve {
        case .p256: try p256(form, algorithm, over: message, by: point)
        case .p384: try p384(form, algorithm, over: message, by: point)
        case .p521: try p521(form, algorithm, over: message, by: point)
        }
    }

    private static func p256(
        _ form: Form,
        _ algorithm: SignatureAlgorithm,
        over message: ArraySlice<UInt8>,
        by point: [UInt8]
    ) throws(SignatureError) -> Bool {
        let key: P256.Signing.PublicKey
        do {
            key = try P256.Signing.PublicKey(x963Representation: point)
        } catch {
            throw .keyUnusable(.ecdsaP256)
        }
        do {
            let signature =
                switch form {
                case .fixedWidth(let bytes):
                    try P256.Signing.ECDSASignature(rawRepresentation: bytes)
                case .distinguishedEncoding(let bytes):
                    try P256.Signing.ECDSASignature(derRepresentation: bytes)
                }
            return key.isValidSignature(signature, for: message)
        } catch {
            throw .malformed(algorithm)
        }
    }

    private static func p384(
        _ form: Form,
        _ algorithm: SignatureAlgorithm,
        over message: ArraySlice<UInt8>,
        by point: [UInt8]
    ) throws(SignatureError) -> Bool {
        let key: P384.Signing.PublicKey
        do {
            key = try P384.Signing.PublicKey(x963Representation: point)
        } catch {
            throw .keyUnusable(.ecdsaP384)
        }
        do {
            let signature =
                switch form {
                case .fixedWidth(let bytes):
                    try P384.Signing.ECDSASignature(rawRepresentation: bytes)
                case .distinguishedEncoding(let bytes):
                    try P384.Signing.ECDSASignature(derRepresentation: bytes)
                }
            return key.isValidSignature(signature, for: message)
        } catch {
            throw .malformed(algorithm)
        }
    }

    private static func p521(
        _ form: Form,
        _ algorithm: SignatureAlgorithm,
        over message: ArraySlice<UInt8>,
        by point: [UInt8]
    ) throws(SignatureError) -> Bool {
        let key: P521.Signing.PublicKey
        do {
            key = try P521.Signing.PublicKey(x963Representation: point)
        } catch {
            throw .keyUnusable(.ecdsaP521)
        }
        do {
            let signature =
                switch form {
                case .fixedWidth(let bytes):
                    try P521.Signing.ECDSASignature(rawRepresentation: bytes)
                case .distinguishedEncoding(let bytes):
                    try P521.Signing.ECDSASignature(derRepresentation: bytes)
                }
            return key.isValidSignature(signature, for: message)
        } catch {
            throw .malformed(algorithm)
        }
    }
}
