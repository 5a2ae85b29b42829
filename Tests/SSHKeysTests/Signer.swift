import Crypto
import CryptoExtras
import SSHKeys
import SSHWire

/// A key of some type that signs, both in SSH's form and in libcrypto's.
struct Signer {
    let key: PublicKey
    let algorithm: SignatureAlgorithm
    var authenticator: SecurityKeyAuthenticator?
    /// Over the bytes that are really signed: ECDSA as r and s, and in DER.
    private let make: ([UInt8]) throws -> (fixedWidth: [UInt8], libcrypto: [UInt8])

    func wire(_ message: [UInt8]) throws -> SignatureBlob {
        try SignatureBlob(
            algorithm,
            value: make(signed(message)).fixedWidth,
            authenticator: authenticator
        )
    }

    func libcrypto(_ message: [UInt8]) throws -> LibcryptoSignature {
        LibcryptoSignature(
            algorithm,
            bytes: try make(signed(message)).libcrypto,
            authenticator: authenticator
        )
    }

    /// What a security key makes of the message (OpenSSH's PROTOCOL.u2f), written down once more.
    private func signed(_ message: [UInt8]) -> [UInt8] {
        guard let authenticator else { return message }
        let counter = authenticator.counter
        return Array(SHA256.hash(data: Array("ssh:".utf8))) + [authenticator.flags]
            + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: counter >> $0) }
            + Array(SHA256.hash(data: message))
    }

    static func ed25519() -> Signer {
        let key = Curve25519.Signing.PrivateKey()
        return Signer(key: .ed25519(Array(key.publicKey.rawRepresentation)), algorithm: .ed25519) {
            let signature = Array(try key.signature(for: $0))
            return (signature, signature)
        }
    }

    static func p256() -> Signer {
        let key = P256.Signing.PrivateKey()
        return Signer(
            key: .ecdsa(.p256, point: Array(key.publicKey.x963Representation)),
            algorithm: .ecdsaP256
        ) {
            let signature = try key.signature(for: $0)
            return (Array(signature.rawRepresentation), Array(signature.derRepresentation))
        }
    }

    static func p384() -> Signer {
        let key = P384.Signing.PrivateKey()
        return Signer(
            key: .ecdsa(.p384, point: Array(key.publicKey.x963Representation)),
            algorithm: .ecdsaP384
        ) {
            let signature = try key.signature(for: $0)
            return (Array(signature.rawRepresentation), Array(signature.derRepresentation))
        }
    }

    static func p521() -> Signer {
        let key = P521.Signing.PrivateKey()
        return Signer(
            key: .ecdsa(.p521, point: Array(key.publicKey.x963Representation)),
            algorithm: .ecdsaP521
        ) {
            let signature = try key.signature(for: $0)
            return (Array(signature.rawRepresentation), Array(signature.derRepresentation))
        }
    }

    static func rsa(_ algorithm: SignatureAlgorithm, bits: Int = 2048) throws -> Signer {
        let key = try _RSA.Signing.PrivateKey(keySize: _RSA.Signing.KeySize(bitCount: bits))
        let numbers = try key.publicKey.getKeyPrimitives()
        return Signer(
            key: .rsa(exponent: Array(numbers.publicExponent), modulus: Array(numbers.modulus)),
            algorithm: algorithm
        ) {
            let padding = _RSA.Signing.Padding.insecurePKCS1v1_5
            let signature =
                algorithm == .rsaSHA512
                ? try key.signature(for: SHA512.hash(data: $0), padding: padding)
                : try key.signature(for: SHA256.hash(data: $0), padding: padding)
            let bytes = Array(signature.rawRepresentation)
            return (bytes, bytes)
        }
    }

    static func securityKeyEd25519(flags: UInt8 = 1) -> Signer {
        let key = Curve25519.Signing.PrivateKey()
        return Signer(
            key: .securityKeyEd25519(Array(key.publicKey.rawRepresentation), application: "ssh:"),
            algorithm: .securityKeyEd25519,
            authenticator: SecurityKeyAuthenticator(flags: flags, counter: 0x0102_0304)
        ) {
            let signature = Array(try key.signature(for: $0))
            return (signature, signature)
        }
    }

    static func securityKeyP256(flags: UInt8 = 1) -> Signer {
        let key = P256.Signing.PrivateKey()
        return Signer(
            key: .securityKeyECDSAP256(
                point: Array(key.publicKey.x963Representation),
                application: "ssh:"
            ),
            algorithm: .securityKeyECDSAP256,
            authenticator: SecurityKeyAuthenticator(flags: flags, counter: 9)
        ) {
            let signature = try key.signature(for: $0)
            return (Array(signature.rawRepresentation), Array(signature.derRepresentation))
        }
    }

    static func all() throws -> [Signer] {
        [
            ed25519(), p256(), p384(), p521(), try rsa(.rsaSHA256), try rsa(.rsaSHA512),
            securityKeyEd25519(), securityKeyP256(),
        ]
    }
}
