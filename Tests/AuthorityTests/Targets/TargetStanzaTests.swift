import PolicyEngine
import SSHKeys
import SSHWire
import StrictYAML
import TestSupport
import Testing

@testable import Authority

@Suite struct `a stanza` {
    private static let key = Ed25519SigningKey.generate().publicKey

    private func target(_ text: String) throws -> Target {
        let file = SourceFile(name: "web1.yaml", bytes: Array(text.utf8))
        return try #require(try Inventory.read([file]).value.targets.first)
    }

    @Test func `is read back as it was written, whatever its names look like`() throws {
        let names = [
            "web1", "no", "on", "1.2", "192.0.2.7", "0x10", "1e3", "y", "2026-01-31", "a.b-c_d",
        ]
        for text in names {
            let name = try #require(TargetName(text))
            let stanza = TargetStanza(
                name: name,
                address: try Hosts.address("[2001:db8::5]:2201"),
                logins: try ["deploy", "No", "012", "_x", "root"].map {
                    try #require(Login($0))
                },
                labels: [
                    "env": text, "on": "null", "a/b": "x: y # z", "q": "\"'\\ \u{e9}\u{1F600}",
                ],
                keys: [
                    TargetStanza.Key(Self.key),
                    TargetStanza.Key(
                        Ed25519SigningKey.generate().publicKey,
                        validBeforeUnixSeconds: 1_767_326_645
                    ),
                ]
            )
            let target = try target(stanza.text)

            #expect(target.name == name)
            #expect(target.address == stanza.address)
            #expect(target.logins == stanza.logins)
            #expect(target.labels == stanza.labels)
            #expect(target.hostKeys.map(\.line.blob) == stanza.keys.map(\.line.blob))
            #expect(target.hostKeys.map(\.validBeforeUnixSeconds) == [nil, 1_767_326_645])
        }
    }

    @Test func `keeps labels of all kinds of characters`() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let scalars = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                let limit: UInt32 = Bool.random(using: &generator) ? 0x80 : 0xD000
                return Unicode.Scalar(UInt32.random(in: 0x20..<limit, using: &generator)) ?? " "
            }
            let value = String(String.UnicodeScalarView(scalars))
            let stanza = TargetStanza(
                name: try #require(TargetName("web1")),
                address: try Hosts.address("web1"),
                logins: [try #require(Login("deploy"))],
                labels: ["value": value],
                keys: [TargetStanza.Key(Self.key)]
            )
            // The reader says which texts it takes; what it takes comes back.
            do throws(RefusedFiles) {
                let file = SourceFile(name: "x", bytes: Array(stanza.text.utf8))
                let target = try Inventory.read([file]).value.targets.first
                #expect(target?.labels["value"] == value)
            } catch {
                Issue.record("\(value.debugDescription): \(error)")
            }
        }
    }

    @Test func `with other keys keeps everything else of its target`() throws {
        let text = """
            targets:
              db1:
                address: "[2001:db8::5]"
                logins: [deploy, root]
                labels: {env: production}
                shell: /bin/dash
                login-shell: fish
                sftp: internal-sftp -R
                certificate-principal: login@target
                certificate-lifetime: 2m
                source-address: [198.51.100.0/24, "2001:db8::1"]
                host-keys: ["\(PublicKeyLine(Self.key))"]
            """
        let known = try target(text)
        let key = Ed25519SigningKey.generate().publicKey
        let written = try target(TargetStanza(known, keys: [TargetStanza.Key(key)]).text)

        #expect(written.hostKeys.map(\.line.blob) == [key.blob])
        #expect(written.address == known.address)
        #expect(written.logins == known.logins)
        #expect(written.labels == known.labels)
        #expect(written.shell == known.shell)
        #expect(written.loginShell == known.loginShell)
        #expect(written.sftp == known.sftp)
        #expect(written.certificatePrincipal == known.certificatePrincipal)
        #expect(written.certificateLifetime == known.certificateLifetime)
        #expect(written.sourceAddresses == known.sourceAddresses)
        let bare = text.replacing("sftp: internal-sftp -R", with: "sftp: none")
            .replacing("shell: /bin/dash", with: "shell: none")
        let rewritten = try target(TargetStanza(target(bare), keys: []).text)
        #expect(rewritten.sftp == nil)
        #expect(rewritten.shell == .none)
        let versioned = try target(
            text.replacing("shell: /bin/dash", with: "bash-version: \"5.1\"")
        )
        #expect(versioned.bashVersion != nil)
        let again = try target(TargetStanza(versioned, keys: []).text)
        #expect(again.bashVersion == versioned.bashVersion)
    }
}

@Suite struct `details of a target` {
    @Test func `are read as an operator writes them`() throws {
        let details = try TargetDetails(
            logins: ["deploy", "root", "deploy"],
            labels: ["env=test", "note=a=b", "empty="]
        )

        #expect(details.logins.map(\.name) == ["deploy", "root"])
        #expect(details.labels == ["env": "test", "note": "a=b", "empty": ""])
    }

    @Test func `are refused where they are none`() {
        #expect(throws: TargetDetails.Refusal.login("a@b")) {
            try TargetDetails(logins: ["a@b"], labels: [])
        }
        for text in ["env", "=test"] {
            #expect(throws: TargetDetails.Refusal.label(text)) {
                try TargetDetails(logins: [], labels: [text])
            }
        }
    }
}
