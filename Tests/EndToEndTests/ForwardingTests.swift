import Foundation
import TestSupport
import Testing

/// Somebody's config may ask for all of it: a command must run as if it had not.
@Suite(.throughTurnstile)
struct `what may not be forwarded` {
    @Test(
        arguments: [
            ["-R", "0:127.0.0.1:9"], ["-R", "/tmp/SOCKET:127.0.0.1:9"],
            ["-L", "SOCKET:127.0.0.1:9"], ["-D", "127.0.0.1:PORT"],
        ]
    )
    func `does no harm to a command: ports`(_ options: [String]) async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let port = "\(Int.random(in: 10_000...19_999))"
        let filled = options.map {
            $0.replacing("SOCKET", with: "\(scratch.path)/socket").replacing("PORT", with: port)
        }

        let outcome = try await lab.ssh("alice.web1", "echo ran; exit 5", options: filled).run()

        #expect(outcome.end == .exited(5))
        #expect(outcome.text == "ran\n")
    }

    @Test func `does no harm to a command: the agent, of which the target sees nothing`()
        async throws
    {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let socket = "\(scratch.path)/agent"

        try await Command("ssh-agent", ["-D", "-a", socket]).readingWhatIsWritten().start { agent in
            try await agent.printed("SSH_AUTH_SOCK")
            var command = lab.ssh(
                "alice.web1",
                "echo socket=$SSH_AUTH_SOCK; exit 5",
                options: ["-A", "-o", "IdentityAgent=\(socket)"]
            )
            command.environment["SSH_AUTH_SOCK"] = socket
            let outcome = try await command.run()

            #expect(outcome.end == .exited(5))
            #expect(outcome.text == "socket=\n")
        }
    }

    @Test(
        .enabled(if: Machine.has(Machine.pythonClients), "run scripts/install tests"),
        arguments: [true, false]
    )
    func `is refused to who waits for the answer or does not, and is audited: the agent`(
        _ waits: Bool
    ) async throws {
        let lab = try await Lab.shared()

        let outcome = try await Command(
            Machine.pythonClients,
            [
                Machine.fixture("clients/ask_for_agent.py"), "127.0.0.1", try lab.port,
                "\(try lab.login)@web1", lab.key("bob"), waits ? "wait" : "go on",
            ]
        ).run()

        #expect(outcome.lines.first == (waits ? "refused" : "unanswered"), "\(outcome)")
        let session = try #require(outcome.text.firstMatch(of: /s-[0-9a-z]{12}/)).output
        let opened = try await lab.sallyport("audit", "--session", String(session), "--json").run()
        let connection = try #require(opened.text.firstMatch(of: /c-[0-9a-z]{12}/)).output
        let trail = try await lab.sallyport("audit", "--connection", String(connection), "--json")
            .run()
        #expect(trail.text.contains("agent-forward-refused"), "\(trail)")
    }

    @Test(arguments: ["-X", "-Y"])
    func `does no harm to a command: X11`(_ option: String) async throws {
        let lab = try await Lab.shared()
        var command = lab.ssh("alice.web1", "echo display=$DISPLAY; exit 5", options: [option])
        command.environment["DISPLAY"] = "127.0.0.1:99"

        let outcome = try await command.run()

        #expect(outcome.end == .exited(5))
        #expect(outcome.text == "display=\n")
    }
}

/// A channel to somewhere else is refused, and clients show why.
@Suite(.throughTurnstile)
struct `a way past the bastion` {
    private static let reason =
        "sallyport: forwarding is not permitted; connect with ssh LOGIN@TARGET@BASTION"
    private static let refusal = "open failed: administratively prohibited: \(reason)"

    /// OpenSSH with its own default of what it tells, through a jump host too.
    private func talkative(_ lab: Lab, in scratch: Scratch, _ arguments: [String]) throws -> Command
    {
        let config = try scratch.write(
            "LogLevel INFO\nInclude \(lab.sshConfig)\n",
            to: "ssh_config"
        )
        return Command("ssh", ["-F", config] + arguments)
    }

    @Test(
        arguments: [
            "aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "chacha20-poly1305@openssh.com",
            "aes256-ctr hmac-sha2-256-etm@openssh.com", "aes192-ctr hmac-sha2-512-etm@openssh.com",
            "aes128-ctr hmac-sha2-256-etm@openssh.com",
        ]
    )
    func `is refused with a sentence under every cipher`(_ algorithms: String) async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let names = algorithms.split(separator: " ").map(String.init)
        let options = ["-c", names[0]] + (names.dropFirst().first.map { ["-m", $0] } ?? [])

        let outcome = try await talkative(
            lab,
            in: scratch,
            options + ["-W", "127.0.0.1:\(try lab.port)", "alice.web1"]
        ).run()

