import SSHWire
import Testing

@Suite struct `the bytes that a client signs` {
    private let request = UserAuthenticationRequest(
        sessionIdentifier: Array(repeating: 0xaa, count: 32),
        user: "deploy@web1",
        algorithm: AuthenticationAlgorithm(.ed25519, isCertificate: false),
        keyBlob: Samples.edwards.blob
    )

    @Test func `are those of RFC 4252, field by field`() throws {
        let expected = Samples.wire {
            $0.string(Array(repeating: 0xaa, count: 32))
            $0.byte(50)
            $0.text("deploy@web1")
            $0.text("ssh-connection")
            $0.text("publickey")
            $0.boolean(true)
            $0.text("ssh-ed25519")
            $0.string(Samples.edwards.blob)
        }
        #expect(request.bytes == expected)
        #expect(try UserAuthenticationRequest(parsing: expected) == request)
    }

    @Test func `are refused with any fixed byte changed`() throws {
        let bytes = request.bytes
        let fixed = [36] + Array(52..<(52 + 18 + 13 + 1))
        for index in fixed {
            var wrong = bytes
            wrong[index] ^= 2
            #expect(throws: WireError.self) { try UserAuthenticationRequest(parsing: wrong) }
        }
    }

    @Test func `are refused with bytes behind them, or cut short`() {
        let bytes = request.bytes
        #expect(throws: WireError.trailingBytes(count: 1)) {
            try UserAuthenticationRequest(parsing: bytes + [0])
        }
        for count in bytes.indices {
            #expect(throws: WireError.self) {
                try UserAuthenticationRequest(parsing: Array(bytes[..<count]))
            }
        }
    }

    @Test func `hold a session identifier of at most 64 bytes`() throws {
        for (count, isRead) in [(64, true), (65, false)] {
            let bytes = UserAuthenticationRequest(
                sessionIdentifier: Array(repeating: 1, count: count),
                user: "a",
                algorithm: AuthenticationAlgorithm(.rsaSHA512, isCertificate: true),
                keyBlob: []
            ).bytes
            if isRead {
                #expect(try UserAuthenticationRequest(parsing: bytes).user == "a")
            } else {
                #expect(throws: WireError.self) { try UserAuthenticationRequest(parsing: bytes) }
            }
        }
    }
}
