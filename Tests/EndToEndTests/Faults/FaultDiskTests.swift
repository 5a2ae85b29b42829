import Foundation
import Glibc
import TestSupport
import Testing

/// File systems that are full: what is not recorded does not happen, and with room again it goes on.
@Suite(
    .throughTurnstile,
    .enabled(if: SmallDisk.canBeMade, "only root can mount a small file system")
)
struct `a full disk` {
    private static let limit = `the end of a session`.limit
    /// What happens where no reserve keeps the disk from filling up.
    private static let withoutReserve = [
        "--set", "disk-reserve.percent=0", "--set", "disk-reserve.bytes=0KiB",
        "--set", "disk-reserve.end-percent=0",
    ]

    // MARK: recordings

    @Test func `of the recordings ends what cannot be recorded, and lets nothing else begin`()
        async throws
    {
        try await Lab.with("full-recordings", Self.withoutReserve) { lab in
            let disk = try SmallDisk(bytes: 6 << 20, at: "\(try lab.state)/recordings")
            try await lab.withRemoteFolder { folder in
                let marker = Machine.marker()
                // More than there is room for.
                let bulk = "head -c 30000000 /dev/zero | tr '\\0' x | fold -w 99; echo \(marker)"
                try await lab.ssh("bob.web1", "echo started; cat").readingWhatIsWritten().start {
                    quiet in
                    try await quiet.printed("started")

                    let cut = try await lab.ssh("alice.web1", bulk).run()

                    #expect(cut.end == .exited(74), "\(cut.errorText)")
                    #expect(cut.errorText.contains("its recording cannot be written"))
                    #expect(try await lab.isPrefixOfRecording(cut.output, marker, at: disk.path))
                    let ending = try await lab.ending(ofSessionWith: marker, within: Self.limit)
                    #expect(ending?.hasPrefix("recording-failed") == true, "\(ending ?? "live")")

                    try disk.fill()
                    let refused = try await lab.ssh("alice.db1", "touch \(folder)/ran").run()
                    #expect(refused.end == .exited(255), "\(refused)")
                    #expect(refused.errorText.contains("cannot record"), "\(refused)")

                    // What went on as long as nothing was to be recorded.
                    // More than the last block of its recording has room for.
                    quiet.write("unrecorded" + String(repeating: "x", count: 8192) + "\n")
                    let ended = try await quiet.finished()
                    #expect(ended.end == .exited(74), "\(ended)")
                    #expect(!ended.text.contains("unrecorded"), "\(ended)")
                    #expect(ended.errorText.contains("its recording cannot be written"))
                }
                #expect(!FileManager.default.fileExists(atPath: "\(folder)/ran"))

                try disk.clear()
                try FileManager.default.removeItem(atPath: "\(disk.path)/\(Self.year)")
                let again = try await lab.ssh("alice.web1", "echo again").run()
                #expect(again.text == "again\n", "\(again)")
            }
        }
    }

    /// The folder of all recordings of now.
    private static var year: String {
        "\(Calendar(identifier: .gregorian).component(.year, from: Date()))"
    }

    // MARK: the audit trail

    @Test func `of the audit trail lets nothing begin, and what ends is recorded when it has room`()
        async throws
    {
        let disk = try SmallDisk(bytes: 16 << 20)
        let settings = ["--set", "state-directory=\(disk.path)/state"] + Self.withoutReserve
        try await Lab.with("full-trail", settings) { lab in
            let recordings = try SmallDisk(bytes: 16 << 20, at: "\(disk.path)/state/recordings")
            _ = recordings
            let marker = Machine.marker()
            try await lab.ssh("alice.web1", "echo started; cat; : \(marker)").readingWhatIsWritten()
                .start { running in
                    try await running.printed("started")
                    try disk.fill()

                    for alias in ["bob.web1", "alice.db1", "copilot.web1"] {
                        let refused = try await lab.ssh(alias, "echo ran").run()
                        #expect(refused.end == .exited(255), "\(refused)")
                        #expect(!refused.text.contains("ran"), "\(refused)")
                        #expect(refused.errorText.contains("cannot record"), "\(refused)")
                    }
                    // What was begun goes on, and is recorded; its end waits for room.
                    running.write("still here\n")
                    try await running.printed("still here")
                    running.closeInput()
                    #expect(try await running.finished().succeeded)
                    #expect(try lab.log.contains("the audit trail did not take a record"))

                    try disk.clear()
                    let isServing = try await eventually(within: Self.limit) {
                        try await lab.ssh("bob.web1", "echo ran").run().text == "ran\n"
                    }
                    #expect(isServing, "it does not serve when there is room again")
                    let ending = try await lab.ending(
                        ofSessionWith: marker,
                        within: .seconds(40)
                    )
                    #expect(ending == "finished exited")
                }
        }
    }

    @Test func `at the start is said with the file, and nobody is let in`() async throws {
        let disk = try SmallDisk(bytes: 16 << 20)
        let state = "\(disk.path)/state"
        let settings = ["--set", "state-directory=\(state)"] + Self.withoutReserve
        try await Lab.with("full-start", settings) { lab in
            try await lab.ssh("alice.web1", "echo started; cat").readingWhatIsWritten().start {
                client in
                try await client.printed("started")
                try await lab.crash()
                _ = try await client.finished()
            }
            try disk.fill()

            let refused = try await lab.serve().run()

            #expect(refused.end == .exited(1), "\(refused)")
            #expect(refused.errorText.contains("`\(state)/audit.db`"), "\(refused)")
            #expect(refused.errorText.contains("make room"), "\(refused)")
            #expect(!refused.text.contains("listening"))

            try disk.clear()
            let again = try await Lab.up("full-start", settings)
            let ran = try await again.ssh("alice.web1", "echo again").run()
            #expect(ran.text == "again\n", "\(ran)")
            let areClosed = try await eventually(within: Self.limit) {
                try await again.sessions().allSatisfy { !$0.isLive }
            }
            #expect(areClosed, "what the crash left is not closed")
        }
    }
}

extension Lab {
    /// Whether what a client received stands at the front of what was recorded of its session.
    fileprivate func isPrefixOfRecording(
        _ received: [UInt8],
        _ marker: String,
        at folder: String
    ) async throws -> Bool {
        let found = try await Command("grep", ["-rl", "--include=*.cast", marker, folder]).run()
        guard let recording = found.lines.first else { return false }
        let played = try await sallyport("play", "--raw", recording).run()
        return played.output.starts(with: received) && !received.isEmpty
    }

    /// Ends the bastion without a word.
    func crash() async throws {
        let process = try bastionProcess
        Glibc.kill(Int32(process), SIGKILL)
        let isGone = try await eventually(within: .seconds(10)) { !Machine.exists(process) }
        guard isGone else { throw Failure(description: "the authority outlives SIGKILL") }
    }

    /// Another authority, with the same settings.
    func serve() throws -> Command {
        var command = try sallyport("serve", "--config", settings)
        command.environment["PATH"] = Command.searchPath.joined(separator: ":")
        return command
    }
}
