import SSHKeys
import SSHWire
import TestSupport
import Testing

@Suite struct `a signature` {
    private let message = Samples.message

    @Test func `of every algorithm is taken in both forms, and not over other bytes`() throws {
        for signer in try Signer.all() {
            let wire = try SignatureBlob(parsing: signer.wire(message).bytes)
            let libcrypto = try signer.libcrypto(message)

            try SignatureVerification.verify(wire, over: message[...], by: signer.key)
            try SignatureVerification.verify(libcrypto, over: message[...], by: signer.key)
            let other = message + [0]
            #expect(throws: SignatureError.mismatch) {
                try SignatureVerification.verify(wire, over: other[...], by: signer.key)
            }
            #expect(throws: SignatureError.mismatch) {
                try SignatureVerification.verify(libcrypto, over: other[...], by: signer.key)
            }
        }
    }

    @Test func `by another key of the same type is refused`() throws {
        for (signer, other) in zip(try Signer.all(), try Signer.all()) {
            #expect(throws: SignatureError.mismatch) {
                try SignatureVerification.verify(
                    signer.wire(message),
                    over: message[...],
                    by: other.key
                )
            }
        }
    }

    @Test func `by an algorithm of another key type is refused`() throws {
        let signers = try Signer.all()
        for signer in signers {
            for other in signers where other.key.type != signer.key.type {
                #expect(
                    throws: SignatureError.algorithmNotForKey(signer.algorithm, other.key.type)
                ) {
                    try SignatureVerification.verify(
                        signer.wire(message),
                        over: message[...],
                        by: other.key
                    )
                }
            }
        }
    }

    @Test func `by RSA is over the hash that its algorithm names`() throws {
        let signer = try Signer.rsa(.rsaSHA256)
        let wire = try SignatureBlob(.rsaSHA512, value: signer.wire(message).value)
        #expect(throws: SignatureError.mismatch) {
            try SignatureVerification.verify(wire, over: message[...], by: signer.key)
        }
    }

    @Test func `by the longest RSA key is taken`() throws {
        let blob = try #require(Base64.decode(LongestRSAKey.blob))
        let bytes = try #require(Base64.decode(LongestRSAKey.signature))
        let key = try PublicKey(parsing: blob)
        let signature = LibcryptoSignature(.rsaSHA512, bytes: bytes)
        try SignatureVerification.verify(signature, over: message[...], by: key)
        #expect(throws: SignatureError.mismatch) {
            try SignatureVerification.verify(signature, over: message.dropLast(), by: key)
        }
    }

    @Test func `by a point off its curve is refused`() throws {
        for curve in EllipticCurve.allCases {
            let key = PublicKey.ecdsa(
                curve,
                point: [4] + Array(repeating: 5, count: 2 * curve.coordinateBytes)
            )
            let signature = LibcryptoSignature(
                key.type.signatureAlgorithms[0],
                bytes: try Signer.p256().libcrypto(message).bytes
            )
            #expect(throws: SignatureError.keyUnusable(key.type)) {
                try SignatureVerification.verify(signature, over: message[...], by: key)
            }
        }
    }

    @Test func `with any byte of it changed is refused, and traps nowhere`() throws {
        var generator = SeededGenerator(seed: 11)
        for signer in try Signer.all() {
            let libcrypto = try signer.libcrypto(message)
            for _ in 0..<40 {
                let mutant = generator.mutation(of: libcrypto.bytes)
                guard mutant != libcrypto.bytes else { continue }
                let signature = LibcryptoSignature(
                    signer.algorithm,
                    bytes: mutant,
                    authenticator: signer.authenticator
                )
                #expect(throws: SignatureError.self) {
                    try SignatureVerification.verify(signature, over: message[...], by: signer.key)
                }
            }
        }
    }
}

@Suite struct `a security key's signature` {
    private let message = Samples.message

    private func verify(
        _ signer: Signer,
        demanding gesture: SecurityKeyGesture
    ) throws {
        try SignatureVerification.verify(
            signer.libcrypto(message),
            over: message[...],
            by: signer.key,
            demanding: gesture
        )
    }

    @Test func `counts only after the gesture that is demanded`() throws {
        for make in [Signer.securityKeyEd25519, Signer.securityKeyP256] {
            try verify(make(0), demanding: .none)
            try verify(make(1), demanding: .presence)
            try verify(make(5), demanding: .verification)
            #expect(throws: SignatureError.touchMissing) {
                try verify(make(0), demanding: .presence)
            }
            #expect(throws: SignatureError.touchMissing) {
                try verify(make(4), demanding: .verification)
            }
            #expect(throws: SignatureError.userVerificationMissing) {
                try verify(make(1), demanding: .verification)
            }
        }
    }

    @Test func `is not taken with flags or a counter that were not signed`() throws {
        let signer = Signer.securityKeyEd25519(flags: 0)
        let signed = try signer.libcrypto(message)
        for authenticator in [
            SecurityKeyAuthenticator(flags: 1, counter: 0x0102_0304),
            SecurityKeyAuthenticator(flags: 0, counter: 0x0102_0305),
        ] {
            let claim = LibcryptoSignature(
                signed.algorithm,
                bytes: signed.bytes,
                authenticator: authenticator
            )
            #expect(throws: SignatureError.mismatch) {
                try SignatureVerification.verify(
                    claim,
                    over: message[...],
                    by: signer.key,
                    demanding: .none
                )
            }
        }
    }

    @Test func `has flags, and no other signature has them`() throws {
        for (signer, authenticator) in [
            (Signer.securityKeyEd25519(), nil),
            (Signer.ed25519(), SecurityKeyAuthenticator(flags: 1, counter: 1)),
        ] {
            let claim = LibcryptoSignature(
                signer.algorithm,
                bytes: try signer.libcrypto(message).bytes,
                authenticator: authenticator
            )
            #expect(throws: SignatureError.authenticatorMisplaced) {
                try SignatureVerification.verify(claim, over: message[...], by: signer.key)
            }
        }
    }

    @Test func `is the only one that can show a verified user`() throws {
        try verify(Signer.ed25519(), demanding: .presence)
        #expect(throws: SignatureError.userVerificationMissing) {
            try verify(Signer.ed25519(), demanding: .verification)
        }
    }
}
