import Foundation
import SSHKeys
import SSHWire
import TestSupport
import Testing

@Suite struct `an issued certificate` {
    private let authority = Ed25519SigningKey.generate()

    private func issue(_ request: UserCertificateRequest) throws -> [UInt8] {
        let unsigned = CertificateIssuer(authority: authority.publicKey).prepare(request)
        return try unsigned.sealed(with: authority.signatureBlob(over: unsigned.toBeSigned[...]))
    }

    /// The lines that `ssh-keygen -L` prints, without the file name and blanks at both ends.
    private func shown(_ blob: [UInt8]) throws -> [String] {
        let workshop = try KeyWorkshop()
        let name = "ssh-ed25519-cert-v01@openssh.com"
        try workshop.write("\(name) \(Base64.encode(blob))\n", to: "cert.pub")
        return try workshop.keygen("-L", "-f", "cert.pub")
            .split(separator: "\n").dropFirst()
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test func `says to ssh-keygen what was asked for, and nothing else`() throws {
        let request = try Samples.request(permitsTerminal: true)
        let subject = Fingerprint(of: .ed25519(request.publicKey))
        let signer = Fingerprint(of: authority.publicKey)

        #expect(
            try shown(issue(request)) == [
                "Type: ssh-ed25519-cert-v01@openssh.com user certificate",
                "Public key: ED25519-CERT \(subject)",
                "Signing CA: ED25519 \(signer) (using ssh-ed25519)",
                "Key ID: \"\(request.keyID.text)\"",
                "Serial: 281474976710663",
                "Valid: from 2027-01-15T07:59:30 to 2027-01-15T08:01:00",
                "Principals:",
                "deploy@web1",
                "Critical Options:",
                "force-command uptime",
                "source-address 10.0.0.1/32,2001:db8::/32",
                "Extensions:",
                "permit-pty",
            ]
        )
    }

    @Test func `permits nothing unless it is for a terminal`() throws {
        let lines = try shown(issue(Samples.request(permitsTerminal: false)))
        #expect(lines.last == "Extensions: (none)")
    }

    @Test func `with the longest forced command is read by ssh-keygen`() throws {
        let command = Array(repeating: UInt8(ascii: "a"), count: 127 * 1024)
        let blob = try issue(Samples.request(forceCommand: command))
        let lines = try shown(blob)
        #expect(lines.contains("force-command " + String(decoding: command, as: UTF8.self)))
        // The same number as the limit of a certificate between the processes.
        #expect(blob.count < (127 + 8) * 1024)
    }

    @Test func `is what our own reader and verification take`() throws {
        let certificate = try Certificate(parsing: issue(Samples.request()))
        let verified = try UserCertificateVerification(
            trustedAuthorities: [authority.publicKey]
        ).verify(certificate, at: Samples.now, from: IPAddress([10, 0, 0, 1]))

        #expect(verified.validPrincipals == ["deploy@web1"])
        #expect(verified.restrictions.forceCommand == Array("uptime".utf8))
        #expect(!verified.restrictions.permitsTerminal)
    }

    @Test func `leaves only with a signature by its authority over just itself`() throws {
        let issuer = CertificateIssuer(authority: authority.publicKey)
        let unsigned = issuer.prepare(try Samples.request())
        let other = issuer.prepare(try Samples.request(serial: 8))
        let foreign = Ed25519SigningKey.generate()

        #expect(throws: Never.self) {
            try unsigned.sealed(with: authority.signatureBlob(over: unsigned.toBeSigned[...]))
        }
        #expect(throws: SignatureError.mismatch) {
            try unsigned.sealed(with: authority.signatureBlob(over: other.toBeSigned[...]))
        }
        #expect(throws: SignatureError.mismatch) {
            try unsigned.sealed(with: foreign.signatureBlob(over: unsigned.toBeSigned[...]))
        }
    }

    @Test func `may be signed by an agent's key of any type`() throws {
        for signer in try Signer.all() where signer.algorithm != .rsaSHA256 {
            let issuer = CertificateIssuer(authority: signer.key)
            let unsigned = issuer.prepare(try Samples.request())

            let lines = try shown(unsigned.sealed(with: signer.wire(unsigned.toBeSigned)))

            let line = try #require(lines.first { $0.hasPrefix("Signing CA:") })
            #expect(line.hasSuffix("(using \(signer.algorithm.rawValue))"))
        }
    }
}
