import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `scanning a target` {
    private func fingerprint(_ target: LoneTarget) async throws -> String {
        let outcome = try await Command("ssh-keygen", ["-lf", "\(target.scratch.path)/host.pub"])
            .run()
        return String(try #require(outcome.text.split(separator: " ").dropFirst().first))
    }

    @Test func `shows what it has, believes nothing, and says so`() async throws {
        try await LoneTarget.with { target in
            let outcome = try await target.sallyport("target", "scan", target.address).run()

            #expect(outcome.succeeded, "\(outcome)")
            #expect(outcome.text.contains(try await fingerprint(target)))
            #expect(outcome.text.contains("- \(try target.hostKey)\n"))
            #expect(outcome.errorText.contains("nothing is written and nothing is trusted"))
            #expect(try target.inventory().isEmpty)
        }
    }

    @Test func `writes no key that nobody expected`() async throws {
        try await LoneTarget.with { target in
            let file = "\(target.directory)/inventory.d/web1.yaml"
            let other = "SHA256:" + String(repeating: "A", count: 43)
            let attempts = [
                ["--write", file], ["--write", file, "--expect", other], ["--expect", other],
            ]
            for arguments in attempts {
                let outcome = try await LoneTarget.sallyport(
                    ["target", "scan", target.address, "--config", target.settings] + arguments
                ).run()

                #expect(outcome.end == .exited(1), "\(outcome)")
                #expect(outcome.text.isEmpty)
                #expect(try target.inventory().isEmpty)
            }
        }
    }

    @Test func `pins the key that was expected, where the bastion reads it`() async throws {
        try await LoneTarget.with { target in
            let file = "\(target.directory)/inventory.d/web1.yaml"
            let scanned = try await target.sallyport(
                "target",
                "scan",
                target.address,
                "--name",
                "web1",
                "--login",
                target.login,
                "--expect",
                fingerprint(target),
                "--write",
                file
            ).run()
            #expect(scanned.succeeded, "\(scanned)")
            // By its name, which is in the inventory now; and nothing is replaced unasked.
            let again = try await target.sallyport(
                "target",
                "scan",
                "web1",
                "--expect",
                fingerprint(target),
                "--write",
                file
            ).run()
            let health = try Health(
                try await target.sallyport("doctor", "target", "web1", "--json").run()
            )

            #expect(again.end == .exited(1), "\(again)")
            #expect(again.errorText.contains("exists already"))
            #expect(health.level == "ok", "\(health)")
        }
    }

    @Test func `that is in the inventory compares it with what is pinned`() async throws {
        try await LoneTarget.with { target in
            try target.describe()
            let same = try await target.sallyport("target", "scan", "web1").run()
            #expect(same.succeeded, "\(same)")
            #expect(same.text.contains("Nothing is to be done"))

            try await LoneTarget.keygen([
                "-t", "ed25519", "-f", "\(target.scratch.path)/other",
            ])
            let other = String(decoding: try target.scratch.read("other.pub"), as: UTF8.self)
            try target.describe(key: String(other.dropLast()))
            let changed = try await target.sallyport("target", "scan", "web1").run()
            let file = "\(target.directory)/inventory.d/web1.yaml"

            #expect(changed.end == .exited(1), "\(changed)")
            #expect(changed.text.contains("--write \(file) --replace"))
            #expect(changed.text.contains("      - \(try target.hostKey)\n"))

            let elsewhere = try await target.sallyport(
                "target",
                "scan",
                "web1",
                "--expect",
                fingerprint(target),
                "--write",
                "\(target.directory)/inventory.d/other.yaml"
            ).run()
            #expect(elsewhere.end == .exited(1))
            #expect(elsewhere.errorText.contains("\(file), line 2, already"), "\(elsewhere)")
        }
    }

    @Test func `says where nobody answers`() async throws {
        try await LoneTarget.with { target in
            let outcome = try await target.sallyport("target", "scan", "127.0.0.1:1").run()

            #expect(outcome.end == .exited(1))
            #expect(outcome.errorText.contains("`127.0.0.1:1` showed no host key"), "\(outcome)")
        }
    }

    @Test func `says where the bastion does not read what it wrote`() async throws {
        try await LoneTarget.with { target in
            let outcome = try await target.sallyport(
                "target",
                "scan",
                target.address,
                "--expect",
                fingerprint(target),
                "--write",
                "\(target.scratch.path)/web1.yaml"
            ).run()

            #expect(outcome.succeeded, "\(outcome)")
            #expect(outcome.errorText.contains("no `inventory` of the settings names it"))
        }
    }

    @Test(arguments: ["-oProxyCommand=touch", "a,b", "~", "web1:0"])
    func `gives ssh-keyscan nothing that is no host`(_ host: String) async throws {
        try await LoneTarget.with { target in
            let outcome = try await target.sallyport("target", "scan", "--", host).run()

            #expect(outcome.end != .exited(0), "\(outcome)")
            #expect(outcome.text.isEmpty)
        }
    }
}

@Suite(.throughTurnstile)
struct `enrolling a target` {
    /// An sshd with a host certificate of an authority `hostca`.
    private func with<Value: Sendable>(
        validity: String = "-5m:+1d",
        _ body: (LoneTarget) async throws -> Value
    ) async throws -> Value {
        try await LoneTarget.with(["HostCertificate HERE/host-cert.pub"]) { scratch in
            try await LoneTarget.keygen(["-t", "ed25519", "-f", "\(scratch.path)/hostca"])
            try await LoneTarget.keygen([
                "-s", "\(scratch.path)/hostca", "-h", "-I", "web1 of ana", "-n",
                "web1.example.org,127.0.0.1", "-V", validity, "\(scratch.path)/host.pub",
            ])
        } _: {
            try await body($0)
        }
    }

    private func enroll(_ target: LoneTarget, _ arguments: String...) async throws -> Outcome {
        try await LoneTarget.sallyport(
            [
                "target", "enroll", "web1", target.address, "--config", target.settings,
                "--host-ca", "\(target.scratch.path)/hostca.pub",
            ] + arguments
        ).run()
    }

    @Test func `pins the key until its certificate ends, and it works`() async throws {
        try await with { target in
            let outcome = try await enroll(target, "--login", target.login, "--label", "env=no")
            #expect(outcome.succeeded, "\(outcome)")
            let file = String(
                decoding: try target.scratch.read("bastion/inventory.d/web1.yaml"),
                as: UTF8.self
            )
            let health = try Health(
                try await target.sallyport("doctor", "target", "web1", "--json").run()
            )

            #expect(file.contains("- key: \(try target.hostKey)\n"))
            #expect(file.contains("valid-before: "))
            #expect(health.level == "ok", "\(health)")
        }
    }

    @Test func `again keeps what was written about it, and only when it is told to`() async throws {
        try await with { target in
            _ = try await enroll(target, "--login", target.login, "--label", "env=test")
            let before = try target.scratch.read("bastion/inventory.d/web1.yaml")
            let refused = try await enroll(target)
            #expect(refused.end == .exited(1), "\(refused)")
            #expect(try target.scratch.read("bastion/inventory.d/web1.yaml") == before)
            let replaced = try await enroll(target, "--replace")
            let text = String(
                decoding: try target.scratch.read("bastion/inventory.d/web1.yaml"),
                as: UTF8.self
            )

            #expect(replaced.succeeded, "\(replaced)")
            #expect(text.contains("env: test"))
            #expect(text.contains("logins: [\(target.login)]"))
        }
    }

    @Test func `by a line only prints where it is told to`() async throws {
        try await with { target in
            let line = String(decoding: try target.scratch.read("hostca.pub"), as: UTF8.self)
            let outcome = try await LoneTarget.sallyport([
                "target", "enroll", "web1", target.address, "--host-ca", line, "--print",
                "--certificate-name", "WEB1.example.org",
            ]).run()

            #expect(outcome.succeeded, "\(outcome)")
            #expect(outcome.text.contains("- key: \(try target.hostKey)\n"))
            #expect(try target.inventory().isEmpty)
        }
    }

    @Test func `is refused without a certificate that counts`() async throws {
        try await with(validity: "-2d:-1d") { target in
            let ended = try await enroll(target)
            #expect(ended.end == .exited(1), "\(ended)")
            #expect(ended.errorText.contains("expired"))
        }
        try await with { target in
            let foreign = try await target.sallyport(
                "target",
                "enroll",
                "web1",
                target.address,
                "--host-ca",
                "\(target.directory)/keys/ca_ed25519.pub"
            ).run()
            let otherName = try await enroll(target, "--certificate-name", "web2.example.org")
            for (outcome, reason) in [(foreign, "is not trusted"), (otherName, "is not for")] {
                #expect(outcome.end == .exited(1), "\(outcome)")
                #expect(outcome.errorText.contains(reason), "\(outcome)")
            }
            #expect(try target.inventory().isEmpty)
        }
        try await LoneTarget.with { target in
            try await LoneTarget.keygen(["-t", "ed25519", "-f", "\(target.scratch.path)/hostca"])
            let none = try await enroll(target)
            #expect(none.end == .exited(1), "\(none)")
            #expect(none.errorText.contains("showed no certificate"))
        }
    }
}
