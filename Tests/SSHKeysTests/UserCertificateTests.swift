import SSHKeys
import SSHWire
import TestSupport
import Testing

@Suite struct `a client's certificate` {
    private let authority = Ed25519SigningKey.generate()
    private let key = Signer.ed25519().key
    private let peer = IPAddress([10, 1, 2, 3])

    private func verify(
        _ fields: CertificateFields,
        at seconds: UInt64 = Samples.now,
        from peer: IPAddress? = nil
    ) throws -> VerifiedUserCertificate {
        try UserCertificateVerification(
            trustedAuthorities: [authority.publicKey]
        ).verify(
            Samples.certificate(fields, signedBy: authority),
            at: seconds,
            from: peer ?? self.peer
        )
    }

    private func fields(
        options: [CertificateOption] = [],
        extensions: [CertificateOption] = []
    ) -> CertificateFields {
        Samples.fields(of: key, options: options, extensions: extensions, authority: authority)
    }

    @Test func `tells who, by whom and until when`() throws {
        let verified = try verify(fields())
        #expect(verified.publicKey == key && verified.authority == authority.publicKey)
        #expect(verified.validPrincipals == ["alice"] && verified.keyID == "alice's laptop")
        #expect(verified.serial == 7 && verified.validBefore == Samples.now + 10)
    }

    @Test func `is valid from its first second to the one before its end`() throws {
        for offset: UInt64 in [0, 19] {
            _ = try verify(fields(), at: Samples.now - 10 + offset)
        }
        #expect(throws: CertificateError.notYetValid(validAfter: Samples.now - 10)) {
            try verify(fields(), at: Samples.now - 11)
        }
        #expect(throws: CertificateError.expired(validBefore: Samples.now + 10)) {
            try verify(fields(), at: Samples.now + 10)
        }
    }

    @Test func `by an authority that is not trusted is refused`() throws {
        let other = Ed25519SigningKey.generate()
        let certificate = try Samples.certificate(
            Samples.fields(of: key, authority: other),
            signedBy: other
        )
        let verification = UserCertificateVerification(
            trustedAuthorities: [authority.publicKey]
        )
        #expect(throws: CertificateError.authorityNotTrusted(Fingerprint(of: other.publicKey))) {
            try verification.verify(certificate, at: Samples.now, from: peer)
        }
    }

    @Test func `with the authority's name and another's signature is refused`() throws {
        let certificate = try Samples.certificate(
            fields(),
            signedBy: Ed25519SigningKey.generate()
        )
        let verification = UserCertificateVerification(
            trustedAuthorities: [authority.publicKey]
        )
        #expect(throws: CertificateError.signature(.mismatch)) {
            try verification.verify(certificate, at: Samples.now, from: peer)
        }
    }

    @Test func `by an authority that is itself a certificate is refused`() throws {
        // Signed by the authority for a user, who signs for another one and shows that as its authority.
        let user = Ed25519SigningKey.generate()
        let chain = try Samples.certificate(
            Samples.fields(of: user.publicKey, authority: authority),
            signedBy: authority
        ).blob
        let plain = try Samples.certificate(
            Samples.fields(of: key, authority: user),
            signedBy: user
        )
        let signed = Array(plain.signedBytes)
        let tail = user.publicKeyBlob.count + 4
        var writer = WireWriter()
        writer.raw(signed.dropLast(tail))
        writer.string(chain)
        let forged = Certificate.blob(
            toBeSigned: writer.bytes,
            signature: try user.signatureBlob(over: writer.bytes[...])
        )

        // The plain one is read, so that it is the authority alone that is refused.
        #expect(try Certificate(parsing: plain.blob) == plain)
        #expect(throws: WireError.self) { try Certificate(parsing: forged) }
        let verification = UserCertificateVerification(
            trustedAuthorities: [authority.publicKey]
        )
        #expect(throws: CertificateError.authorityNotTrusted(Fingerprint(of: user.publicKey))) {
            try verification.verify(plain, at: Samples.now, from: peer)
        }
    }

    @Test func `with any byte changed is refused`() throws {
        let blob = try Samples.certificate(fields(), signedBy: authority).blob
        let verification = UserCertificateVerification(
            trustedAuthorities: [authority.publicKey]
        )
        for index in blob.indices {
            var wrong = blob
            wrong[index] ^= 1
            #expect(throws: (any Error).self, "byte \(index)") {
                try verification.verify(
                    Certificate(parsing: wrong),
                    at: Samples.now,
                    from: peer
                )
            }
        }
    }

    @Test func `that is a host's, or names nobody, is refused`() throws {
        var host = fields()
        host.type = .host
        #expect(throws: CertificateError.wrongType(.host)) { try verify(host) }
        var nobody = fields()
        nobody.validPrincipals = []
        #expect(throws: CertificateError.noPrincipals) { try verify(nobody) }
    }

    @Test func `is used from its source addresses only`() throws {
        let option = CertificateOption(
            name: "source-address",
            value: Array("192.0.2.7,10.1.0.0/16".utf8)
        )
        let restrictions = try verify(fields(options: [option])).restrictions
        #expect(restrictions.sourceAddresses?.count == 2)
        let mapped = try IPAddress(parsing: "::ffff:10.1.2.3")
        #expect(throws: Never.self) { try verify(fields(options: [option]), from: mapped) }
        let outside = IPAddress([10, 2, 0, 0])
        #expect(throws: CertificateError.sourceAddressExcluded(outside)) {
            try verify(fields(options: [option]), from: outside)
        }
    }

    @Test(arguments: ["", "10.1.0.0/8", "10.1.2.3,", "*"])
    func `with a source address that nobody understands is refused`(text: String) {
        let option = CertificateOption(name: "source-address", value: Array(text.utf8))
        #expect(throws: CertificateError.self) { try verify(fields(options: [option])) }
    }

    @Test func `hands over its forced command, which is never empty`() throws {
        let command = CertificateOption(name: "force-command", value: Array("ls".utf8))
        #expect(
            try verify(fields(options: [command])).restrictions.forceCommand == Array("ls".utf8)
        )
        #expect(try verify(fields()).restrictions.forceCommand == nil)
        for wrong in [
            CertificateOption(name: "force-command", value: []),
            CertificateOption(name: "force-command", value: [97, 0]),
            CertificateOption(flag: "force-command"),
        ] {
            #expect(throws: CertificateError.self) { try verify(fields(options: [wrong])) }
        }
    }

    @Test func `with an unknown critical option is refused, with an unknown extension not`() throws
    {
        let unknown = CertificateOption(flag: "x@example.org")
        #expect(throws: CertificateError.unknownCriticalOption("x@example.org")) {
            try verify(fields(options: [unknown]))
        }
        #expect(throws: Never.self) { try verify(fields(extensions: [unknown])) }
    }

    @Test func `permits what its extensions permit`() throws {
        #expect(try !verify(fields()).restrictions.permitsTerminal)
        let terminal = CertificateOption(flag: "permit-pty")
        #expect(try verify(fields(extensions: [terminal])).restrictions.permitsTerminal)
        let odd = CertificateOption(name: "permit-pty", value: [1])
        #expect(throws: CertificateError.self) { try verify(fields(extensions: [odd])) }
    }

    @Test func `demands a touch unless it says otherwise, and a PIN if it says so`() throws {
        let noTouch = CertificateOption(flag: "no-touch-required")
        let verifyRequired = CertificateOption(flag: "verify-required")
        #expect(try verify(fields()).restrictions.gesture == .presence)
        #expect(try verify(fields(extensions: [noTouch])).restrictions.gesture == .none)
        let both = fields(options: [verifyRequired], extensions: [noTouch])
        #expect(try verify(both).restrictions.gesture == .verification)
        let odd = CertificateOption(name: "verify-required", value: [])
        #expect(throws: CertificateError.self) { try verify(fields(options: [odd])) }
    }
}

