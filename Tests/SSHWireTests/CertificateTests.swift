import SSHWire
import TestSupport
import Testing

@Suite struct `a certificate` {
    @Test func `over every type of key and by every type survives writing and reading`() throws {
        for key in Samples.all {
            for authority in Samples.all {
                let fields = Samples.fields(key: key, authority: authority)
                let certificate = try Certificate(parsing: Samples.certificate(fields))

                #expect(certificate.fields == fields)
                #expect(Array(certificate.signedBytes) == fields.toBeSigned)
            }
        }
    }

    @Test(
        arguments: [
            ("ed25519", nil), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 2048),
        ] as [(String, Int?)]
    )
    func `by ssh-keygen is read with all its fields`(type: String, bits: Int?) throws {
        let workshop = try KeyWorkshop()
        let key = try PublicKeyLine(parsing: workshop.makeKey("user", type: type, bits: bits))
        let authority = try PublicKeyLine(parsing: workshop.makeKey("ca"))
        try workshop.keygen(
            "-q",
            "-s",
            "ca",
            "-I",
            "somebody",
            "-n",
            "alice,bob",
            "-z",
            "18446744073709551615",
            "-V",
            "20260102030405Z:20260102040405Z",
            "-O",
            "clear",
            "-O",
            "permit-pty",
            "-O",
            "force-command=ls -l",
            "-O",
            "source-address=10.0.0.0/8,::1",
            "-O",
            "extension:login@example.org=octo",
            "-O",
            "verify-required",
            "user.pub"
        )
        let line = try PublicKeyLine(parsing: workshop.read("user-cert.pub"))

        let fields = try Certificate(parsing: line.blob).fields

        #expect(fields.publicKey.blob == key.blob)
        #expect(fields.signatureKey.blob == authority.blob)
        #expect(fields.nonce.count == 32 && fields.type == .user)
        #expect(fields.serial == .max && fields.keyID == "somebody")
        #expect(fields.validPrincipals == ["alice", "bob"])
        #expect(fields.validAfter == 1_767_323_045 && fields.validBefore == 1_767_326_645)
        #expect(
            fields.criticalOptions == [
                CertificateOption(name: "force-command", value: Array("ls -l".utf8)),
                CertificateOption(name: "source-address", value: Array("10.0.0.0/8,::1".utf8)),
                CertificateOption(flag: "verify-required"),
            ]
        )
        #expect(
            fields.extensions == [
                CertificateOption(name: "login@example.org", value: Array("octo".utf8)),
                CertificateOption(flag: "permit-pty"),
            ]
        )
    }

    @Test func `with bytes behind it, or cut short anywhere, is refused`() throws {
        let blob = try Samples.certificate()
        #expect(throws: WireError.trailingBytes(count: 1)) {
            try Certificate(parsing: blob + [0])
        }
        for count in blob.indices {
            #expect(throws: WireError.self) { try Certificate(parsing: Array(blob[..<count])) }
        }
    }

    @Test func `signed by a certificate is refused`() throws {
        let nested = Samples.fields().toBeSigned.dropLast(4 + Samples.edwards.blob.count)
        let blob = Samples.wire {
            $0.raw(nested)
            $0.string(Samples.fields().toBeSigned)
            $0.string(Array("signature".utf8))
        }
        let name = "ssh-ed25519-cert-v01@openssh.com"
        #expect(throws: WireError.unsupported(field: "key type", name: name)) {
            try Certificate(parsing: blob)
        }
    }

    @Test func `signed with RSA and SHA-1 is refused, with SHA-256 and SHA-512 it is read`() throws
    {
        let workshop = try KeyWorkshop()
        _ = try workshop.makeKey("ca", type: "rsa", bits: 2048)
        for algorithm in ["rsa-sha2-256", "rsa-sha2-512", "ssh-rsa"] {
            _ = try workshop.makeKey(algorithm)
            try workshop.keygen(
                "-q",
                "-s",
                "ca",
                "-t",
                algorithm,
                "-I",
                "x",
                "-n",
                "a",
                "\(algorithm).pub"
            )
            let line = try PublicKeyLine(parsing: workshop.read("\(algorithm)-cert.pub"))
            if algorithm == "ssh-rsa" {
                #expect(
                    throws: WireError.unsupported(field: "signature algorithm", name: "ssh-rsa")
                ) { try Certificate(parsing: line.blob) }
            } else {
                let signature = try Certificate(parsing: line.blob).signature
                #expect(signature.algorithm.rawValue == algorithm)
            }
        }
    }

    @Test func `signed by an algorithm of another key type is refused`() throws {
        let signature = try Samples.signature(.ecdsaP256)
        let blob = Certificate.blob(
            toBeSigned: Samples.fields().toBeSigned,
            signature: signature
        )
        #expect(throws: WireError.self) { try Certificate(parsing: blob) }
    }

    @Test func `that is neither a user's nor a host's is refused`() throws {
        var blob = try Samples.certificate()
        // Type name, nonce, key and serial stand before the type, whose last byte this is.
        let index = 4 + 32 + 4 + 32 + 4 + 32 + 8 + 3
        #expect(blob[index] == 1)
        blob[index] = 3
        #expect(
            throws: WireError.malformed(field: "type", reason: "is 3, neither user nor host")
        ) { try Certificate(parsing: blob) }
    }
}

@Suite struct `the lists of a certificate` {
    private func parse(_ fields: CertificateFields) throws -> Certificate {
        try Certificate(parsing: Samples.certificate(fields))
    }

    @Test func `are options in ascending order, none twice`() throws {
        let (a, b) = (CertificateOption(flag: "a"), CertificateOption(flag: "b"))
        #expect(throws: Never.self) { try parse(Samples.fields(options: [a, b])) }
        #expect(throws: Never.self) { try parse(Samples.fields(extensions: [a, b])) }
        for wrong in [[b, a], [a, a]] {
            #expect(throws: WireError.self) { try parse(Samples.fields(options: wrong)) }
            #expect(throws: WireError.self) { try parse(Samples.fields(extensions: wrong)) }
        }
    }

    @Test func `have names in printable ASCII`() throws {
        for name in ["", "a\u{0}b", "a\nb", "\u{212a}"] {
            #expect(throws: WireError.self) { try parse(Samples.fields(principals: [name])) }
            #expect(throws: WireError.self) {
                try parse(Samples.fields(options: [CertificateOption(flag: name)]))
            }
        }
    }

    @Test func `may name no principal, and none twice`() throws {
        #expect(try parse(Samples.fields(principals: [])).fields.validPrincipals.isEmpty)
        #expect(throws: WireError.self) { try parse(Samples.fields(principals: ["a", "a"])) }
    }

    @Test func `end at 256 principals and 64 options`() throws {
        let names = (0..<257).map { "p\(1000 + $0)" }
        #expect(throws: Never.self) { try parse(Samples.fields(principals: names.dropLast())) }
        #expect(throws: WireError.self) { try parse(Samples.fields(principals: names)) }
        let flags = names.prefix(65).map { CertificateOption(flag: $0) }
        #expect(throws: Never.self) { try parse(Samples.fields(options: flags.dropLast())) }
        #expect(throws: WireError.self) { try parse(Samples.fields(options: flags)) }
    }

    @Test func `hold values that are one string, or nothing`() throws {
        let value = CertificateOption(name: "n", value: [1, 2])
        #expect(try value.value() == [1, 2])
        #expect(throws: WireError.self) { try value.requireFlag() }
        #expect(throws: Never.self) { try CertificateOption(flag: "n").requireFlag() }
        #expect(throws: WireError.self) { try CertificateOption(flag: "n").value() }
    }
}
