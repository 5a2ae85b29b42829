import TestSupport
import Testing

@testable import SSHWire

@Suite struct `a limit of the wire` {
    private static let readable = [
        LimitCase("the exponent of an RSA key in bits", PublicKey.maximumExponentBits) { bits in
            let top: UInt8 = 1 << UInt8((bits - 1) % 8)
            let exponent = [top] + [UInt8](repeating: 0, count: (bits - 1) / 8 - 1) + [1]
            _ = try PublicKey(
                parsing: PublicKey.rsa(exponent: exponent, modulus: Samples.modulus(bits: 2048))
                    .blob
            )
        },
        LimitCase("the application of a security key", PublicKey.maximumApplicationBytes) {
            let key = PublicKey.securityKeyEd25519(
                [UInt8](repeating: 9, count: 32),
                application: String(repeating: "a", count: $0)
            )
            _ = try PublicKey(parsing: key.blob)
        },
        LimitCase("a key in a line", PublicKeyLine.maximumBlobBytes) { count in
            let blob = Samples.wire {
                $0.text("x")
                $0.raw([UInt8](repeating: 0, count: count - 5))
            }
            _ = try PublicKeyLine(parsing: "x \(Base64.encode(blob))")
        },
        LimitCase("a nonce", CertificateFields.maximumNonceBytes) { count in
            try read { $0.nonce = [UInt8](repeating: 1, count: count) }
        },
        LimitCase("a key id", CertificateFields.maximumKeyIDBytes) { count in
            try read { $0.keyID = String(repeating: "k", count: count) }
        },
        LimitCase("a principal", CertificateFields.maximumPrincipalBytes) { count in
            try read { $0.validPrincipals = [String(repeating: "p", count: count)] }
        },
        LimitCase("all principals", CertificateFields.maximumPrincipalListBytes) { count in
            // 255 names of 60 bytes, and one that makes the sum.
            let names = (0..<255).map { "p\(1000 + $0)" + String(repeating: "p", count: 55) }
            let last = String(repeating: "q", count: count - 255 * 64 - 4)
            try read { $0.validPrincipals = names + [last] }
        },
        LimitCase("critical options", CertificateFields.maximumCriticalOptionBytes) { count in
            try read { $0.criticalOptions = [option(bytes: count)] }
        },
        LimitCase("extensions", CertificateFields.maximumExtensionBytes) { count in
            try read { $0.extensions = [option(bytes: count)] }
        },
        LimitCase("the name of an option", CertificateOption.maximumNameBytes) { count in
            try read {
                $0.extensions = [CertificateOption(flag: String(repeating: "o", count: count))]
            }
        },
        LimitCase("the comment of a private key", PrivateKeyFile.maximumCommentBytes) {
            let file = PrivateKeyFile(
                seed: [UInt8](repeating: 1, count: 32),
                publicKey: [UInt8](repeating: 2, count: 32),
                comment: String(repeating: "c", count: $0)
            )
            _ = try PrivateKeyFile(parsing: file.text(checkInteger: 1))
        },
        LimitCase("a private key file", PrivateKeyFile.maximumTextBytes) {
            let file = PrivateKeyFile(
                seed: [UInt8](repeating: 1, count: 32),
                publicKey: [UInt8](repeating: 2, count: 32),
                comment: ""
            )
            let text = file.text(checkInteger: 1)
            let lines = String(repeating: "\n", count: $0 - text.utf8.count)
            _ = try PrivateKeyFile(parsing: text + lines)
        },
        LimitCase("a user name", UserAuthenticationRequest.maximumUserBytes) {
            let request = UserAuthenticationRequest(
                sessionIdentifier: [UInt8](repeating: 1, count: 32),
                user: String(repeating: "u", count: $0),
                algorithm: AuthenticationAlgorithm(.ed25519, isCertificate: false),
                keyBlob: []
            )
            _ = try UserAuthenticationRequest(parsing: request.bytes)
        },
        LimitCase("keys of an agent", AgentMessage.maximumIdentities) {
            try readAnswer([AgentIdentity](repeating: .init(keyBlob: [], comment: ""), count: $0))
        },
        LimitCase("the comment of an agent's key", AgentMessage.maximumCommentBytes) {
            try readAnswer([.init(keyBlob: [], comment: String(repeating: "c", count: $0))])
        },
    ]

    /// No real one reaches the limit, so what is that long is refused for what it holds.
    private static let unreachable = [
        LimitCase("a public key", PublicKey.maximumBlobBytes) {
            _ = try PublicKey(parsing: [UInt8](repeating: 0, count: $0))
        },
        LimitCase("a certificate", Certificate.maximumBytes) {
            _ = try Certificate(parsing: [UInt8](repeating: 0, count: $0))
        },
        LimitCase("the name of an algorithm", SignatureAlgorithm.maximumNameBytes) { count in
            _ = try PublicKey(
                parsing: Samples.wire { $0.text(String(repeating: "a", count: count)) }
            )
        },
        LimitCase("a signature", SignatureBlob.maximumBytes) { count in
            let blob = Samples.wire {
                $0.text("rsa-sha2-512")
                $0.string([UInt8](repeating: 1, count: count))
            }
            _ = try SignatureBlob(parsing: blob)
        },
    ]

    @Test(arguments: readable)
    func `is what is read, and one above is refused by it`(_ limit: LimitCase) throws {
        #expect(throws: Never.self) { try limit.take(limit.limit) }
        let error = #expect(throws: (any Error).self) { try limit.take(limit.limit + 1) }
        #expect(error.map { "\($0)".contains("exceeds the limit") } == true)
    }

    @Test(arguments: unreachable)
    func `refuses what is one above before it is looked at`(_ limit: LimitCase) throws {
        func isTooLong(_ count: Int) -> Bool {
            do {
                try limit.take(count)
                return false
            } catch {
                guard case WireError.tooLong(_, limit.limit) = error else { return false }
                return true
            }
        }
        #expect(!isTooLong(limit.limit))
        #expect(isTooLong(limit.limit + 1))
    }

    private static func read(_ change: (inout CertificateFields) -> Void) throws {
        var fields = Samples.fields()
        change(&fields)
        _ = try Certificate(parsing: Samples.certificate(fields))
    }

    private static func readAnswer(_ identities: [AgentIdentity]) throws {
        let frame = AgentAnswer.identities(identities).bytes
        _ = try AgentAnswer(parsing: frame.dropFirst(4))
    }

    /// One that takes so many bytes of a certificate.
    private static func option(bytes: Int) -> CertificateOption {
        CertificateOption(name: "o", value: [UInt8](repeating: 1, count: bytes - 4 - 1 - 4 - 4))
    }
}
