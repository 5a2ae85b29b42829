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
}

extension Lab {
    fileprivate func command(on target: String) throws -> Command {
        ssh("alice.bastion", "true", options: ["-n", "-l", "\(try login)@\(target)"])
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