@Suite struct `a certificate that ssh-keygen signed` {
    /// Every type that `ssh-keygen` makes, and security keys, of which it needs the public half.
    @Test func `is verified for every type of key and authority`() throws {
        let workshop = try KeyWorkshop()
        let authorities = [("ed25519", nil), ("ecdsa", 521), ("rsa", 2048)] as [(String, Int?)]
        for (type, bits) in authorities {
            let authority = try PublicKey(
                parsing: PublicKeyLine(
                    parsing: workshop.makeKey("ca-\(type)", type: type, bits: bits)
                ).blob
            )
            let verification = UserCertificateVerification(
                trustedAuthorities: [authority]
            )
            for signer in try Signer.all() {
                try workshop.write(PublicKeyLine(signer.key).description + "\n", to: "k.pub")
                try workshop.keygen(
                    "-q",
                    "-s",
                    "ca-\(type)",
                    "-I",
                    "id",
                    "-n",
                    "alice",
                    "-z",
                    "5",
                    "k.pub"
                )
                let line = try PublicKeyLine(parsing: workshop.read("k-cert.pub"))
                let verified = try verification.verify(
                    Certificate(parsing: line.blob),
                    at: Samples.now,
                    from: IPAddress([127, 0, 0, 1])
                )
                #expect(verified.publicKey == signer.key && verified.serial == 5)
                #expect(verified.restrictions.permitsTerminal)
                #expect(line.algorithm == signer.key.type.certificateName)
            }
        }
    }
}
