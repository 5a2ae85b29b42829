import Glibc
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `the end of a session` {
    /// LIMIT: no command of an ended session runs longer than this after it.
    private static let limit = Duration.seconds(10)

    /// Waits for a command with this number in its arguments, and kills the client.
    private func expectKilling(_ client: ChildProcess, ends number: String) async throws {
        let isStarted = try await eventually(within: .seconds(10)) {
            try Machine.isRunning(number)
        }
        #expect(isStarted)
        client.signal(SIGKILL)
        let isGone = try await eventually(within: Self.limit) { try !Machine.isRunning(number) }
        #expect(isGone, "a command is left running")
    }

    @Test(
        arguments: [
            "sleep NUMBER",
            "(sleep NUMBER & sleep NUMBER) | cat",
            "trap '' TERM HUP INT PIPE; sleep NUMBER; sleep NUMBER",
            "setsid nohup sleep NUMBER",
        ]
    )
    func `by a killed client leaves no command running`(_ commandLine: String) async throws {
        let lab = try await Lab.shared()
        let number = "864\(UInt32.random(in: 10_000_000...99_999_999))"
        let command = commandLine.replacing("NUMBER", with: number)

        try await lab.ssh("alice.web1", "echo started; \(command)").start { client in
            try await client.printed("started")
            try await expectKilling(client, ends: number)
        }
    }

    @Test(.enabled(if: Machine.givesTerminals, Machine.noTerminals))
    func `by a killed client leaves no command of a terminal running`() async throws {
        let lab = try await Lab.shared()
        let number = "864\(UInt32.random(in: 10_000_000...99_999_999))"

        try await lab.ssh("alice.web1").onTerminal().start { client in
            client.write("sleep \(number) & disown; sleep \(number)\r")
            try await expectKilling(client, ends: number)
        }
    }

    @Test func `of its program is told at once, whatever it left in the background`()
        async throws
    {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh(
            "alice.web1",
            "sleep 20 >/dev/null 2>&1 </dev/null & echo through"
        ).run(within: .seconds(10))

        #expect(outcome.end == .exited(0))
        #expect(outcome.text == "through\n")
    }

    @Test func `by a signal is told as one: OpenSSH's client exits with 255`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh("alice.web1", "kill -KILL $$").run()

        #expect(outcome.end == .exited(255))
    }
}
