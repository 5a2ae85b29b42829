import Foundation
import TestSupport
import Testing

/// Clients that break the protocol itself, each in one way, against a real bastion: after each of them
/// it serves as before, nothing of them is left, and the trail says why they ended.
@Suite(
    .throughTurnstile,
    .enabled(if: Machine.has(Machine.pythonClients), "run scripts/install tests")
)
struct `a client that breaks the protocol` {
    private static let grace = ["--set", "limits.login-grace=5s"]

    /// Before they signed in, who are ended by nothing but their login grace; as many connections each.
    private static let waiting = [
        ("silence", 1), ("byte-by-byte", 1), ("packet-byte-by-byte", 1), ("blobs", 3),
    ]

    @Test func `slowly is ended by its login grace`() async throws {
        try await Lab.with("slow-clients", Self.grace) { lab in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (kind, _) in Self.waiting {
                    group.addTask {
                        let outcome = try await lab.hostile(kind).run()
                        #expect(outcome.lines.last == "ended", "\(kind): \(outcome)")
                    }
                }
                try await group.waitForAll()
            }
            let connections = Self.waiting.map(\.1).reduce(0, +)
            let ends = try await lab.ends(connections)
            #expect(ends.count == connections, "\(ends)")
            #expect(ends.allSatisfy { $0.contains("no sign-in in time") }, "\(ends)")
            try await lab.expectServing()
        }
    }

    /// Before they signed in, and what is said of each.
    private static let endedAtOnce = [
        ("garbage", "key exchange"),
        ("endless-banner", "key exchange"),
        ("endless-lines", "key exchange"),
        ("packet-of-nothing", "key exchange"),
        ("packet-of-padding", "Invalid padding"),
        ("packet-of-more-padding", "Invalid padding"),
        ("packet-of-a-megabyte", "Packet len too high"),
        ("packet-of-everything", "Packet len too high"),
        ("packet-oversized-with-rest", "Packet len too high"),
        ("ignored-before-keys", "it sends too many packets before it signs in"),
        ("prefix-truncation", "key exchange"),
        ("ignored", "it sends too many packets before it signs in"),
        ("unknown-numbers", "it sends too many packets before it signs in"),
        ("truncated", "rejected packet"),
        ("success", "rejected packet (type 52)"),
        ("new-keys", "rejected packet (type 21)"),
    ]

    @Test func `is cut off at once, with a reason`() async throws {
        // Whoever is not cut off is waited for longer than the test takes.
        try await Lab.with("odd-packets", ["--set", "limits.login-grace=10m"]) { lab in
            for (index, (kind, reason)) in Self.endedAtOnce.enumerated() {
                let outcome = try await lab.hostile(kind).run(within: .seconds(30))

                #expect(outcome.lines.last == "ended", "\(kind): \(outcome)")
                #expect(!outcome.text.contains("let in"), "\(kind): \(outcome)")
                let ends = try await lab.ends(index + 1)
                #expect(ends.first?.contains(reason) == true, "\(kind): \(ends)")
            }
            try await lab.expectServing()
        }
    }

    /// Whoever says that they come from somewhere else is nobody who speaks SSH.
    @Test func `by a PROXY header that nobody asked for is cut off`() async throws {
        try await Lab.with("proxy-header", ["--set", "limits.login-grace=10m"]) { lab in
            let outcome = try await lab.hostile("proxy-header").run(within: .seconds(30))

            #expect(outcome.lines == ["ended", "ended"], "\(outcome)")
            let ends = try await lab.ends(2)
            #expect(ends.allSatisfy { $0.contains("key-exchange-failed") }, "\(ends)")
            #expect(try !lab.log.contains("192.0.2.1"))
        }
    }

    @Test func `without a key is told that nothing else signs in`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh(
            "alice.web1",
            "true",
            options: ["-o", "PubkeyAuthentication=no", "-o", "BatchMode=yes"]
        ).run()

        #expect(outcome.end == .exited(255), "\(outcome)")
        #expect(outcome.errorText.contains("Permission denied (publickey)."), "\(outcome)")
    }

    @Test func `in a crowd does not keep an honest one out, and leaves nothing behind`()
        async throws
    {
        let settings = [
            "limits.login-grace=2m", "limits.pending-connections=400",
            "limits.pending-connections-per-source=400",
        ]
        try await Lab.with("crowd", settings.flatMap { ["--set", $0] }) { lab in
            try await lab.hostile("200-at-once").readingWhatIsWritten().start { crowd in
                try await crowd.printed("connected")
                // Whoever came before gets a process before. On a busy machine that takes longer than
                // anybody waits for one, who is turned away then and comes again.
                var outcome: Outcome?
                let isServed = try await eventually(within: .seconds(100)) {
                    let answer = try await lab.ssh("alice.web1", "echo served").run()
                    outcome = answer
                    return answer.text == "served\n"
                }
                #expect(isServed, "\(String(describing: outcome))")
                crowd.closeInput()
                try await crowd.printed("left")
            }
            try await lab.expectServing()
        }
    }

    @Test func `and comes again and again leaves nothing behind`() async throws {
        try await Lab.with("in-turn", Self.grace) { lab in
            try await lab.expectHonestClientIsServed()
            let before = try lab.openDescriptors()

            let outcome = try await lab.hostile("200-in-turn").run(within: .seconds(120))

            #expect(outcome.lines.last == "ended", "\(outcome)")
            try await lab.expectServing()
            let isBack = try await eventually(within: .seconds(20)) {
                try lab.openDescriptors() <= before
            }
            let left = try lab.openDescriptors()
            #expect(isBack, "\(left) descriptors, \(before) before")
        }
    }

    /// Signed in, and what each prints on the way and last.
    ///
    /// It works on, or is ended with a reason.
    private static let signedIn: [(kind: String, printed: [String], reason: String?)] = [
        ("many-channels", ["64 opened, 936 refused", "works"], nil),
        ("closed-window", ["300000 came", "works"], nil),
        ("overflowing-window", ["echo", "works"], nil),
        ("packets-of-nothing", ["works"], nil),
        ("packets-of-one", ["works"], nil),
        // libssh would write packets of nothing to it for ever.
        ("packets-of-ten", ["works"], nil),
        ("packets-of-256", ["started", "works"], nil),
        ("no-such-channel", ["works"], nil),
        ("after-end", ["counted", "works"], nil),
        ("after-close", ["works"], nil),
        ("long-strings", ["works"], nil),
        ("requests", ["works"], nil),
        ("signed-in-again", ["ended"], "rejected packet"),
    ]

    /// LIMIT: what libssh holds back of a channel, twice where its buffer grows, and the process itself.
    private static let residentKiB = 112 * 1024

    @Test func `behind its sign-in disturbs nobody, in bounded memory`() async throws {
        try await Lab.with("odd-channels", ["--set", "limits.keepalive=5s"]) { lab in
            try await lab.ssh("bob.web1", "echo started; read line; echo $line")
                .readingWhatIsWritten().start { other in
                    try await other.printed("started")
                    for (index, (kind, printed, reason)) in Self.signedIn.enumerated() {
                        let outcome = try await inBoundedMemory(lab, kind)

                        // What paramiko logs stands in between.
                        let lines = outcome.lines.filter(printed.contains)
                        #expect(lines == printed, "\(kind): \(outcome)")
                        let ends = try await lab.ends(index + 1)
                        let cause = reason ?? #""cause":"client-closed""#
                        #expect(ends.first?.contains(cause) == true, "\(kind): \(ends)")
                    }
                    other.write("works\n")
                    try await other.printed("works")
                }
            try await lab.expectServing()
        }
    }

    @Test func `by reading nothing is given up, in bounded memory`() async throws {
        try await Lab.with("never-reads", ["--set", "limits.keepalive=5s"]) { lab in
            // It cannot see its own end: that stands behind what it does not read.
            try await lab.hostile("never-reads").readingWhatIsWritten().start { client in
                try await client.printed("reads nothing")
                try await lab.expectHonestClientIsServed()
                var largest = 0
                let isGivenUp = try await eventually(within: .seconds(60)) {
                    largest = max(largest, try lab.largestResidentKiB() ?? 0)
                    return try lab.log.contains("client-silent")
                }
                #expect(isGivenUp)
                #expect(largest < Self.residentKiB, "\(largest) KiB")
                let ends = try await lab.ends(2)
                #expect(ends.contains { $0.contains(#""cause":"client-silent""#) }, "\(ends)")
                client.closeInput()
            }
            try await lab.expectServing()
        }
    }

    private func inBoundedMemory(_ lab: Lab, _ kind: String) async throws -> Outcome {
        try await lab.hostile(kind).start { client in
            var largest = 0
            let isOver = try await eventually(within: .seconds(90)) {
                largest = max(largest, try lab.largestResidentKiB() ?? 0)
                return client.progress.isComplete
            }
            #expect(isOver, "\(kind)")
            #expect(largest < Self.residentKiB, "\(kind): \(largest) KiB")
            return try await client.finished()
        }
    }
}

extension Lab {
    fileprivate func hostile(_ kind: String) throws -> Command {
        Command(
            Machine.pythonClients,
            // Nothing is left beside the fixtures.
            [
                "-B", Machine.fixture("clients/hostile_client.py"), kind, "127.0.0.1", try port,
                "\(try login)@web1", key("alice"),
            ]
        )
    }

    /// The ends of connections, newest first, as soon as there are so many.
    func ends(_ count: Int) async throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            let trail = try sallyport(
                "audit",
                "--kind",
                "connection-ended",
                "--json",
                "--limit",
                "1000"
            )
            let lines = try await trail.run().lines
            if lines.count >= count || .now > deadline { return lines }
        }
    }

    func expectHonestClientIsServed() async throws {
        let outcome = try await ssh("alice.web1", "echo served").run()
        #expect(outcome.text == "served\n", "\(outcome)")
    }

    /// That it serves as ever, and that of what it served nothing is left but the spares.
    func expectServing() async throws {
        try await expectHonestClientIsServed()
        let isQuiet = try await eventually(within: .seconds(60)) {
            try sessionProcesses().count <= Self.spares
        }
        let left = try sessionProcesses().count
        #expect(isQuiet, "\(left) session processes")
    }
}
