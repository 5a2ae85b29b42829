import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `copying files` {
    @Test(arguments: ["-s", "-O"])
    func `with scp, over SFTP and the old way, keeps every byte`(_ mode: String) async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let bytes = randomBytes(3 << 20)
        let file = try scratch.write(bytes, to: "a file")
        let options = ["-F", lab.sshConfig, mode, "-p"]

        try await lab.withRemoteFolder { folder in
            let there = try await Command("scp", options + [file, "alice.web1:\(folder)/copy"])
                .run()
            let back = try await Command(
                "scp",
                options + ["alice.web1:\(folder)/copy", "\(scratch.path)/back"]
            ).run()

            #expect(there.succeeded, "\(there)")
            #expect(back.succeeded, "\(back)")
            #expect(try scratch.read("back") == bytes)
        }
    }

    @Test(arguments: ["-s", "-O"])
    func `with scp takes whole folders`(_ mode: String) async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        for number in 1...20 {
            try scratch.write("file \(number)", to: "tree/\(number % 3)/\(number)")
        }
        let options = ["-F", lab.sshConfig, mode, "-r"]

        try await lab.withRemoteFolder { folder in
            let there = try await Command(
                "scp",
                options + ["\(scratch.path)/tree", "alice.web1:\(folder)/"]
            ).run()
            let back = try await Command(
                "scp",
                options + ["alice.web1:\(folder)/tree", "\(scratch.path)/back"]
            ).run()
            let difference = try await Command(
                "diff",
                ["-r", "\(scratch.path)/tree", "\(scratch.path)/back"]
            ).run()

            #expect(there.succeeded, "\(there)")
            #expect(back.succeeded, "\(back)")
            #expect(difference.succeeded, "\(difference)")
        }
    }

    @Test func `with sftp runs a batch of all its commands`() async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let bytes = randomBytes(2 << 20)
        let file = try scratch.write(bytes, to: "file")

        try await lab.withRemoteFolder { folder in
            let batch = """
                cd \(folder)
                mkdir sub
                put \(file) sub/one
                rename sub/one sub/two
                chmod 600 sub/two
                ls -l sub
                get sub/two \(scratch.path)/back
                rm sub/two
                rmdir sub
                ls
                """
            let outcome = try await Command(
                "sftp",
                ["-F", lab.sshConfig, "-b", "-", "alice.web1"]
            ).reading(batch).run()

            #expect(outcome.succeeded, "\(outcome)")
            #expect(outcome.text.contains("-rw-------"))
            #expect(try scratch.read("back") == bytes)
        }
    }

    @Test func `with sftp tells what failed on the target`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await Command("sftp", ["-F", lab.sshConfig, "-b", "-", "alice.web1"])
            .reading("get /proc/none /dev/null\n").run()

        #expect(outcome.end == .exited(1))
        #expect(outcome.errorText.contains("not found"))
    }

    @Test(.enabled(if: Machine.has("rsync"), "rsync is not installed"))
    func `with rsync sends only what changed`() async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        for number in 1...50 { try scratch.write(randomBytes(4096), to: "tree/\(number)") }
        let options = ["-a", "--checksum", "--stats", "-e", "ssh -F \(lab.sshConfig)"]

        try await lab.withRemoteFolder { folder in
            let copy = options + ["\(scratch.path)/tree/", "alice.web1:\(folder)/tree/"]
            let first = try await Command("rsync", copy).run()
            try scratch.write("changed", to: "tree/17")
            let second = try await Command("rsync", copy).run()
            let back = try await Command(
                "rsync",
                options + ["alice.web1:\(folder)/tree/", "\(scratch.path)/back/"]
            ).run()
            let difference = try await Command(
                "diff",
                ["-r", "\(scratch.path)/tree", "\(scratch.path)/back"]
            ).run()

            #expect(first.succeeded, "\(first)")
            #expect(second.lines.contains("Number of regular files transferred: 1"), "\(second)")
            #expect(back.succeeded, "\(back)")
            #expect(difference.succeeded, "\(difference)")
        }
    }

    @Test(.enabled(if: Machine.has("git"), "git is not installed"))
    func `with git pushes and clones a repository`() async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        try scratch.write(randomBytes(1 << 20), to: "work/data")
        let git = Git(scratch: scratch, ssh: "ssh -F \(lab.sshConfig)")

        try await lab.withRemoteFolder { folder in
            let made = try await lab.ssh("alice.web1", "git init --bare \(folder)/shared.git").run()
            #expect(made.succeeded, "\(made)")
            let remote = "alice.web1:\(folder)/shared.git"
            for arguments in [
                ["init", "-b", "main", "work"], ["-C", "work", "add", "data"],
                ["-C", "work", "commit", "-m", "first"], ["-C", "work", "push", remote, "main"],
                ["clone", "-b", "main", remote, "copy"],
            ] {
                let outcome = try await git.run(arguments)
                #expect(outcome.succeeded, "git \(arguments): \(outcome)")
            }
            #expect(try scratch.read("copy/data") == scratch.read("work/data"))
        }
    }

    /// Two requests of one number, of which the second hides what the first opened.
    @Test func `ends where the recording cannot follow it, and says why`() async throws {
        let lab = try await Lab.shared()
        let initialize: [UInt8] = [0, 0, 0, 5, 1, 0, 0, 0, 3]
        let open: [UInt8] =
            [0, 0, 0, 22, 3, 0, 0, 0, 7, 0, 0, 0, 5] + Array("/tmp/".utf8)
            + [0, 0, 0, 1, 0, 0, 0, 0]
        let read: [UInt8] = [
            0, 0, 0, 22, 5, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
        ]

        let outcome = try await lab.ssh("bob.web1", "sftp", options: ["-s"])
            .reading(initialize + open + read).run()
        let listed = try await lab.sallyport("sessions", "--principal", "human:bob", "--json").run()
        let line = try #require(listed.lines.first { $0.contains("subsystem") }, "\(listed)")
        let id = try #require(line.firstMatch(of: /s-[0-9a-z]{12}/)).output
        let replay = try await lab.sallyport("play", String(id)).run()

        #expect(outcome.end == .exited(74), "\(outcome)")
        let reason = "followed: two requests have one number"
        #expect(outcome.errorText.contains(reason), "\(outcome)")
        #expect((replay.text + replay.errorText).contains(reason), "\(replay)")
    }
}

/// Git with no configuration but the test's own.
private struct Git {
    let scratch: Scratch
    let ssh: String

    func run(_ arguments: [String]) async throws -> Outcome {
        try await Command(
            "git",
            ["-C", scratch.path] + arguments,
            environment: [
                "HOME": scratch.path, "GIT_SSH_COMMAND": ssh, "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org",
                "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
            ]
        ).run()
    }
}
