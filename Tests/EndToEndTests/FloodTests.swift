import Foundation
import TestSupport
import Testing

/// Peers that do what SSH forbids, or what no honest one does, to fill the memory of a process.
@Suite(
    .throughTurnstile,
    .enabled(if: Machine.has(Machine.pythonClients), "run scripts/install tests")
)
struct `a flood` {
    /// LIMIT: what libssh holds back of a channel, twice where its buffer grows, and the process itself.
    private static let residentKiB = 112 * 1024

    private func flood(_ lab: Lab, _ kind: String) throws -> Command {
        Command(
            Machine.pythonClients,
            [
                "-B", Machine.fixture("clients/flood.py"), kind, "127.0.0.1", try lab.port,
                "\(try lab.login)@web1", lab.key("alice"),
            ]
        )
    }

    /// What a client does, and what is said of it.
    private static let kinds = [
        ("window", "it sends more than the flow window permits"),
        ("closed-channel", "it sends more than the flow window permits"),
        ("answers", "it does not read what it is sent"),
        ("services", "it sends too many messages before it signs in"),
        ("names", "too many tries to sign in"),
    ]

    @Test func `of a client ends its own connection, with a reason and in bounded memory`()
        async throws
    {
        try await Lab.with("flood") { lab in
            try await lab.ssh("bob.web1", "echo started; read line; echo $line")
                .readingWhatIsWritten().start { other in
                    try await other.printed("started")
                    for (index, (kind, reason)) in Self.kinds.enumerated() {
                        let outcome = try await inBoundedMemory(lab, try flood(lab, kind))

                        #expect(outcome.succeeded, "\(kind): \(outcome)")
                        #expect(!outcome.text.contains("not ended"), "\(kind): \(outcome)")
                        let ends = try await lab.records(index + 1, of: "connection-ended")
                        #expect(ends.first?.contains(reason) == true, "\(kind): \(ends)")
                    }
                    other.write("works\n")
                    try await other.printed("works")
                }
        }
    }

    private func inBoundedMemory(_ lab: Lab, _ flood: Command) async throws -> Outcome {
        try await flood.start { client in
            var largest = 0
            let isOver = try await eventually(within: .seconds(120)) {
                largest = max(largest, try lab.largestResidentKiB() ?? 0)
                return client.progress.isComplete
            }
            #expect(isOver)
            #expect(largest > 0 && largest < Self.residentKiB, "\(largest) KiB")
            return try await client.finished()
        }
    }

    @Test func `of channels that a client never closes is refused at the limit of sessions`()
        async throws
    {
        try await Lab.with("flood-unclosed", ["--set", "limits.sessions-per-connection=4"]) { lab in
            let outcome = try await flood(lab, "unclosed").run()

            #expect(outcome.text.contains("refused after 4:"), "\(outcome)")
        }
    }

    @Test func `of a target ends the session, with a reason and in bounded memory`() async throws {
        try await Lab.with("flood-target") { lab in
            try await lab.withTarget("flooding1", "flooding_target.py") {
                let command = "ssh -n -F \(lab.sshConfig) -l \(try lab.login)@flooding1"
                // The reader takes nothing before it is told to.
                let pipeline =
                    "exec 3<&0; \(command) alice.bastion true | { read -r go <&3; wc -c; }"
                try await Command("bash", ["-c", pipeline]).readingWhatIsWritten().start { client in
                    let ends = try await lab.records(1, of: "session-ended") {
                        let resident = try lab.largestResidentKiB() ?? 0
                        #expect(resident < Self.residentKiB, "\(resident) KiB")
                    }
                    client.write("go\n")
                    let outcome = try await client.finished()

                    #expect(ends.first?.contains("target-lost") == true, "\(ends)")
                    let reason = "it sends more than the flow window permits"
                    #expect(outcome.errorText.contains(reason), "\(outcome)")
                }
            }
        }
    }
}

extension Lab {
    /// The records of a kind, newest first, as soon as there are so many; looks at something meanwhile.
    fileprivate func records(
        _ count: Int,
        of kind: String,
        _ look: () throws -> Void = {}
    ) async throws -> [String] {
        // The end of a session is recorded when its command is ended on the target, which is tried for
        // more than a minute on one that does not answer.
        let deadline = ContinuousClock.now + .seconds(180)
        while true {
            try look()
            let lines = try await sallyport("audit", "--kind", kind, "--json").run().lines
            if lines.count >= count || .now > deadline { return lines }
        }
    }
}
