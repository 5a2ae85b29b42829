import Foundation
import Glibc
import TestSupport
import Testing

/// Who a client is, and where the bastion's own keys are.
@Suite(.throughTurnstile)
struct `signing in` {
    @Test func `with a certificate of a trusted authority is as the principal that it maps to`()
        async throws
    {
        let keys = try OwnKeys()
        for name in ["ca", "user"] { try await keys.make(name) }
        try await Lab.with("user-ca") { lab in
            try await lab.add(
                """
                certificate-authorities:
                  corp:
                    key: \(try keys.publicKey("ca"))
                    principals:
                      bob@corp: human:bob
                      mallory@corp: human:mallory
                """
            )

            try await keys.certify("user", ["-n", "bob@corp,other", "-V", "-1m:+5m"])
            let bob = try await keys.ssh(lab, "user", "echo in").run()
            #expect(bob.text == "in\n", "\(bob)")
            let sessions = try await lab.sallyport("sessions", "--json").run()
            #expect(sessions.text.contains("human:bob"), "\(sessions)")

            try await keys.certify("user", ["-n", "mallory@corp", "-V", "-1m:+5m"])
            let mallory = try await keys.ssh(lab, "user", "echo in").run()
            #expect(mallory.end == .exited(77), "\(mallory)")

            let useless: [[String]] = [
                ["-n", "nobody@corp", "-V", "-1m:+5m"],
                ["-n", "bob@corp,mallory@corp", "-V", "-1m:+5m"],
                ["-n", "bob@corp", "-V", "-5m:-1m"],
                ["-n", "bob@corp", "-V", "-1m:+5m", "-O", "source-address=192.0.2.0/24"],
                ["-n", "bob@corp", "-V", "-1m:+5m", "-O", "critical:unknown@example.com=1"],
                ["-h", "-n", "bob@corp", "-V", "-1m:+5m"],
            ]
            for options in useless {
                try await keys.certify("user", options)
                let outcome = try await keys.ssh(lab, "user", "echo in").run()
                #expect(outcome.end == .exited(255), "\(options): \(outcome)")
            }
        }
    }

    @Test func `ends at once for a principal that is taken out of the inventory`()
        async throws
    {
        try await Lab.with("removal") { lab in
            let inventory = URL(filePath: try lab.settings).deletingLastPathComponent()
                .appending(path: "inventory.yaml")
            let text = try String(contentsOf: inventory, encoding: .utf8)
            try await lab.ssh("bob.web1", "echo started; sleep 600").start { client in
                try await client.printed("started")
                let start = try #require(text.range(of: "  human:bob:"))
                let end = try #require(text.range(of: "  agent:copilot:"))
                let without = text.replacingCharacters(
                    in: start.lowerBound..<end.lowerBound,
                    with: ""
                )
                try without.write(to: inventory, atomically: true, encoding: .utf8)
                let reload = try await lab.sallyport("reload").run()
                #expect(reload.succeeded, "\(reload)")
                let outcome = try await client.finished(within: .seconds(3))
                #expect(!outcome.succeeded, "\(outcome)")
            }
        }
    }

    @Test func `works with the bastion's keys in an ssh-agent`() async throws {
        let scratch = try Scratch()
        let name = "agent"
        let plain = try await Lab.up(name)
        let keys = URL(filePath: try plain.settings).deletingLastPathComponent()
            .appending(path: "keys").path
        let socket = "\(scratch.path)/agent"
        try await Command("ssh-agent", ["-D", "-a", socket]).start { agent in
            _ = try await eventually(within: .seconds(10)) {
                FileManager.default.fileExists(atPath: socket)
            }
            var settings: [String] = []
            for (key, file) in [
                ("host-key", "host_ed25519"), ("certificate-authority", "ca_ed25519"),
            ] {
                let path = "\(keys)/\(file)"
                let added = try await Command(
                    "ssh-add",
                    ["-q", path],
                    environment: ["SSH_AUTH_SOCK": socket]
                ).run()
                #expect(added.succeeded, "\(added)")
                let listed = try await Command("ssh-keygen", ["-l", "-f", path]).run()
                let fingerprint = try #require(
                    listed.text.split(separator: " ").first { $0.hasPrefix("SHA256:") }
                )
                settings += [
                    "--set", "\(key).agent=\(socket)", "--set", "\(key).fingerprint=\(fingerprint)",
                ]
            }
            let lab = try await Lab.up(name, settings)
            let outcome = try await lab.ssh("alice.web1", "echo through").run()
            #expect(outcome.text == "through\n", "\(outcome)")

            // Without the agent there is no key to sign with, and nobody gets in.
            agent.signal(SIGKILL)
            _ = try await agent.finished()
            let without = try await lab.ssh("alice.web1", "echo through").run()
            #expect(!without.succeeded && without.text.isEmpty, "\(without)")
            try await lab.down()
        }
    }
}
