import SSHWire
import TestSupport
import Testing

@Suite struct `a public key` {
    @Test(
        arguments: [
            ("ed25519", nil), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 2048),
            ("rsa", 3072),
        ] as [(String, Int?)]
    )
    func `is read and written as ssh-keygen writes it`(type: String, bits: Int?) throws {
        let workshop = try KeyWorkshop()
        let text = try workshop.makeKey("key", type: type, bits: bits)
        let line = try PublicKeyLine(parsing: text)

        let key = try PublicKey(parsing: line.blob)

        #expect(key.blob == line.blob)
        #expect(key.type.rawValue == line.algorithm)
        #expect(PublicKeyLine(key, comment: "key").description + "\n" == text)
    }

    @Test func `of every type survives writing and reading`() throws {
        for key in Samples.all {
            #expect(try PublicKey(parsing: key.blob) == key)
        }
        #expect(Set(Samples.all.map(\.type)) == Set(PublicKeyType.allCases))
    }

    @Test(arguments: [("dsa", nil), ("rsa", 1024)] as [(String, Int?)])
    func `that is DSA or short RSA is refused`(type: String, bits: Int?) throws {
        let workshop = try KeyWorkshop()
        let line = try PublicKeyLine(parsing: workshop.makeKey("key", type: type, bits: bits))

        #expect(throws: WireError.self) { try PublicKey(parsing: line.blob) }
    }

    @Test func `of an unknown type is refused by name, control characters escaped`() {
        let blob = Samples.wire { $0.text("ssh-\n") }
        let error = WireError.unsupported(field: "key type", name: "ssh-\n")

        #expect(throws: error) { try PublicKey(parsing: blob) }
        #expect(error.description == #"`key type` `ssh-\n` is not accepted"#)
    }

    @Test func `with bytes behind it, or cut short, is refused`() {
        for key in Samples.all {
            #expect(throws: WireError.trailingBytes(count: 1)) {
                try PublicKey(parsing: key.blob + [0])
            }
            #expect(throws: WireError.self) { try PublicKey(parsing: key.blob.dropLast()) }
        }
    }

    @Test func `in a certificate is not a plain key`() throws {
        let certificate = try Samples.certificate()
        let error = WireError.unsupported(
            field: "key type",
            name: "ssh-ed25519-cert-v01@openssh.com"
        )

        #expect(throws: error) { try PublicKey(parsing: certificate) }
    }
}

@Suite struct `an RSA key` {
    private func blob(exponent: [UInt8], modulus: [UInt8]) -> [UInt8] {
        Samples.wire {
            $0.text("ssh-rsa")
            $0.string(exponent)
            $0.string(modulus)
        }
    }

    @Test func `has from 2048 to 8192 bits, not one fewer and not one more`() throws {
        for bits in [2048, 8192] {
            #expect(try PublicKey(parsing: Samples.rsa(bits: bits).blob).type == .rsa)
        }
        for bits in [2047, 8193] {
            #expect(throws: WireError.self) {
                try PublicKey(parsing: Samples.rsa(bits: bits).blob)
            }
        }
    }

    @Test func `has an odd exponent above one and an odd modulus`() throws {
        let modulus = [0] + Samples.modulus(bits: 2048)
        #expect(try PublicKey(parsing: blob(exponent: [3], modulus: modulus)).type == .rsa)
        for exponent: [UInt8] in [[1], [2], [], [1, 0, 0], [3, 0, 0, 0, 1]] {
            #expect(throws: WireError.self) {
                try PublicKey(parsing: blob(exponent: exponent, modulus: modulus))
            }
        }
        #expect(throws: WireError.self) {
            try PublicKey(parsing: blob(exponent: [3], modulus: modulus.dropLast() + [2]))
        }
    }

    @Test func `has canonical integers only`() throws {
        let modulus = Samples.modulus(bits: 2048)
        #expect(throws: WireError.malformed(field: "exponent", reason: "is negative")) {
            try PublicKey(parsing: blob(exponent: [0x83], modulus: [0] + modulus))
        }
        #expect(
            throws: WireError.malformed(
                field: "exponent",
                reason: "has unnecessary leading zeros"
            )
        ) { try PublicKey(parsing: blob(exponent: [0, 3], modulus: [0] + modulus)) }
        #expect(throws: WireError.malformed(field: "modulus", reason: "is negative")) {
            try PublicKey(parsing: blob(exponent: [3], modulus: modulus))
        }
    }
}

@Suite struct `an elliptic curve key` {
    private func blob(curve: String, point: [UInt8]) -> [UInt8] {
        Samples.wire {
            $0.text("ecdsa-sha2-nistp256")
            $0.text(curve)
            $0.string(point)
        }
    }

    @Test func `names its curve twice alike and has an uncompressed point`() throws {
        let coordinates = Array(repeating: UInt8(3), count: 64)
        #expect(
            try PublicKey(parsing: blob(curve: "nistp256", point: [4] + coordinates))
                == Samples.point(.p256)
        )
        for (curve, point) in [
            ("nistp384", [4] + coordinates), ("nistp256", [2] + coordinates),
            ("nistp256", [2] + coordinates.prefix(32)), ("nistp256", [0]), ("nistp256", []),
        ] {
            #expect(throws: WireError.self) {
                try PublicKey(parsing: blob(curve: curve, point: point))
            }
        }
    }

    @Test func `in a security key is for an application in printable ASCII`() {
        for application in ["", "ssh:\u{0}", "ssh:\n", "ssh:\u{212a}"] {
            let key = PublicKey.securityKeyEd25519(
                Array(repeating: 9, count: 32),
                application: application
            )
            #expect(throws: WireError.self) { try PublicKey(parsing: key.blob) }
        }
    }
}
