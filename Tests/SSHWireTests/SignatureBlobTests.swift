import SSHWire
import Testing

@Suite struct `a signature blob` {
    @Test func `of every algorithm survives writing and reading`() throws {
        for algorithm in SignatureAlgorithm.allCases {
            let signature = try Samples.signature(algorithm)
            #expect(try SignatureBlob(parsing: signature.bytes) == signature)
        }
    }

    @Test func `by RSA with SHA-1 is refused`() {
        let blob = Samples.wire {
            $0.text("ssh-rsa")
            $0.string(Array(repeating: 1, count: 256))
        }
        #expect(throws: WireError.unsupported(field: "signature algorithm", name: "ssh-rsa")) {
            try SignatureBlob(parsing: blob)
        }
    }

    @Test func `keeps small halves of ECDSA apart`() throws {
        let blob = Samples.wire {
            $0.text("ecdsa-sha2-nistp256")
            $0.string([0, 0, 0, 1, 5, 0, 0, 0, 2, 0, 0x80])
        }
        let value = try SignatureBlob(parsing: blob).value
        #expect(value[31] == 5 && value[63] == 0x80 && value.count { $0 != 0 } == 2)
    }

    @Test func `with a zero, negative or too wide half is refused`() {
        let wide: [UInt8] = [0, 0, 0, 33] + Array(repeating: 1, count: 33)
        for half: [UInt8] in [
            [0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 0x80], [0, 0, 0, 2, 0, 1], wide,
        ] {
            let blob = Samples.wire {
                $0.text("ecdsa-sha2-nistp256")
                $0.string([0, 0, 0, 1, 5] + half)
            }
            #expect(throws: WireError.self) { try SignatureBlob(parsing: blob) }
        }
        #expect(throws: WireError.self) {
            try SignatureBlob(.ecdsaP256, value: Array(repeating: 0, count: 64))
        }
    }

    @Test func `has the length of its algorithm`() throws {
        for count in [63, 65] {
            #expect(throws: WireError.self) {
                try SignatureBlob(.ed25519, value: Array(repeating: 1, count: count))
            }
        }
    }

    @Test func `has flags and counter exactly when a security key made it`() throws {
        let plain = try Samples.signature(.ed25519).bytes
        #expect(throws: WireError.trailingBytes(count: 5)) {
            try SignatureBlob(parsing: plain + [1, 0, 0, 0, 1])
        }
        let attested = try Samples.signature(.securityKeyEd25519).bytes
        #expect(throws: WireError.truncated(field: "flags")) {
            try SignatureBlob(parsing: attested.dropLast(5))
        }
    }
}

@Suite struct `an authentication algorithm` {
    @Test func `has one name, which says whether a certificate is meant`() throws {
        for signature in SignatureAlgorithm.allCases {
            for isCertificate in [false, true] {
                let algorithm = AuthenticationAlgorithm(signature, isCertificate: isCertificate)
                #expect(try AuthenticationAlgorithm(parsing: algorithm.name) == algorithm)
                #expect(algorithm.name.contains("-cert-v01@openssh.com") == isCertificate)
            }
        }
    }

    @Test(arguments: ["ssh-rsa", "ssh-rsa-cert-v01@openssh.com", "ssh-dss", "", "SSH-ED25519"])
    func `that is weak or unknown is refused`(name: String) {
        #expect(throws: WireError.unsupported(field: "public key algorithm", name: name)) {
            try AuthenticationAlgorithm(parsing: name)
        }
    }
}
