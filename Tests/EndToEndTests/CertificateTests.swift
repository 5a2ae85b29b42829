import Foundation
import SSHKeys
import SSHWire
import TestSupport
import Testing

/// What a certificate of the bastion is worth before a real sshd, without the bastion.
@Suite(.throughTurnstile)
struct `a certificate of the bastion` {
    struct Terms: Sendable {
        var principal: String
        var validAfter: Int64 = -30
        var validBefore: Int64 = 60
        var command = "echo forced"
        var sourceAddress = "127.0.0.1"
    }

    /// Signs with the lab's CA and offers the certificate to the target's sshd itself.
    private func run(
        _ terms: Terms,
        on target: String,
        of lab: Lab,
        asking command: String = "echo asked"
    ) async throws -> Outcome {
        let scratch = try Scratch()
        let keys = URL(filePath: try lab.settings).deletingLastPathComponent()
        let authority = try Ed25519SigningKey(
            parsing: try String(
                contentsOf: keys.appending(path: "keys/ca_ed25519"),
                encoding: .utf8
            )
        )
        let key = Ed25519SigningKey.generate()
        let now = Int64(Date.now.timeIntervalSince1970)
        let request = try UserCertificateRequest(
            publicKey: key.publicKeyBytes,
            serial: 1,
            keyID: try CertificateKeyID(
                connection: nil,
                session: nil,
                principal: "human:alice",
                onBehalfOf: nil,
                target: target,
                decision: nil,
                approval: nil
            ),
            validPrincipal: terms.principal,
            validAfter: UInt64(now + terms.validAfter),
            validBefore: UInt64(now + terms.validBefore),
            forceCommand: Array(terms.command.utf8),
            sourceAddresses: [try AddressRange(parsing: terms.sourceAddress)],
            permitsTerminal: false,
            nonce: [UInt8](repeating: 7, count: 32)
        )
        let unsigned = CertificateIssuer(authority: authority.publicKey).prepare(request)
        let blob = try unsigned.sealed(
            with: authority.signatureBlob(over: unsigned.toBeSigned[...])
        )
        let path = try scratch.write(key.fileText(comment: "", checkInteger: 1), to: "key")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try scratch.write(
            "ssh-ed25519-cert-v01@openssh.com \(Base64.encode(blob))\n",
            to: "key-cert.pub"
        )
        return try await Command(
            "ssh",
            [
                "-F", "none", "-p", try await port(of: target, in: lab), "-l", try lab.login, "-i",
                path, "-o", "CertificateFile=\(path)-cert.pub", "-o", "IdentitiesOnly=yes", "-o",
                "IdentityAgent=none", "-o", "StrictHostKeyChecking=no", "-o",
                "UserKnownHostsFile=/dev/null", "127.0.0.1", command,
            ]
        ).run()
    }

    /// Where the target's own sshd listens.
    private func port(of target: String, in lab: Lab) async throws -> String {
        let resolved = try await lab.ssh("direct.\(target)", options: ["-G"]).run()
        let line = resolved.lines.first { $0.hasPrefix("port ") }
        return String(try #require(line).dropFirst("port ".count))
    }

    @Test func `runs the decided command, whatever is asked`() async throws {
        let lab = try await Lab.shared()
        let outcome = try await run(Terms(principal: try lab.login), on: "web1", of: lab)
        #expect(outcome.text == "forced\n", "\(outcome)")
    }

    @Test func `is worth nothing late, early, from elsewhere, or for another login`() async throws {
        let lab = try await Lab.shared()
        let login = try lab.login
        let useless = [
            Terms(principal: login, validAfter: -120, validBefore: -60),
            Terms(principal: login, validAfter: 60, validBefore: 120),
            Terms(principal: login, sourceAddress: "192.0.2.1"),
            Terms(principal: "nobody"),
        ]
        for terms in useless {
            let outcome = try await run(terms, on: "web1", of: lab)
            #expect(outcome.end == .exited(255), "\(terms): \(outcome)")
            #expect(outcome.errorText.contains("Permission denied"), "\(terms): \(outcome)")
        }
    }

    @Test func `is worth nothing on another target, where targets have principals of their own`()
        async throws
    {
        let lab = try await Lab.shared()
        let login = try lab.login
        let scratch = try Scratch()
        // sshd reads the file as the account that signs in.
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: scratch.path
        )
        for target in ["web1", "db1"] {
            try scratch.write("\(login)@\(target)\n", to: "principals-\(target)")
        }
        let settings = ["web1", "db1"].flatMap { target in
            [
                "--set",
                "sshd.\(target).AuthorizedPrincipalsFile=\(scratch.path)/principals-\(target)",
                "--set", "sshd.\(target).StrictModes=no",
                "--set", "target.\(target).certificate-principal=login@target",
            ]
        }
        try await Lab.with("principals", ["--with", "direct"] + settings) { lab in
            let through = try await lab.ssh("alice.web1", "echo through").run()
            #expect(through.text == "through\n", "\(through)")
            let own = try await run(Terms(principal: "\(login)@web1"), on: "web1", of: lab)
            #expect(own.text == "forced\n", "\(own)")
            let other = try await run(Terms(principal: "\(login)@web1"), on: "db1", of: lab)
            #expect(other.end == .exited(255), "\(other)")
        }
    }
}
