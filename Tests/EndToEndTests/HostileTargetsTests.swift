import TestSupport
import Testing

/// Targets that say what no sshd says.
@Suite(
    .throughTurnstile,
    .enabled(if: Machine.has(Machine.pythonClients), "run scripts/install tests")
)
struct `a hostile target` {
    @Test func `that writes before it is asked for a program is heard, and recorded`()
        async throws
    {
        try await Lab.with("early") { lab in
            let outcome = try await lab.withTarget("early1", "odd_target.py", ["early"]) {
                try await lab.command(on: "early1").run()
            }

            #expect(outcome.end == .exited(3), "\(outcome)")
            #expect(outcome.text == "early\n", "\(outcome)")
            let trail = try await lab.trail(untilEnds: 1)
            let ended = try #require(trail.first { $0.contains("session-ended") }, "\(trail)")
            #expect(ended.contains(#""output":6"#), "\(ended)")
        }
    }

    @Test func `that asks for channels without end is cut off, and the trail says why`()
        async throws
    {
        try await Lab.with("asking") { lab in
            let outcome = try await lab.withTarget("asking1", "odd_target.py", ["asking"]) {
                try await lab.command(on: "asking1").run()
            }

            let reason = "it asks for more than 1000 things, all refused"
            #expect(outcome.errorText.contains(reason), "\(outcome)")
            let trail = try await lab.trail(untilEnds: 1, ofSessions: 1)
            #expect(
                trail.contains { $0.contains("session-ended") && $0.contains("target-lost") },
                "\(trail)"
            )
        }
    }

    /// LIMIT: what libssh holds back of a channel, twice where its buffer grows, and the process itself.
    private static let residentKiB = 112 * 1024

    /// What none that speaks SSH does, and what the client reads of it.
    private static let mute = [
        ("silence", "it did not start the program in time"),
        ("byte-by-byte", "it did not start the program in time"),
        ("packet-byte-by-byte", "it did not start the program in time"),
        ("closes", "target"),
        ("garbage", "target"),
        ("endless-banner", "target"),
        ("endless-lines", "target"),
        ("packet-of-nothing", "target"),
        ("packet-of-everything", "target"),
        ("ignored-before-keys", "target"),
    ]

    @Test func `that does not come as far as SSH ends its session alone, with a reason`()
        async throws
    {
        try await Lab.with("mute", ["--set", "limits.setup-timeout=3s"]) { lab in
            for (index, (kind, reason)) in Self.mute.enumerated() {
                let outcome = try await lab.withTarget("mute\(index)", "mute_target.py", [kind]) {
                    try await lab.inBoundedMemory(Self.residentKiB, "mute\(index)")
                }

                #expect(outcome.end == .exited(255), "\(kind): \(outcome)")
                #expect(outcome.errorText.contains(reason), "\(kind): \(outcome)")
                let trail = try await lab.trail(untilEnds: index + 1, ofSessions: index + 1)
                #expect(
                    trail.first { $0.contains("session-ended") }?.contains("not-started") == true,
                    "\(kind): \(trail)"
                )
            }
            try await lab.expectServing()
        }
    }

    /// What it does once it has keys: the status that the client gets, and what it reads.
    private static let hostile: [(kind: String, status: Int32, text: String)] = [
        ("banners", 255, "lost before it answered: it did not answer the certificate in time"),
        ("no-sign-in", 255, "lost before it answered: it did not answer the certificate in time"),
        // libssh would write packets of nothing to it for ever.
        ("tiny-packets", 255, "target"),
        ("closed-window", 3, "ran\n"),
        ("overflowing-window", 3, "ran\n"),
        ("after-close", 3, ""),
        ("no-such-channel", 3, "ran\n"),
        ("long-strings", 3, "ran\n"),
        ("requests", 255, "ran\n"),
    ]

    @Test func `that breaks the protocol disturbs nobody, in bounded memory`() async throws {
        try await Lab.with("hostile-target", ["--set", "limits.setup-timeout=5s"]) { lab in
            try await lab.ssh("bob.web1", "echo started; read line; echo $line")
                .readingWhatIsWritten().start { other in
                    try await other.printed("started")
                    for (index, (kind, status, text)) in Self.hostile.enumerated() {
                        let name = "hostile\(index)"
                        let outcome = try await lab.withTarget(name, "hostile_target.py", [kind]) {
                            try await lab.inBoundedMemory(Self.residentKiB, name)
                        }

                        #expect(outcome.end == .exited(status), "\(kind): \(outcome)")
                        let said = outcome.text + outcome.errorText
                        #expect(text.isEmpty || said.contains(text), "\(kind): \(outcome)")
                    }
                    other.write("works\n")
                    try await other.printed("works")
                }
            try await lab.expectServing()
        }
    }

    @Test func `that writes after it said that nothing more comes is not heard, and ends`()
        async throws
    {
        try await Lab.with("after-end") { lab in
            // A client without input closes its channel at the end; the other one waits for ours.
            for (index, hasInput) in [true, false].enumerated() {
                let name = "late\(index)"
                let outcome = try await lab.withTarget(name, "hostile_target.py", ["after-end"]) {
                    var client = try lab.command(on: name)
                    if hasInput {
                        client.arguments.removeAll { $0 == "-n" }
                        client.input = nil
                    }
                    return try await client.run()
                }

                #expect(outcome.end == .exited(3), "\(hasInput): \(outcome)")
                #expect(outcome.text + outcome.errorText == "", "\(hasInput): \(outcome)")
                let trail = try await lab.trail(untilEnds: index + 1, ofSessions: index + 1)
                let ended = trail.first { $0.contains("session-ended") }
                #expect(ended?.contains(#""cause":"finished""#) == true, "\(trail)")
            }
            try await lab.expectServing()
        }
    }

    @Test func `that reads nothing of what it is sent is given up, in bounded memory`()
        async throws
    {
        try await Lab.with("deaf", ["--set", "limits.keepalive=5s"]) { lab in
            let outcome = try await lab.withTarget("deaf1", "hostile_target.py", ["never-reads"]) {
                let pour = try lab.command(on: "deaf1").arguments.filter { $0 != "-n" }
                let pipeline = "head -c 100000000 /dev/zero | ssh \(pour.joined(separator: " "))"
                return try await lab.inBoundedMemory(
                    Self.residentKiB,
                    of: Command("bash", ["-c", pipeline])
                )
            }

            #expect(outcome.errorText.contains("keepalives unanswered"), "\(outcome)")
            let trail = try await lab.trail(untilEnds: 1, ofSessions: 1)
            #expect(trail.contains { $0.contains("target-silent") }, "\(trail)")
            try await lab.expectServing()
        }
    }
}

