import Glibc
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `the end of a session` {
    /// LIMIT: no command of an ended session runs longer than this after it.
    static let limit = Duration.seconds(10)

    /// Waits until a command with this number in its arguments runs, and until it does not after
    /// `end`.
    private func expectGone(_ number: String, after end: () async throws -> Void) async throws {
        let isStarted = try await eventually(within: Self.limit) { try Machine.isRunning(number) }
        #expect(isStarted)
        try await end()
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
        let number = Machine.marker()
        let command = commandLine.replacing("NUMBER", with: number)

        try await lab.ssh("alice.web1", "echo started; \(command)").start { client in
            try await client.printed("started")
            try await expectGone(number) { client.signal(SIGKILL) }
        }

        let ending = try await lab.ending(ofSessionWith: number, within: Self.limit)
        #expect(ending == "client-closed ended")
    }

    @Test(.enabled(if: Machine.givesTerminals, Machine.noTerminals))
    func `by a killed client leaves no command of a terminal running`() async throws {
        let lab = try await Lab.shared()
        let number = Machine.marker()

        try await lab.ssh("alice.web1").onTerminal().start { client in
            client.write("sleep \(number) & disown; sleep \(number)\r")
            try await expectGone(number) { client.signal(SIGKILL) }
        }
    }

    @Test func `by a lost connection to the target leaves no command running`() async throws {
        let lab = try await Lab.shared()
        let number = Machine.marker()

        try await lab.ssh("alice.web1", "echo sshd=$PPID; sleep \(number)").start { client in
            let text = try await client.printed("\n").text
            let process = try #require(Int32(text.dropFirst("sshd=".count).dropLast()))
            // The sshd that serves this transport; the command is its child, and runs on.
            try await expectGone(number) { kill(process, SIGKILL) }
            // The client stays until then: its end would be another cause.
            let ending = try await lab.ending(ofSessionWith: number, within: Self.limit)
            #expect(ending == "target-lost ended")
        }
    }

    @Test func `by a killed session process leaves no command running`() async throws {
        try await Lab.with("process-died") { lab in
            let number = Machine.marker()

            try await lab.ssh("alice.web1", "echo started; sleep \(number)").start { client in
                try await client.printed("started")
                let processes = try Machine.children(
                    of: try lab.bastionProcess,
                    named: "sallyport-session"
                )
                try #require(!processes.isEmpty)
                // One of them serves this client; the others are spares.
                try await expectGone(number) { for process in processes { kill(process, SIGKILL) } }
            }

            let ending = try await lab.ending(ofSessionWith: number, within: Self.limit)
            #expect(ending == "process-died ended")
        }
    }

    @Test func `by a lock leaves no command running`() async throws {
        try await Lab.with("lock-ends") { lab in
            let number = Machine.marker()

            try await lab.ssh("alice.web1", "echo started; sleep \(number)").start { client in
                try await client.printed("started")
                try await expectGone(number) {
                    let locked = try await lab.sallyport("lock", "web1").run()
                    #expect(locked.succeeded, "\(locked)")
                }
            }

            let ending = try await lab.ending(ofSessionWith: number, within: Self.limit)
            #expect(ending == "locked ended")
        }
    }

    @Test func `of sixty sessions by one lock leaves no command running, and says so of each`()
        async throws
    {
        try await Lab.with("lock-ends-many") { lab in
            let number = Machine.marker()
            let options = ["-o", "ControlPath=\(lab.folder)/c"]
            let client = "ssh -F \(lab.sshConfig) \(options.joined(separator: " ")) alice.web1"

            try await lab.ssh("alice.web1", options: options + ["-M", "-N"])
                .readingWhatIsWritten()
                .start { _ in
                    try await lab.waitForMaster("alice.web1", options)
                    let loop = "for i in {1..60}; do \(client) sleep \(number) & done; wait"
                    try await Command("bash", ["-c", loop]).start { _ in
                        let areStarted = try await eventually(within: .seconds(60)) {
                            try await lab.sessions().count { $0.isStarted } == 60
                        }
                        #expect(areStarted)
                        try await expectGone(number) {
                            let locked = try await lab.sallyport("lock", "web1").run()
                            #expect(locked.succeeded, "\(locked)")
                        }
                    }
                }

            let areOver = try await eventually(within: Self.limit) {
                try await lab.sessions().allSatisfy { !$0.isLive }
            }
            #expect(areOver)
            let endings = try await lab.sessions().map(\.ending)
            #expect(endings == Array(repeating: "locked ended", count: 60))
        }
    }

    @Test func `by SIGTERM of the authority leaves no command running, and it waits for that`()
        async throws
    {
        try await Lab.with("drain-ends") { lab in
            let number = Machine.marker()
            let process = try lab.bastionProcess

            try await lab.ssh("alice.web1", "echo started; sleep \(number)").start { client in
                try await client.printed("started")
                kill(Int32(process), SIGTERM)
                let hasStopped = try await eventually(within: .seconds(20)) {
                    !Machine.exists(process)
                }
                #expect(hasStopped)
                #expect(try !Machine.isRunning(number), "a command is left running")
            }

            let again = try await Lab.up("drain-ends")
            let ending = try await again.ending(ofSessionWith: number, within: Self.limit)
            #expect(ending == "drained ended")
        }
    }

    @Test(.enabled(if: Machine.makesNetworks, "no network with few ports can be made here"))
    func `does not end others, whose transports get the port of its own`() async throws {
        let outcome = try await Command(
            "unshare",
            ["--net", Machine.fixture("few-ports.sh"), "\(Scratch.root)/few-ports"],
            environment: ["SALLYPORT_PROGRAMS": Lab.programs]
        ).run(within: .seconds(120))

        #expect(outcome.lines == Array(repeating: "through", count: 9), "\(outcome)")
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
