import SSHWire
import Testing

@Suite struct `the ssh-agent protocol` {
    private func message(_ frame: [UInt8]) throws -> ArraySlice<UInt8> {
        try #require(try AgentMessage.next(in: frame)).message
    }

    @Test func `asks for keys in one byte`() throws {
        #expect(AgentRequest.identities.bytes == [0, 0, 0, 1, 11])
        #expect(try AgentRequest(parsing: [11]) == .identities)
    }

    @Test func `asks an RSA key for SHA-2, and sets no flag for others`() throws {
        for (key, algorithm, flags) in [
            (Samples.rsa(bits: 2048), SignatureAlgorithm.rsaSHA512, UInt8(4)),
            (Samples.rsa(bits: 2048), .rsaSHA256, 2), (Samples.edwards, .ed25519, 0),
        ] {
            let request = AgentRequest.sign(
                keyBlob: key.blob,
                payload: [1, 2, 3],
                algorithm: algorithm
            )
            #expect(request.bytes.suffix(4) == [0, 0, 0, flags])
            #expect(try AgentRequest(parsing: message(request.bytes)) == request)
        }
    }

    @Test func `never asks for RSA with SHA-1`() {
        let blob = Samples.wire {
            $0.byte(13)
            $0.string(Samples.rsa(bits: 2048).blob)
            $0.string([])
            $0.uint32(0)
        }
        #expect(throws: WireError.self) { try AgentRequest(parsing: blob[...]) }
    }

    @Test func `answers with keys, a signature or a failure`() throws {
        let answers: [AgentAnswer] = [
            .failure, .identities([]),
            .identities([
                AgentIdentity(keyBlob: Samples.edwards.blob, comment: "a"),
                AgentIdentity(keyBlob: try Samples.certificate(), comment: ""),
            ]),
            .signature(try Samples.signature(.ed25519)),
        ]
        for answer in answers {
            #expect(try AgentAnswer(parsing: message(answer.bytes)) == answer)
            #expect(throws: WireError.self) {
                try AgentAnswer(parsing: message(answer.bytes) + [0])
            }
        }
    }

    @Test func `waits for a whole message and leaves the next one alone`() throws {
        let frame = AgentAnswer.failure.bytes
        for count in frame.indices {
            #expect(try AgentMessage.next(in: Array(frame[..<count])) == nil)
        }
        let next = try #require(try AgentMessage.next(in: frame + frame))
        #expect(next.count == frame.count && next.message == [5])
    }

    @Test func `is refused where it announces nothing, too much, or too many`() {
        #expect(throws: WireError.self) { try AgentMessage.next(in: [0, 0, 0, 0]) }
        #expect(throws: WireError.self) { try AgentMessage.next(in: [0, 4, 0, 1]) }
        #expect(throws: Never.self) { try AgentMessage.next(in: [0, 4, 0, 0]) }
        #expect(throws: WireError.self) { try AgentAnswer(parsing: [12, 0, 0, 1, 1]) }
        #expect(throws: WireError.self) { try AgentAnswer(parsing: [99]) }
    }
}
