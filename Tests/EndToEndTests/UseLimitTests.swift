import TestSupport
import Testing

/// How much one principal may have, and for how long.
@Suite(.throughTurnstile)
struct `a limit of what a principal has` {
    @Test func `refuses one session too many by its setting's name, and nobody else's`()
        async throws
    {
        try await Lab.with("use", ["--set", "limits.sessions-per-principal=1"]) { lab in
            try await lab.ssh("alice.web1", "echo started; read line")
                .readingWhatIsWritten().start { first in
                    try await first.printed("started")
                    let second = try await lab.ssh("alice.web1", "echo second").run()
                    let other = try await lab.ssh("bob.web1", "echo other").run()

                    #expect(second.end == .exited(77) && second.output.isEmpty, "\(second)")
                    let reason = "`human:alice` has 1 session (`limits.sessions-per-principal`)"
                    #expect(second.errorText.contains(reason), "\(second)")
                    #expect(other.text == "other\n", "\(other)")
                    first.write("\n")
                    _ = try await first.finished()
                }
            let trail = try await lab.sallyport("audit", "--json", "--limit", "1000").run().lines
            let refused = trail.filter { $0.contains("limits.sessions-per-principal") }
            #expect(refused.contains { $0.contains(#""kind":"decided""#) }, "\(trail)")
            #expect(refused.contains { $0.contains(#""cause":"limit""#) }, "\(trail)")
            #expect(try await lab.ssh("alice.web1", "echo again").run().text == "again\n")
        }
    }

    @Test func `ends one connection too many once it has signed in, with the setting's name`()
        async throws
    {
        try await Lab.with("use-door", ["--set", "limits.connections-per-principal=1"]) { lab in
            try await lab.ssh("alice.web1", "echo started; read line")
                .readingWhatIsWritten().start { first in
                    try await first.printed("started")
                    let second = try await lab.ssh("alice.web1", "echo second").run()
                    let other = try await lab.ssh("bob.web1", "echo other").run()

                    #expect(second.end == .exited(255) && second.output.isEmpty, "\(second)")
                    let name = "limits.connections-per-principal"
                    #expect(second.errorText.contains(name), "\(second)")
                    #expect(other.text == "other\n", "\(other)")
                    first.write("\n")
                    #expect(try await first.finished().succeeded)
                }
        }
    }

    @Test func `ends a session in which nothing happens, and not the one beside it`() async throws {
        try await Lab.with("idle", ["--set", "limits.session-idle-timeout=5s"]) { lab in
            let number = Machine.marker()
            let busy = "for i in 1 2 3 4 5 6 7 8 9 10; do echo $i; sleep 1; done"
            try await lab.ssh("bob.web1", busy).start { beside in
                let idle = try await lab.ssh("alice.web1", "echo in; sleep \(number)")
                    .run(within: .seconds(30))

                #expect(idle.text == "in\n" && !idle.succeeded, "\(idle)")
                #expect(idle.errorText.contains("(`limits.session-idle-timeout`)"), "\(idle)")
                let isEnded = try await eventually(within: .seconds(20)) {
                    try !Machine.isRunning(number)
                }
                #expect(isEnded)
                let outcome = try await beside.finished(within: .seconds(30))
                #expect(outcome.lines.last == "10" && outcome.succeeded, "\(outcome)")
            }
            let ends = try await lab.sallyport("audit", "--kind", "session-ended", "--json").run()
            #expect(ends.text.contains(#""cause":"idle""#), "\(ends)")
        }
    }
}
