import Foundation
import Glibc
import TestSupport
import Testing

/// Who is let in, and how long somebody may take to sign in.
@Suite(.throughTurnstile)
struct `admission at the door` {
    /// Another address of this machine: all of 127.0.0.0/8 are its own.
    private func from(_ address: String) -> [String] { ["-b", address] }

    @Test func `is refused where connections came to nothing, and never where somebody signed in`()
        async throws
    {
        let keys = try OwnKeys()
        try await keys.make("stranger")
        let settings = ["penalties.exempt=[]", "penalties.authfail=1m", "penalties.min=1m"]
        try await Lab.with("penalties", settings.flatMap { ["--set", $0] }) { lab in
            func stranger(_ address: String, _ lab: Lab) async throws -> Outcome {
                try await keys.ssh(lab, "stranger", "true", options: from(address)).run()
            }
            func alice(_ address: String, _ lab: Lab) async throws -> Outcome {
                try await lab.ssh("alice.web1", "echo in", options: from(address)).run()
            }
            #expect(try await alice("127.0.0.4", lab).text == "in\n")
            for address in ["127.0.0.3", "127.0.0.4"] {
                let refused = try await stranger(address, lab)
                #expect(refused.errorText.contains("Permission denied"), "\(refused)")
            }
            let trail = try await lab.trail(untilEnds: 3)
            let penalised = trail.filter { $0.contains("source-penalised") }
            #expect(penalised.count == 1, "\(trail)")
            #expect(penalised.first?.contains("127.0.0.3 is refused for 60 s") == true)

            let line = try await lab.ssh(
                "alice.web1",
                "echo in",
                options: from("127.0.0.3") + ["-v"]
            ).run()
            #expect(line.errorText.contains("sallyport: not allowed at this time"), "\(line)")
            let unheard = try await alice("127.0.0.3", lab)
            let (spared, other) = (
                try await alice("127.0.0.4", lab), try await alice("127.0.0.5", lab)
            )
            #expect(unheard.end == .exited(255) && unheard.output.isEmpty)
            #expect(!unheard.errorText.contains("sallyport"), "\(unheard)")
            #expect(spared.text == "in\n", "\(spared)")
            #expect(other.text == "in\n", "\(other)")
            let isTold = try await eventually(within: .seconds(30)) {
                try await lab.sallyport("audit", "--kind", "notice", "--json").run().lines
                    .contains { $0.contains("connections-refused") && $0.contains("penalties ") }
            }
            #expect(isTold)

            // Another run of the authority knows from the trail who signed in.
            let again = try await Lab.up(
                "penalties",
                ["--set", "spares=3"] + settings.flatMap { ["--set", $0] }
            )
            #expect(try await stranger("127.0.0.4", again).errorText.contains("Permission denied"))
            #expect(try await alice("127.0.0.4", again).text == "in\n")
        }
    }

    @Test func `ends for who brings too many keys that are not good, and the trail says why`()
        async throws
    {
        let keys = try OwnKeys()
        let names = (1...5).map { "key\($0)" }
        for name in names { try await keys.make(name) }
        try await Lab.with("tries", ["--set", "limits.sign-in-tries=3"]) { lab in
            let more = names.dropFirst().flatMap { ["-i", keys.path($0)] }
            let outcome = try await keys.ssh(lab, "key1", "true", options: more).run()

            #expect(outcome.end == .exited(255) && outcome.output.isEmpty, "\(outcome)")
            let reason = "sallyport: too many tries to sign in (`limits.sign-in-tries`)"
            #expect(outcome.errorText.contains("Received disconnect"), "\(outcome)")
            #expect(outcome.errorText.contains(reason), "\(outcome)")
            let trail = try await lab.trail(untilEnds: 1)
            #expect(trail.contains { $0.contains("too-many-tries") }, "\(trail)")
            #expect(trail.contains { $0.contains("(`limits.sign-in-tries`)") }, "\(trail)")
        }
    }

    @Test func `ends with a line for who waits in vain for a session process`() async throws {
        let scratch = try Scratch(in: "\(Machine.repository)/.build")
        for name in ["sallyport", "sallyport-decide", "sallyport-session"] {
            let file = URL(filePath: "\(Lab.programs)/\(name)").resolvingSymlinksInPath()
            let link = URL(filePath: "\(scratch.path)/\(name)")
            try FileManager.default.linkItem(at: file, to: link)
        }
        try await Lab.with("no-process", ["--set", "spares=1"], programs: scratch.path) { lab in
            try await lab.expectServing()
            try FileManager.default.removeItem(atPath: "\(scratch.path)/sallyport-session")
            let connecting = "exec 3<>/dev/tcp/127.0.0.1/\(try lab.port)"
            // It gets the spare that there is.
            let holding = "\(connecting); read -r line <&3; echo $line; cat <&3"
            try await Command("bash", ["-c", holding]).start { first in
                try await first.printed("SSH-2.0")
                let waiting = "\(connecting); timeout 20 cat <&3"
                let outcome = try await Command("bash", ["-c", waiting]).run()
                let line = "sallyport: no session process is free, try again later\r\n"
                #expect(outcome.text == line, "\(outcome)")
            }
        }
    }

