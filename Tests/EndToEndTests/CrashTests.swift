import Glibc
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `a killed authority` {
    private static let limit = `the end of a session`.limit

    /// Ends the bastion as a crash would; what its sessions run on targets is not told of it.
    private func crash(_ lab: Lab) async throws {
        let process = try lab.bastionProcess
        kill(Int32(process), SIGKILL)
        let isGone = try await eventually(within: Self.limit) { !Machine.exists(process) }
        try #require(isGone)
    }

    private func isGone(_ number: String) async throws -> Bool {
        try await eventually(within: Self.limit) { try !Machine.isRunning(number) }
    }

    @Test(.enabled(if: Machine.givesTerminals, Machine.noTerminals))
    func `has its exec and its terminal ended on the target when it is started again`()
        async throws
    {
        try await Lab.with("crash") { lab in
            let (exec, shell) = (Machine.marker(), Machine.marker())
            let command = "trap '' TERM HUP; echo started; sleep \(exec); sleep \(exec)"
            try await lab.ssh("alice.web1", command).start { client in
                try await client.printed("started")
                try await lab.ssh("bob.web1").onTerminal().start { terminal in
                    // What ignores the hangup outlives the terminal, which sshd takes away.
                    terminal.write("trap '' HUP; sleep \(shell) & disown; echo run''s\r")
                    try await terminal.printed("runs")
                    try await crash(lab)
                    _ = try await terminal.finished()
                }
                _ = try await client.finished()
            }
            #expect(try Machine.isRunning(exec))
            #expect(try Machine.isRunning(shell))

            let again = try await Lab.up("crash")

            #expect(try await isGone(exec), "a command of an exec is left running")
            #expect(try await isGone(shell), "a command of a terminal is left running")
            for hasTerminal in [false, true] {
                let ending = try await again.ending(within: Self.limit) {
                    $0.hasTerminal == hasTerminal
                }
                #expect(ending == "recovered ended")
            }
        }
    }

    @Test func `twice in a row is made good once the target is back, and serves meanwhile`()
        async throws
    {
        try await Lab.with("crash-twice") { lab in
            let number = Machine.marker()
            let command = "echo started; sleep \(number)"
            try await lab.ssh("alice.web1", command).start { client in
                try await client.printed("started")
                try await crash(lab)
                _ = try await client.finished()
            }
            // Its kernel still takes connections; nobody answers them.
            let sshd = Int32(try lab.process(of: "web1"))
            kill(sshd, SIGSTOP)
            defer { kill(sshd, SIGCONT) }

            let second = try await Lab.up("crash-twice")
            let served = try await second.ssh("alice.db1", "echo served").run()
            let hasFailed = try await eventually(within: .seconds(30)) {
                try second.log.contains("cannot be ended yet")
            }
            #expect(served.text == "served\n")
            #expect(hasFailed)
            #expect(try await second.sessions().contains { $0.isLive }, "it is closed too early")
            try await crash(second)
            #expect(try Machine.isRunning(number))
            kill(sshd, SIGCONT)
            let third = try await Lab.up("crash-twice")

            #expect(try await isGone(number), "a command is left running")
            let ending = try await third.ending(ofSessionWith: number, within: Self.limit)
            #expect(ending == "recovered ended")
        }
    }

    @Test func `that is started and told to stop at once ends first what it had left`()
        async throws
    {
        try await Lab.with("crash-drain") { lab in
            let number = Machine.marker()
            // It takes the errand two seconds to lose its patience with this one.
            let command = "trap '' TERM; echo started; sleep \(number); sleep \(number)"
            try await lab.ssh("alice.web1", command).start { client in
                try await client.printed("started")
                try await crash(lab)
                _ = try await client.finished()
            }

            let process = try await Lab.up("crash-drain").bastionProcess
            kill(Int32(process), SIGTERM)
            let hasStopped = try await eventually(within: .seconds(20)) {
                !Machine.exists(process)
            }

            #expect(hasStopped)
            #expect(try !Machine.isRunning(number), "a command is left running")
            let ending = try await Lab.up("crash-drain").ending(
                ofSessionWith: number,
                within: Self.limit
            )
            #expect(ending == "recovered ended")
        }
    }
}
