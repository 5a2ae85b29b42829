import Foundation
import Glibc
import Testing

/// Processes apart from all others of this machine: what runs in the room sees and meets no others.
///
/// It is a PID namespace with a `/proc` of its own, and all in it ends with the value that owns it.
final class ProcessRoom {
    static let reason: Comment = "no PID namespace can be made here"

    static let canBeMade: Bool = {
        do {
            let room = try ProcessRoom()
            let process = room.process(["true"])
            try process.run()
            process.waitUntilExit()
            withExtendedLifetime(room) {}
            return process.terminationStatus == 0
        } catch {
            return false
        }
    }()

    struct NotMade: Error {}

    /// Root needs no more; others have a user namespace in which they are who they are.
    private static let isRoot = geteuid() == 0

    private let owner: Process
    /// The first process of the room, which does nothing.
    private let first: String

    init() throws {
        owner = Process()
        let output = Pipe()
        owner.executableURL = URL(filePath: "/usr/bin/unshare")
        let user = Self.isRoot ? [] : ["--user", "--map-current-user"]
        owner.arguments =
            user + ["--pid", "--fork", "--mount-proc", "--kill-child"]
            + ["/bin/sh", "-c", "echo ready; exec sleep infinity"]
        owner.standardInput = FileHandle.nullDevice
        owner.standardOutput = output
        owner.standardError = FileHandle.nullDevice
        try owner.run()
        let word = try output.fileHandleForReading.read(upToCount: 6)
        let id = owner.processIdentifier
        let children = FileManager.default.contents(atPath: "/proc/\(id)/task/\(id)/children")
        let list = String(decoding: children ?? Data(), as: UTF8.self).split(separator: " ")
        guard word == Data("ready\n".utf8), let child = list.first else { throw NotMade() }
        first = String(child)
    }

    deinit {
        // The room goes with its owner, and all that is in it with its first process.
        kill(owner.processIdentifier, SIGKILL)
    }

    /// The arguments of `nsenter` for what is to run in the room; it lasts as long as that.
    func entering(_ arguments: [String], as user: UInt32? = nil) -> [String] {
        let space = Self.isRoot ? [] : ["--user", "--preserve-credentials"]
        let account =
            user.map { ["setpriv", "--reuid=\($0)", "--regid=\($0)", "--clear-groups"] } ?? []
        return ["--target", first] + space + ["--pid", "--mount", "--"] + account + arguments
    }

    func process(_ arguments: [String], as user: UInt32? = nil) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/nsenter")
        process.arguments = entering(arguments, as: user)
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }

    /// Runs a script in a kernel session of its own, as sshd gives each command one.
    func run(
        _ text: String,
        by shell: String,
        reading line: String,
        as user: UInt32? = nil
    ) throws -> [UInt8] {
        let process = process(["setsid", "--wait", shell, "-c", text], as: user)
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
        try input.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return [UInt8](bytes)
    }
}