        #expect(outcome.end == .exited(255))
        #expect(!outcome.text.contains("SSH-2.0"))
        #expect(outcome.errorText.contains("channel 0: \(Self.refusal)\r\n"), "\(outcome)")
    }

    @Test func `is refused to ssh -J`() async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()

        let outcome = try await talkative(
            lab,
            in: scratch,
            ["-J", "alice.bastion", "alice.web1", "echo ran"]
        ).run()

        #expect(outcome.end == .exited(255))
        #expect(outcome.text.isEmpty)
        #expect(outcome.errorText.contains(Self.refusal), "\(outcome)")
    }

    @Test func `is refused alike whether or not there is something at its end`() async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let destinations = [
            "127.0.0.1:\(try lab.port)", "127.0.0.1:9", "web1:22", "nowhere.test:22",
        ]

        var seen: Set<String> = []
        for destination in destinations {
            let outcome = try await talkative(
                lab,
                in: scratch,
                ["-W", destination, "alice.web1"]
            ).run()
            seen.insert(outcome.errorText)
        }

        #expect(seen.count == 1, "\(seen)")
    }

    @Test(arguments: ["NAME:127.0.0.1:9", "NAME:/run/other.sock"])
    func `is refused to ssh -L, to a port and to a socket`(_ forward: String) async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let socket = "\(scratch.path)/in"
        let options = ["-N", "-v", "-L", forward.replacing("NAME", with: socket)]

        try await talkative(lab, in: scratch, options + ["alice.web1"]).readingWhatIsWritten()
            .start { client in
                try await client.reached("session", within: .seconds(30)) {
                    String(decoding: $0.errors, as: UTF8.self).contains("Entering interactive")
                }
                let outcome = try await Command(
                    "python3",
                    [
                        "-c",
                        "import socket, sys; s = socket.socket(socket.AF_UNIX);"
                            + "s.connect(sys.argv[1]); print(s.recv(100))",
                        socket,
                    ]
                ).run()
                #expect(outcome.text == "b''\n", "\(outcome)")
                try await client.reached("refusal", within: .seconds(30)) {
                    String(decoding: $0.errors, as: UTF8.self).contains(Self.refusal)
                }
            }
    }

    @Test func `disturbs nothing else on its connection, whose keys change all the while`()
        async throws
    {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let options = ["-o", "ControlPath=\(scratch.path)/c"]
        let shared = ["-o", "RekeyLimit=64K", "-M", "-N"]
        let bytes = randomBytes(4 << 20)

        try await talkative(lab, in: scratch, options + shared + ["alice.web1"])
            .readingWhatIsWritten()
            .start { master in
                try await lab.waitForMaster("alice.web1", options)
                try await lab.ssh("alice.web1", "cat", options: options).readingWhatIsWritten()
                    .start { transfer in
                        transfer.write(Array(bytes.prefix(1 << 20)))
                        for part in 1...3 {
                            let outcome = try await lab.ssh(
                                "alice.web1",
                                options: options + ["-W", "127.0.0.1:9"]
                            ).run()
                            #expect(outcome.end == .exited(255))
                            transfer.write(Array(bytes[(part << 20)..<((part + 1) << 20)]))
                        }
                        transfer.closeInput()
                        let outcome = try await transfer.finished(within: .seconds(120))
                        #expect(outcome.end == .exited(0), "\(outcome.errorText)")
                        #expect(outcome.output == bytes)
                    }
                try await master.reached("three refusals", within: .seconds(30)) {
                    String(decoding: $0.errors, as: UTF8.self).components(
                        separatedBy: Self.refusal
                    ).count == 4
                }
            }
    }

    @Test func `is in the audit trail with what was asked for, escaped and bounded`() async throws {
        let lab = try await Lab.shared()
        let mark = "x\(UInt32.random(in: .min ... .max))"
        let long = mark + "-" + String(repeating: "y", count: 1000)

        for host in ["[\(mark)\u{1B}[2J]", long] {
            let outcome = try await lab.ssh("alice.web1", options: ["-W", "\(host):4242"]).run()
            #expect(outcome.end == .exited(255), "\(outcome)")
        }
        let notUTF8 = "exec ssh -F \(lab.sshConfig) -W $'\(mark)\\xFF:4242' alice.web1"
        #expect(try await Command("bash", ["-c", notUTF8]).run().end == .exited(255))

        let trail = try await lab.sallyport(
            "audit",
            "--after",
            "0",
            "--kind",
            "notice",
            "--limit",
            "1000",
            "--json"
        ).run()
        let lines = trail.lines.filter { $0.contains(mark) }
        #expect(lines.count == 3, "\(trail)")
        #expect(lines.allSatisfy { $0.contains("direct-forward-refused") && $0.count < 1000 })
        let escaped = "direct-tcpip to \(mark)" + #"\\u{1B}[2J:4242"#
        #expect(lines.contains { $0.contains(escaped) }, "\(lines)")
        #expect(lines.contains { $0.contains("\(mark)\u{FFFD}:4242") }, "\(lines)")
    }
}
