internal import ArgumentParser
internal import Authority
internal import Foundation
internal import MessageSockets
internal import PlainText
internal import RecordingStore

/// `sallyport play`: shows a recording as it happened.
struct PlayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play",
        abstract: "Show a recording as it happened.",
        discussion: """
            Keys: space pauses and goes on, `.` shows the next output while paused, `]` goes on to \
            the next marker while paused, `q` or Ctrl-C ends. What would make your terminal answer, \
            write or stay changed is left out; --raw writes the exact bytes.
            """
    )

    @OptionGroup var admin: AdminOptions

    @Argument(help: "A session (s-…) of the running bastion, or a recording in asciicast v2.")
    var file: String

    @Option(help: "How fast: 2 is twice as fast.")
    var speed: Double = 1

    @Option(help: ArgumentHelp("Show no pause longer than this.", valueName: "seconds"))
    var idleLimit: Double?

    @Option(help: ArgumentHelp("Show everything before this at once.", valueName: "seconds"))
    var startAt: Double = 0

    @Flag(help: "Write the exact bytes at once: output to the output, errors to the errors.")
    var raw = false

    @Flag(help: "Go on as the recording grows, until it is closed.")
    var follow = false

    func validate() throws {
        guard ReplayPace.speeds.contains(speed) else {
            throw ValidationError("--speed must be from 0.001 to 1000")
        }
        guard (idleLimit ?? 0) >= 0, startAt >= 0 else {
            throw ValidationError("--idle-limit and --start-at must not be negative")
        }
    }

    func run() throws {
        guard Self.isSession(file) || !Self.isNearlySession(file) else {
            Complaint.write(
                "`\(file.escapingControls(limit: 64))` is no file here, and no session: those are "
                    + "`s-` and 12 characters, as `sallyport sessions` shows them"
            )
            throw ExitCode.failure
        }
        Replay.catchSignals()
        let pace = ReplayPace(speed: speed, idleLimitSeconds: idleLimit, startSeconds: startAt)
        do throws(ReplayError) {
            let flaws = try replay().run(raw ? .raw : .shown(pace))
            for line in flaws.lines { Self.warn(line) }
        } catch {
            // Who closes a pipe has seen enough.
            guard error != .outputClosed else { return }
            Self.warn(error.description)
            throw ExitCode.failure
        }
    }

    /// A session is asked of the bastion, which records who replays what; a file is just read.
    private func replay() throws(ReplayError) -> Replay {
        guard Self.isSession(file) else { return try Replay(path: file, follows: follow) }
        do throws(AdminError) {
            let recording = try admin.client().recording(of: file)
            return Replay(adopting: recording.surrender(), name: file, follows: follow)
        } catch {
            Complaint.write(error.description)
            Foundation.exit(1)
        }
    }

    /// `s-` and twelve characters, and no such file here.
    private static func isSession(_ name: String) -> Bool {
        name.hasPrefix("s-") && name.utf8.count == 14
            && !FileManager.default.fileExists(atPath: name)
    }

    private static func isNearlySession(_ name: String) -> Bool {
        name.hasPrefix("s-") && !FileManager.default.fileExists(atPath: name)
    }

    private static func warn(_ line: String) {
        FileHandle.standardError.write(Data("sallyport: \(line)\n".utf8))
    }
}
