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

    /// Whoever gave the certificate decides what runs, and with it what is recorded.
    @Test(arguments: [[], ["-s"]])
    func `with a forced command runs and records that, whatever is asked for`(
        _ options: [String]
    ) async throws {
        let keys = try OwnKeys()
        for name in ["ca", "user"] { try await keys.make(name) }
        try await Lab.with("forced\(options.count)") { lab in
            try await lab.add(
                """
                certificate-authorities:
                  corp:
                    key: \(try keys.publicKey("ca"))
                    principals: {bob@corp: human:bob}
                """
            )
            let command = "echo forced; echo problem >&2; cat"
            try await keys.certify(
                "user",
                ["-n", "bob@corp", "-V", "-1m:+5m", "-O", "force-command=\(command)"]
            )

            let outcome = try await keys.ssh(lab, "user", "sftp", options: options)
                .reading("what is typed").run()
            let listed = try await lab.sallyport("sessions", "--json").run()
            let id = try #require(listed.text.firstMatch(of: /s-[0-9a-z]{12}/)).output
            let replay = try await lab.sallyport("play", "--raw", String(id)).run()

            #expect(outcome.text == "forced\nwhat is typed", "\(outcome)")
            #expect(replay.output == outcome.output, "\(replay)")
            #expect(replay.errorText.hasPrefix("problem\n"), "\(replay)")
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

    @Test func `on a target whose host key is revoked ends, and nobody gets there any more`()
        async throws
    {
        try await Lab.with("revoked-host") { lab in
            try await lab.ssh("alice.web1", "echo started; sleep 600").start { client in
                try await client.printed("started")
                let path = "\(lab.folder)/targets/web1/host_ed25519.pub"
                let key = try String(contentsOfFile: path, encoding: .utf8)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
                try await lab.add("revoked: {keys: [\"\(key)\"]}\n")
                let ended = try await client.finished(within: .seconds(3))
                let refused = try await lab.ssh("alice.web1", "id").run()
                let other = try await lab.ssh("alice.db1", "echo works").run()

                #expect(ended.errorText.contains("is not pinned any more"), "\(ended)")
                #expect(refused.end == .exited(255))
                #expect(refused.errorText.contains("no pinned host key"), "\(refused)")
                #expect(other.text == "works\n", "\(other)")
            }
        }
    }

    @Test(.enabled(if: Machine.has(Machine.pythonClients), "run scripts/install tests"))
    func `with a key that cannot be read is refused, and nobody is called a liar`() async throws {
        let lab = try await Lab.shared()
        let user = "\(try lab.login)@short-\(UInt32.random(in: .min ... .max))"

        let outcome = try await Command(
            Machine.pythonClients,
            [
                Machine.fixture("clients/short_key_paramiko.py"), "127.0.0.1", try lab.port, user,
            ]
        ).run(within: .seconds(60))
        let trail = try await lab.sallyport("audit", "--json", "--limit", "1000").run()

        #expect(outcome.text == "refused\n", "\(outcome)")
        let refused = try #require(trail.lines.first { $0.contains(user) }, "\(trail)")
        #expect(refused.contains("sign-in-refused") && refused.contains("cannot be read"))
        let connection = try #require(refused.firstMatch(of: /c-[0-9a-z]{12}/)).output
        #expect(
            !trail.lines.contains { $0.contains(connection) && $0.contains("protocol-violation") }
        )
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
