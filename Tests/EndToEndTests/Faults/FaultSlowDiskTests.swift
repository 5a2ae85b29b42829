import Glibc
import TestSupport
import Testing

/// Disks that take long to sync: nothing crosses before it is there, and nobody else waits for that.
@Suite(
    .throughTurnstile,
    .enabled(if: PreloadedLibrary.canBeBuilt, "\(PreloadedLibrary.reason)")
)
struct `a slow disk` {
    /// A lab of which one program meets a slow disk, as `slow-disk.c` has it.
    private func withSlowDisk(
        _ name: String,
        of program: String,
        _ delay: String,
        _ body: (Lab) async throws -> Void
    ) async throws {
        let programs = try await PreloadedPrograms(
            "slow-disk.c",
            into: program,
            ["SLOW_DISK": delay]
        )
        try await Lab.with(name, programs: programs.path, body)
        withExtendedLifetime(programs) {}
    }

    @Test func `of one recording slows its session, loses nothing, and holds up no other one`()
        async throws
    {
        try await withSlowDisk("slow-recording", of: "sallyport-session", "100 65536") { lab in
            let marker = Machine.marker()
            let bulk = "head -c 3000000 /dev/zero | tr '\\0' x | fold -w 99; echo \(marker)"
            try await lab.ssh("alice.web1", bulk).start { slow in
                // By then its recording is slow.
                try await slow.reached("64 KiB", within: .seconds(30)) { $0.output.count > 65_536 }
                try await lab.ssh("bob.web1", "cat").readingWhatIsWritten().start { other in
                    for number in 1...10 {
                        other.write("line \(number)\n")
                        try await other.printed("line \(number)\n")
                    }
                    other.closeInput()
                    #expect(try await other.finished().succeeded)
                }
                #expect(!slow.progress.isComplete, "its disk is not slow")

                let outcome = try await slow.finished(within: .seconds(60))

                #expect(outcome.succeeded && outcome.text.hasSuffix("\(marker)\n"))
                let played = try await recorded(lab, marker)
                #expect(played == outcome.output)
            }
        }
    }

    @Test func `has what the client saw, whenever its session process is killed`() async throws {
        try await withSlowDisk("slow-killed", of: "sallyport-session", "100 65536") { lab in
            let marker = Machine.marker()
            let bulk = "head -c 3000000 /dev/zero | tr '\\0' x | fold -w 99; echo \(marker)"
            try await lab.ssh("alice.web1", bulk).start { client in
                try await client.reached("data", within: .seconds(30)) {
                    $0.output.count > 100_000
                }
                for process in try Machine.children(
                    of: lab.bastionProcess,
                    named: "sallyport-session"
                ) { kill(process, SIGKILL) }
                let outcome = try await client.finished()

                #expect(outcome.end == .exited(255))
                let ending = try await lab.ending(
                    ofSessionWith: marker,
                    within: `the end of a session`.limit
                )
                #expect(ending?.hasPrefix("process-died") == true, "\(ending ?? "live")")
                #expect(try await recorded(lab, marker).starts(with: outcome.output))
            }
        }
    }

    @Test func `of the audit trail makes many wait together, and nobody who runs already`()
        async throws
    {
        try await withSlowDisk("slow-trail", of: "sallyport", "400 0") { lab in
            try await lab.ssh("bob.web1", "cat").readingWhatIsWritten().start { running in
                running.write("first\n")
                try await running.printed("first")
                let loop =
                    "for i in {1..10}; do ssh -F \(lab.sshConfig) -n alice.web1 echo ran & done;"
                    + " wait"
                try await Command("bash", ["-c", loop]).start { many in
                    for number in 1...10 {
                        running.write("line \(number)\n")
                        try await running.printed("line \(number)\n")
                    }
                    // Each of them waits for several commits.
                    #expect(many.progress.output.isEmpty, "its disk is not slow")
                    let outcome = try await many.finished(within: .seconds(60))
                    #expect(outcome.lines == Array(repeating: "ran", count: 10), "\(outcome)")
                }
                running.closeInput()
                #expect(try await running.finished().succeeded)
            }
        }
    }

    /// What is recorded of the session with this text in its command.
    private func recorded(_ lab: Lab, _ marker: String) async throws -> [UInt8] {
        let found = try await Command("grep", ["-rl", marker, "\(try lab.state)/recordings"]).run()
        let recording = try #require(found.lines.first, "\(found)")
        return try await lab.sallyport("play", "--raw", recording).run().output
    }
}
