import TestSupport
import Testing

@Suite(.throughTurnstile, .enabled(if: Machine.givesTerminals, Machine.noTerminals))
struct `a terminal` {
    @Test func `has the client's size and type, and follows when the size changes`() async throws {
        let lab = try await Lab.shared()

        try await lab.ssh("alice.web1", options: ["-t"]).onTerminal(columns: 91, rows: 33)
            .start { terminal in
                terminal.write("echo type=$TERM; stty size\r")
                try await terminal.printed("type=xterm-256color\r\n33 91\r\n")

                terminal.resizeTerminal(columns: 120, rows: 50)
                // Its notice travels beside the input: ask until it is there.
                terminal.write("until stty size | grep 120; do sleep 0.1; done\r")
                try await terminal.printed("50 120\r\n")

                terminal.write("exit 7\r")
                #expect(try await terminal.finished().end == .exited(7))
            }
    }

    @Test func `is a login shell of the account`() async throws {
        let lab = try await Lab.shared()

        try await lab.ssh("alice.web1").onTerminal().start { terminal in
            terminal.write("shopt -q login_shell && echo it is a login of $(id -un)\r")
            try await terminal.printed("it is a login of \(try lab.login)\r\n")
            terminal.write("exit\r")
            #expect(try await terminal.finished().end == .exited(0))
        }
    }

    @Test func `gives Ctrl-C to the program, and the shell lives on`() async throws {
        let lab = try await Lab.shared()

        try await lab.ssh("alice.web1").onTerminal().start { terminal in
            // Whatever prints it is the program that is in the foreground then.
            terminal.write("sh -c 'echo star\"\"ted; exec sleep 1000'\r")
            try await terminal.printed("started\r\n")
            terminal.write("\u{3}")
            terminal.write("echo status=$?\r")
            try await terminal.printed("status=130\r\n")
            terminal.write("exit 0\r")
            #expect(try await terminal.finished().end == .exited(0))
        }
    }

    @Test func `can be had for a command alone`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh(
            "alice.web1",
            "tty >/dev/null && stty size",
            // With a terminal the client says at its end that the connection is closed.
            options: ["-t", "-o", "LogLevel=ERROR"]
        )
        .onTerminal(columns: 70, rows: 20)
        .run()

        #expect(outcome.text == "20 70\r\n")
    }

    @Test func `asks for a password that is nowhere recorded`() async throws {
        let lab = try await Lab.shared()
        let secret = "correct-horse-\(UInt64.random(in: .min ... .max))"

        try await lab.ssh("alice.web1", "su root -c true; echo status=$?", options: ["-t"])
            .onTerminal().start { terminal in
                try await terminal.printed("Password: ")
                terminal.write("\(secret)\r")
                // It is not the right one: what was typed came to the program that asked.
                try await terminal.printed("status=1\r\n")
                #expect(try await terminal.finished().end == .exited(0))
            }

        let found = try await Command("grep", ["-rlF", secret, try lab.state]).run()
        #expect(found.end == .exited(1), "\(found)")
    }

    @Test func `is refused to who is not granted one, with exec still granted`() async throws {
        let lab = try await Lab.shared()

        let terminal = try await lab.ssh("copilot.web1").onTerminal().run()
        let exec = try await lab.ssh("copilot.web1", "echo granted").run()

        #expect(terminal.end == .exited(77))
        #expect(terminal.text.contains("sallyport: denied"))
        #expect(exec.text == "granted\n")
    }
}