    @Test func `is refused to one more of a source that has not signed in, and to nobody else`()
        async throws
    {
        let settings = ["--set", "limits.pending-connections-per-source=2"]
        try await Lab.with("pending", settings) { lab in
            let silent =
                "exec 3<>/dev/tcp/127.0.0.1/\(try lab.port); read -r line <&3; echo $line; cat <&3"
            try await Command("bash", ["-c", silent]).start { first in
                try await first.printed("SSH-2.0")
                try await Command("bash", ["-c", silent]).start { second in
                    try await second.printed("SSH-2.0")
                    let third = try await lab.ssh("alice.web1", "echo in", options: ["-v"]).run()
                    let other = try await lab.ssh(
                        "alice.web1",
                        "echo in",
                        options: from("127.0.0.3")
                    ).run()

                    #expect(third.end == .exited(255) && third.output.isEmpty, "\(third)")
                    let line = "sallyport: too many connections, try again later"
                    #expect(third.errorText.contains(line), "\(third)")
                    #expect(other.text == "in\n", "\(other)")
                }
            }
            let isServed = try await eventually(within: .seconds(15)) {
                try await lab.ssh("alice.web1", "echo in").run().text == "in\n"
            }
            #expect(isServed)
        }
    }

    @Test(arguments: ["", "SSH-2.0-slow\\r\\n"])
    func `ends for who does not sign in within the login grace, with a reason`(
        _ said: String
    ) async throws {
        let name = said.isEmpty ? "grace-silent" : "grace-banner"
        try await Lab.with(name, ["--set", "limits.login-grace=5s"]) { lab in
            let client =
                "exec 3<>/dev/tcp/127.0.0.1/\(try lab.port); printf '\(said)' >&3; cat <&3"
            let start = ContinuousClock.now
            let outcome = try await Command("bash", ["-c", client]).run(within: .seconds(30))
            let taken = ContinuousClock.now - start

            #expect(outcome.succeeded, "\(outcome)")
            #expect(taken >= .seconds(4) && taken < .seconds(15), "\(taken)")
            // A line of its own where nothing is a packet yet.
            let reason = "sallyport: no sign-in in time (`limits.login-grace`)"
            #expect(outcome.text.contains(said.isEmpty ? "\n\(reason)\r\n" : reason), "\(outcome)")
            let trail = try await lab.trail(untilEnds: 1)
            #expect(trail.contains { $0.contains("login-grace-exceeded") }, "\(trail)")
            #expect(trail.contains { $0.contains("limits.login-grace") }, "\(trail)")
        }
    }

    /// As somebody who looks for a passphrase for too long.
    @Test func `tells OpenSSH's client so that its sign-in came too late`() async throws {
        let keys = try OwnKeys()
        try await keys.make("slow", passphrase: "found")
        let ready = keys.path("ready")
        let asking = try keys.scratch.write(
            "#!/bin/bash\necho asked >&2; read -r line <\(ready); echo found\n",
            to: "askpass"
        )
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755],
            ofItemAtPath: asking
        )
        try #require(unsafe mkfifo(ready, 0o600) == 0)
        var slow = keys
        slow.environment = ["SSH_ASKPASS": asking, "SSH_ASKPASS_REQUIRE": "force"]
        try await Lab.with("grace-passphrase", ["--set", "limits.login-grace=5s"]) { lab in
            try await lab.add(
                "principals: {human:slow: {keys: [\"\(try slow.publicKey("slow"))\"]}}\n"
            )
            try await slow.ssh(lab, "slow", "echo in").start { client in
                try await client.reached("the question", within: .seconds(30)) {
                    String(decoding: $0.errors, as: UTF8.self).contains("asked")
                }
                _ = try await lab.trail(untilEnds: 1)
                try "\n".write(toFile: ready, atomically: false, encoding: .utf8)
                let outcome = try await client.finished()
                #expect(outcome.end == .exited(255) && outcome.output.isEmpty, "\(outcome)")
                let reason = "sallyport: no sign-in in time (`limits.login-grace`)"
                #expect(outcome.errorText.contains(reason), "\(outcome)")
            }
        }
    }
}
