import SSHWire
import TestSupport
import Testing

/// A reader traps on nothing, and what it does take has one encoding only.
@Suite struct `any reader, given neighbours of what it takes,` {
    private static let rounds = 4000

    private func each(
        of samples: [[UInt8]],
        seed: UInt64,
        _ body: ([UInt8]) -> Void
    ) {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<Self.rounds {
            body(generator.mutation(of: samples[round % samples.count]))
        }
    }

    @Test func `reads a key or refuses it`() {
        each(of: Samples.all.map(\.blob), seed: 1) { bytes in
            guard let key = succeeding({ try PublicKey(parsing: bytes) }) else { return }
            #expect(key.blob == bytes)
        }
    }

    @Test func `reads a signature or refuses it`() throws {
        let samples = try SignatureAlgorithm.allCases.map { try Samples.signature($0).bytes }
        each(of: samples, seed: 2) { bytes in
            guard let signature = succeeding({ try SignatureBlob(parsing: bytes) }) else { return }
            #expect(signature.bytes == bytes)
        }
    }

    @Test func `reads a certificate or refuses it`() throws {
        let samples = try Samples.all.map { try Samples.certificate(Samples.fields(key: $0)) }
        each(of: samples, seed: 3) { bytes in
            guard let certificate = succeeding({ try Certificate(parsing: bytes) }) else { return }
            let toBeSigned = certificate.fields.toBeSigned
            #expect(Array(certificate.signedBytes) == toBeSigned)
            #expect(
                Certificate.blob(toBeSigned: toBeSigned, signature: certificate.signature) == bytes
            )
        }
    }

    @Test func `reads what a client signs or refuses it`() {
        let sample = UserAuthenticationRequest(
            sessionIdentifier: Array(0..<32),
            user: "deploy@web1",
            algorithm: AuthenticationAlgorithm(.rsaSHA512, isCertificate: true),
            keyBlob: Samples.edwards.blob
        )
        each(of: [sample.bytes], seed: 4) { bytes in
            guard let request = succeeding({ try UserAuthenticationRequest(parsing: bytes) }) else {
                return
            }
            #expect(request.bytes == bytes)
        }
    }

    @Test func `reads an agent's message or refuses it`() throws {
        let signature = try Samples.signature(.rsaSHA512)
        let identity = AgentIdentity(keyBlob: Samples.edwards.blob, comment: "c")
        let key = Samples.rsa(bits: 2048).blob
        let samples = [
            AgentRequest.identities.bytes,
            AgentRequest.sign(keyBlob: key, payload: [1], algorithm: .rsaSHA512).bytes,
            AgentAnswer.identities([identity, identity]).bytes,
            AgentAnswer.signature(signature).bytes,
        ]
        each(of: samples, seed: 5) { bytes in
            guard let next = succeeding({ try AgentMessage.next(in: bytes) }) ?? nil else { return }
            if let request = succeeding({ try AgentRequest(parsing: next.message) }) {
                #expect(request.bytes == Array(bytes[..<next.count]))
            }
            if case .signature(let signature)? = succeeding({
                try AgentAnswer(parsing: next.message)
            }) {
                #expect(AgentAnswer.signature(signature).bytes == Array(bytes[..<next.count]))
            }
        }
    }

    @Test func `reads a private key file or refuses it`() {
        let file = PrivateKeyFile(
            seed: Array(0..<32),
            publicKey: Array(32..<64),
            comment: "key"
        )
        let text = file.text(checkInteger: 9)
        each(of: [Array(text.utf8)], seed: 6) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            _ = succeeding { try PrivateKeyFile(parsing: text) }
        }
        let lines = text.split(separator: "\n")
        let inner = Base64.decode(lines[1..<(lines.count - 1)].joined()) ?? []
        each(of: [inner], seed: 7) { bytes in
            let text = [String(lines[0]), Base64.encode(bytes), String(lines[lines.count - 1])]
            let read = succeeding { try PrivateKeyFile(parsing: text.joined(separator: "\n")) }
            #expect(read == nil || read?.seed.count == 32)
        }
    }

    @Test func `reads a public key line or refuses it`() {
        let line = PublicKeyLine(Samples.edwards, comment: "a b").description
        each(of: [Array(line.utf8)], seed: 8) { bytes in
            _ = succeeding { try PublicKeyLine(parsing: String(decoding: bytes, as: UTF8.self)) }
        }
    }

    @Test func `reads addresses or refuses them`() {
        let samples = [
            "10.0.0.0/8,192.0.2.7", "2001:db8::/32,::ffff:10.0.0.1,::1", "64:ff9b::1.2.3.4",
        ]
        each(of: samples.map { Array($0.utf8) }, seed: 9) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard let ranges = succeeding({ try AddressRange.list(parsing: text) }) else { return }
            let form = ranges.map(\.description).joined(separator: ",")
            #expect(succeeding { try AddressRange.list(parsing: form) } == ranges)
        }
    }

    /// The value, or nil where the reader refused.
    private func succeeding<Value>(_ read: () throws -> Value) -> Value? {
        do {
            return try read()
        } catch {
            return nil
        }
    }
}
