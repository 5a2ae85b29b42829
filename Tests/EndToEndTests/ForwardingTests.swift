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

    @Test(arguments: ["-X", "-Y"])
    func `does no harm to a command: X11`(_ option: String) async throws {
        let lab = try await Lab.shared()
        var command = lab.ssh("alice.web1", "echo display=$DISPLAY; exit 5", options: [option])
        command.environment["DISPLAY"] = "127.0.0.1:99"

        let outcome = try await command.run()

        #expect(outcome.end == .exited(5))
        #expect(outcome.text == "display=\n")
    }

    @Test func `is no way to a target that is not inspected`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh(
            "alice.web1",
            options: ["-W", "127.0.0.1:\(try lab.port)"]
        ).run()

        #expect(outcome.end == .exited(255))
        #expect(!outcome.text.contains("SSH-2.0"))
    }
}