extension Lab {
    fileprivate func command(on target: String) throws -> Command {
        ssh("alice.bastion", "true", options: ["-n", "-l", "\(try login)@\(target)"])
    }

    fileprivate func inBoundedMemory(_ most: Int, _ target: String) async throws -> Outcome {
        try await inBoundedMemory(most, of: command(on: target))
    }

    /// How a client ends, while no session process grows beyond so many KiB.
    fileprivate func inBoundedMemory(_ most: Int, of client: Command) async throws -> Outcome {
        try await client.start { client in
            var largest = 0
            let isOver = try await eventually(within: .seconds(90)) {
                largest = max(largest, try largestResidentKiB() ?? 0)
                return client.progress.isComplete
            }
            #expect(isOver)
            #expect(largest < most, "\(largest) KiB")
            return try await client.finished()
        }
    }

    /// The whole trail, newest first, once so many connections and sessions ended.
    ///
    /// A session's end waits until its command is ended on the target, which is tried for more than a
    /// minute on one that does not answer.
    func trail(untilEnds count: Int, ofSessions sessions: Int = 0) async throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(sessions > 0 ? 180 : 30)
        while true {
            let lines = try await sallyport("audit", "--json", "--limit", "1000").run().lines
            let ends = lines.count { $0.contains("connection-ended") }
            let closed = lines.count { $0.contains("session-ended") }
            if (ends >= count && closed >= sessions) || .now > deadline { return lines }
        }
    }
}
