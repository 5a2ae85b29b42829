import Foundation
import TestSupport
import Testing

/// Disks that fill, and principals that fill them.
@Suite(.throughTurnstile)
struct `a limit of storage of a bastion` {
    /// A small file system in the place of the recordings.
    private func withSmallDisk(
        _ lab: Lab,
        megabytes: Int,
        _ body: (String) async throws -> Void
    ) async throws {
        let folder = "\(try lab.state)/recordings"
        let options = "size=\(megabytes)m,mode=0700"
        let mounted = try await Command("mount", ["-t", "tmpfs", "-o", options, "none", folder])
            .run()
        try #require(mounted.succeeded, "\(mounted)")
        do {
            try await body(folder)
        } catch {
            _ = try await Command("umount", ["-l", folder]).run()
            throw error
        }
        let unmounted = try await Command("umount", ["-l", folder]).run()
        #expect(unmounted.succeeded, "\(unmounted)")
    }

    private func fill(_ folder: String, _ megabytes: Int) throws {
        try Data(count: megabytes << 20).write(to: URL(filePath: "\(folder)/ballast"))
    }

    @Test(.enabled(if: Machine.isRoot, "a file system is mounted"))
    func `refuses new sessions below the reserve, and ends the greatest writer at the last`()
        async throws
    {
        let settings = [
            "disk-reserve.bytes=100MiB", "disk-reserve.percent=5", "disk-reserve.end-percent=5",
        ]
        try await Lab.with("reserve", settings.flatMap { ["--set", $0] }) { lab in
            try await withSmallDisk(lab, megabytes: 200) { folder in
                let isServing = try await eventually(within: .seconds(15)) {
                    try await lab.ssh("alice.web1", "true").run().succeeded
                }
                #expect(isServing)
                let writer =
                    "echo started; read go; while :; do head -c 300000 /dev/urandom | base64; sleep 0.1; done"
                try await lab.ssh("alice.web1", writer).readingWhatIsWritten().start { large in
                    try await large.printed("started")
                    try await lab.ssh("bob.web1", "echo started; cat")
                        .readingWhatIsWritten().start { small in
                            try await small.printed("started")
                            try fill(folder, 160)
                            try await expectRefused(lab)
                            small.write("goes on\n")
                            try await small.printed("goes on")

                            large.write("go\n")
                            let outcome = try await large.finished(within: .seconds(60))
                            let reason = "the disk is nearly full (`disk-reserve`)"
                            #expect(outcome.errorText.contains(reason), "\(outcome.errorText)")
                            small.write("still\n")
                            try await small.printed("still")

                            try FileManager.default.removeItem(atPath: "\(folder)/ballast")
                            let isServed = try await eventually(within: .seconds(15)) {
                                try await lab.ssh("alice.web1", "echo again").run().text
                                    == "again\n"
                            }
                            #expect(isServed)
                            small.closeInput()
                            #expect(try await small.finished().succeeded)
                            // What it ran on the target is ended first.
                            #expect(try await isRecorded("nearly full (`disk-reserve`)", lab))
                        }
                }
            }
            let trail = try await lab.sallyport("audit", "--json", "--limit", "1000").run().lines
            let named = trail.filter { $0.contains("(`disk-reserve`)") }
            #expect(named.contains { $0.contains(#""kind":"decided""#) }, "\(trail)")
        }
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "\(SmallDisk.reason)"))
    func `refuses new sessions where no more files can be made, and lets others go on`()
        async throws
    {
        try await Lab.with("files", ["--set", "disk-reserve.bytes=0KiB"]) { lab in
            let disk = try SmallDisk(
                bytes: 64 << 20,
                files: 4096,
                at: "\(try lab.state)/recordings"
            )
            try await lab.ssh("bob.web1", "echo started; cat").readingWhatIsWritten()
                .start { running in
                    try await running.printed("started")
                    try disk.fillWithFiles()
                    let reason = "0 more files can be made for recordings, fewer than 205"
                    try await expectRefused(lab, reason)
                    running.write("goes on\n")
                    try await running.printed("goes on")
                    for program in ["health", "doctor"] {
                        let said = try await lab.sallyport(program).run()
                        #expect(said.text.contains("\(reason): no new session begins"), "\(said)")
                        #expect(said.end == .exited(2), "\(said)")
                    }

                    try disk.clear()
                    let isServed = try await eventually(within: .seconds(15)) {
                        try await lab.ssh("alice.web1", "echo again").run().text == "again\n"
                    }
                    #expect(isServed)
                    running.closeInput()
                    #expect(try await running.finished().succeeded)
                }
        }
    }

    /// Whether the end of a session says so, soon.
    private func isRecorded(_ text: String, _ lab: Lab) async throws -> Bool {
        try await eventually(within: .seconds(60)) {
            try await lab.sallyport("audit", "--kind", "session-ended", "--json").run().text
                .contains(text)
        }
    }

    private func expectRefused(
        _ lab: Lab,
        _ reason: String = "MiB are free for recordings"
    ) async throws {
        var last: Outcome?
        // Where there is nothing left at all, it is refused for that until somebody looks.
        let isRefused = try await eventually(within: .seconds(15)) {
            let outcome = try await lab.ssh("alice.web1", "echo in").run()
            last = outcome
            return outcome.end == .exited(255) && outcome.errorText.contains(reason)
        }
        #expect(isRefused, "\(String(describing: last))")
        #expect(last?.output.isEmpty == true)
        #expect(last?.errorText.contains("(`disk-reserve`)") == true)
    }

    @Test func `refuses who recorded too much today, after a restart too, and nobody else`()
        async throws
    {
        let settings = ["--set", "recording.bytes-per-principal-and-day=64KiB"]
        try await Lab.with("daily", settings) { lab in
            func echo(_ who: String, _ lab: Lab) async throws -> Outcome {
                try await lab.ssh("\(who).web1", "echo in").run()
            }
            let recorded = try await lab.ssh("alice.web1", "head -c 90000 /dev/urandom | base64")
                .run()
            #expect(recorded.succeeded, "\(recorded)")
            func expectRefused(_ lab: Lab) async throws {
                let refused = try await echo("alice", lab)
                #expect(refused.end == .exited(77), "\(refused)")
                let name = "(`recording.bytes-per-principal-and-day`)"
                #expect(refused.errorText.contains(name), "\(refused)")
                #expect(try await echo("bob", lab).text == "in\n")
            }
            try await expectRefused(lab)

            let again = try await Lab.up("daily", settings + ["--set", "spares=3"])
            try await expectRefused(again)
            let enough = ["--set", "recording.bytes-per-principal-and-day=1MiB"]
            #expect(try await echo("alice", Lab.up("daily", enough)).text == "in\n")
        }
    }
}
