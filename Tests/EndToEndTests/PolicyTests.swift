import Foundation
import TestSupport
import Testing

/// Agents under policies/production.yaml, people under a policy that observes everything.
@Suite(.throughTurnstile)
struct `a command under a policy` {
    @Test(arguments: [
        "uptime && df -h /", "grep -rn rm /etc/hostname; echo 'rm -rf /'",
        "mkdir -p /tmp/a-b && rmdir /tmp/a-b", "for i in 1 2; do echo $i; done | wc -l",
    ])
    func `runs where it is everyday work`(_ line: String) async throws {
        let lab = try await Lab.guarded()
        let outcome = try await lab.ssh("copilot.web1", line).run()
        #expect(outcome.succeeded, "\(outcome)")
    }

    @Test func `does not run where a rule forbids it, and the client reads why`() async throws {
        let lab = try await Lab.guarded()
        try await lab.withRemoteFolder { folder in
            let line = "touch \(folder)/ran; sudo sh -c 'cd / && rm -rf *'"
            let outcome = try await lab.ssh("copilot.web1", line).run()
            #expect(outcome.end == .exited(77))
            #expect(outcome.output.isEmpty)
            let lines = outcome.errorText.split(separator: "\n")
            #expect(
                lines.first?.hasPrefix("sallyport: denied by no-removal-of-system-paths") == true
            )
            #expect(outcome.errorText.contains("  \(line)\n"))
            #expect(outcome.errorText.contains("^^^^^^^^ file.delete /* recursive force as `root`"))
            let listed = try await lab.ssh("alice.web1", "ls -A \(folder)").run()
            #expect(listed.output.isEmpty)
        }
    }

    @Test func `is recorded with its actions and the policy's digest`() async throws {
        let lab = try await Lab.guarded()
        let outcome = try await lab.ssh("copilot.web1", "systemctl restart a-unit").run()
        #expect(outcome.end == .exited(75))
        let request = try #require(outcome.errorText.firstMatch(of: /r-[0-9a-z]{12}/)).output
        let records = try await lab.sallyport("audit", "--kind", "decided", "--json").run()
        let record = try #require(records.lines.first { $0.contains(request) })
        #expect(record.contains(#""effect":"review""#) && record.contains(#""mode":"enforce""#))
        #expect(record.contains(#""actions":["service.control unit=a-unit verb=restart"]"#))
        #expect(record.contains(try Regex(#""policyDigest":"[0-9a-f]{64}""#)))
    }

    @Test func `is refused in JSON with the client's nonce, and the status it wants`() async throws
    {
        let lab = try await Lab.guarded()
        let outcome = try await lab.ssh(
            "copilot.web1",
            "rm -rf /etc",
            options: ["-o", "SetEnv=SALLYPORT_OUTPUT=json SALLYPORT_NONCE=n-1 SALLYPORT_EXIT=255"]
        ).run()
        #expect(outcome.end == .exited(255))
        let object = try JSONSerialization.jsonObject(with: Data(outcome.errorText.utf8))
        let line = try #require(object as? [String: Any])
        #expect(outcome.errorText.hasPrefix(#"{"sallyport":1,"nonce":"n-1","#))
        #expect(line["decision"] as? String == "deny")
    }

    @Test func `waits for an approval as long as the client wants`() async throws {
        let lab = try await Lab.guarded()
        let outcome = try await lab.ssh(
            "copilot.web1",
            "systemctl restart a-unit",
            options: ["-o", "SetEnv=SALLYPORT_WAIT=1s"]
        ).run()
        #expect(outcome.end == .exited(75))
        #expect(outcome.errorText.hasPrefix("sallyport: waiting for an approval of r-"))
    }

    @Test func `is no terminal, no shell and no file transfer for an agent`() async throws {
        let lab = try await Lab.guarded()
        let terminal = try await lab.ssh("copilot.web1", "uptime", options: ["-tt"]).run()
        #expect(terminal.end == .exited(77))
        #expect(terminal.errorText.contains("agents-have-no-terminal"), "\(terminal)")
        let shell = try await lab.ssh("copilot.web1").run()
        #expect(shell.end == .exited(77))
        let sftp = try await Command(
            "sftp",
            ["-b", "-", "-F", lab.sshConfig, "copilot.web1"]
        ).reading("ls\n").run()
        #expect(!sftp.succeeded)
        #expect(sftp.errorText.contains("file transfer is not checked yet"))
    }

    @Test func `is a copy with the old scp, decided by its path`() async throws {
        let lab = try await Lab.guarded()
        try await lab.withRemoteFolder("copilot.web1") { folder in
            let into = { (path: String) in
                Command(
                    "scp",
                    ["-O", "-F", lab.sshConfig, "/etc/hostname", "copilot.web1:\(path)"]
                )
            }
            #expect(try await into("\(folder)/x").run().succeeded)
            let refused = try await into("/etc/cron.d/x").run()
            #expect(!refused.succeeded)
            #expect(refused.errorText.contains("sallyport: denied by"))
        }
    }

    @Test func `runs under a policy that observes, and what would have been is recorded`()
        async throws
    {
        let lab = try await Lab.guarded()
        let ran = try await lab.ssh("alice.web1", "echo (x; true").run()
        // It runs, and bash has its say.
        #expect(ran.end == .exited(2))
        let records = try await lab.sallyport("audit", "--kind", "decided", "--json").run()
        let record = try #require(records.lines.first { $0.contains(#""observed":"deny""#) })
        #expect(record.contains(#""mode":"observe-everything""#))
        #expect(record.contains(#""effect":"permit""#))
    }

    // MARK: Standard input

    @Test(arguments: [
        "uptime", "id -un", "df -h /", "date -u +%Y", "hostname", "uname -a", "ls /", "stat /etc",
        "cat /etc/hostname", "grep root /etc/passwd", "find /etc -maxdepth 0", "ps -ef", "free -m",
        "du -s /etc/hostname", "head -n 1 /etc/passwd", "echo hi; true", "test -d /etc && echo yes",
        "for i in 1 2; do echo $i; done", "printf '%s\\n' a b | sort", "sleep 0.1; echo $((1 + 1))",
    ])
    func `gets nothing of a hostile input that it does not read`(_ line: String) async throws {
        let lab = try await Lab.guarded()
        try await lab.withRemoteFolder { folder in
            let payload = String(repeating: "touch \(folder)/ran\n", count: 4000)
            let outcome = try await lab.ssh("copilot.web1", "\(line) # \(folder)")
                .reading(payload).run()
            #expect(outcome.succeeded, "\(outcome)")
            let openings = try await lab.sallyport("audit", "--kind", "session-opened", "--json")
                .run()
            let opening = try #require(openings.lines.first { $0.contains("# \(folder)\"") })
            let session = try #require(opening.firstMatch(of: /s-[0-9a-z]{12}/)).output
            let records = try await lab.sallyport("audit", "--session", "\(session)", "--json")
                .run()
            #expect(records.text.contains(#""input":"discarded""#))
            let end = try #require(records.lines.first { $0.contains("session-ended") })
            #expect(end.contains(#""input":0,"#), "\(end)")
        }
    }

    @Test func `gets no code from a client that promised to send nothing`() async throws {
        let lab = try await Lab.guarded()
        try await lab.withRemoteFolder { folder in
            let payload = Array("touch \(folder)/ran\n".utf8)
            let without = try await lab.ssh("copilot.web1", "bash").reading(payload).run()
            #expect(!without.succeeded)
            let promised = try await lab.ssh(
                "copilot.web1",
                "bash; cat; echo end",
                options: ["-o", "SetEnv=SALLYPORT_INPUT=none"]
            ).reading(payload).run()
            #expect(promised.text == "end\n", "\(promised)")
            let listed = try await lab.ssh("alice.web1", "ls -A \(folder)").run()
            #expect(listed.output.isEmpty)
        }
    }

    @Test func `gets the input that was promised, or does not start`() async throws {
        let lab = try await Lab.guarded()
        try await lab.withRemoteFolder("copilot.web1") { folder in
            let input = Array("one\ntwo\n".utf8)
            // Of `one\ntwo\n`, by sha256sum.
            let digest = "c3f9c8c283a2b1f2f1896f27a01cbe3cddc0c9d93f752e4639035a0f5b36f6e8"
            func sends(_ bytes: [UInt8], _ output: String = "text") -> Command {
                lab.ssh(
                    "copilot.web1",
                    "cat > \(folder)/out",
                    options: [
                        "-o",
                        "SetEnv=SALLYPORT_INPUT=sha256:\(digest) SALLYPORT_OUTPUT=\(output)",
                    ]
                ).reading(bytes)
            }
            let other = try await sends(input + [10]).run()
            #expect(other.end == .exited(77), "\(other)")
            #expect(other.errorText.contains("is not the one that was promised"), "\(other)")
            let json = try await sends([], "json").run()
            #expect(json.end == .exited(77) && json.errorText.hasPrefix(#"{"sallyport":1,"#))
            let before = try await lab.ssh("alice.web1", "ls -A \(folder)").run()
            #expect(before.output.isEmpty)
            #expect(try await sends(input).run().succeeded)
            let after = try await lab.ssh("alice.web1", "cat \(folder)/out").run()
            #expect(after.output == input)
        }
        let records = try await lab.sallyport("audit", "--kind", "session-ended", "--json").run()
        #expect(records.text.contains(#""cause":"input-refused""#))
    }

    // MARK: Reloading

    @Test func `is decided by the policy that was read last, and a bad one changes nothing`()
        async throws
    {
        try await Lab.with("policies") { lab in
            let file = "\(lab.folder)/bastion/policies/lab.yaml"
            func write(_ rules: String) throws {
                try "policy: 1\nname: lab\nrules: [\(rules)]\n".write(
                    toFile: file,
                    atomically: true,
                    encoding: .utf8
                )
            }
            #expect(try await lab.ssh("alice.web1", "true").run().succeeded)
            try write("{id: a, permit: sleep.well}")
            let refused = try await lab.sallyport("reload").run()
            #expect(!refused.succeeded)
            #expect(refused.errorText.contains("policies/lab.yaml:3"), "\(refused)")
            #expect(try await lab.ssh("alice.web1", "true").run().succeeded)
            try write("{id: nothing, forbid: any}")
            #expect(try await lab.sallyport("reload").run().succeeded)
            let denied = try await lab.ssh("alice.web1", "true").run()
            #expect(denied.end == .exited(77))
            #expect(denied.errorText.contains("nothing (policies/lab.yaml:3)"), "\(denied)")
            let records = try await lab.sallyport("audit", "--kind", "decided", "--json").run()
            let digests = Set(records.text.matches(of: /"policyDigest":"([0-9a-f]+)"/).map(\.1))
            #expect(digests.count == 2)
        }
    }
}
