import SSHKeys
import SSHWire
import TestSupport
import Testing

@Suite struct `a host certificate` {
    @Test func `by ssh-keygen proves the key of a name until its end`() throws {
        let workshop = try KeyWorkshop()
        let authority = try PublicKeyLine(parsing: workshop.makeKey("ca"))
        let host = try PublicKeyLine(parsing: workshop.makeKey("host"))
        try workshop.keygen(
            "-q",
            "-s",
            "ca",
            "-h",
            "-I",
            "web1",
            "-n",
            "web1.example.org,web1",
            "-V",
            "20260102030405Z:20260102040405Z",
            "host.pub"
        )
        let line = try PublicKeyLine(parsing: workshop.read("host-cert.pub"))
        let certificate = try Certificate(parsing: line.blob)
        let verification = HostCertificateVerification(
            trustedAuthorities: [try PublicKey(parsing: authority.blob)],
            revokedKeys: []
        )

        let verified = try verification.verify(certificate, name: "web1", at: 1_767_323_046)

        #expect(verified.publicKey.blob == host.blob)
        #expect(verified.validBefore == 1_767_326_645)
        for name in ["web2", "web1.example.com", "Web1", "*", "", "web1,web1.example.org"] {
            #expect(throws: CertificateError.nameNotCovered(name)) {
                try verification.verify(certificate, name: name, at: 1_767_323_046)
            }
        }
        #expect(throws: CertificateError.expired(validBefore: 1_767_326_645)) {
            try verification.verify(certificate, name: "web1", at: 1_767_326_645)
        }
    }

    @Test func `whose key or authority is revoked is refused`() throws {
        let (authority, host) = (Ed25519SigningKey.generate(), Ed25519SigningKey.generate())
        let certificate = try Samples.certificate(
            Samples.fields(of: host.publicKey, type: .host, authority: authority),
            signedBy: authority
        )
        func verify(revoking keys: Set<PublicKey>) throws {
            let verification = HostCertificateVerification(
                trustedAuthorities: [authority.publicKey],
                revokedKeys: keys
            )
            _ = try verification.verify(certificate, name: "alice", at: Samples.now)
        }
        try verify(revoking: [Ed25519SigningKey.generate().publicKey])
        #expect(throws: CertificateError.keyRevoked(Fingerprint(of: host.publicKey))) {
            try verify(revoking: [host.publicKey])
        }
        #expect(throws: CertificateError.authorityRevoked(Fingerprint(of: authority.publicKey))) {
            try verify(revoking: [authority.publicKey])
        }
    }

    @Test func `that is a user's, a pattern's or has a critical option is refused`() throws {
        let authority = Ed25519SigningKey.generate()
        let verification = HostCertificateVerification(
            trustedAuthorities: [authority.publicKey],
            revokedKeys: []
        )
        func verify(_ fields: CertificateFields) throws {
            _ = try verification.verify(
                Samples.certificate(fields, signedBy: authority),
                name: "web1",
                at: Samples.now
            )
        }
        let host = Samples.fields(
            of: Signer.p256().key,
            type: .host,
            principals: ["web1"],
            authority: authority
        )
        try verify(host)
        var wrong = host
        wrong.type = .user
        #expect(throws: CertificateError.wrongType(.user)) { try verify(wrong) }
        wrong = host
        wrong.validPrincipals = ["web*"]
        #expect(throws: CertificateError.nameNotCovered("web1")) { try verify(wrong) }
        wrong = host
        wrong.validPrincipals = []
        #expect(throws: CertificateError.noPrincipals) { try verify(wrong) }
        wrong = host
        wrong.criticalOptions = [CertificateOption(flag: "verify-required")]
        #expect(throws: CertificateError.unknownCriticalOption("verify-required")) {
            try verify(wrong)
        }
    }
}
