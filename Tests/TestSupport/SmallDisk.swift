import Foundation
import Glibc

/// A file system in memory with a size of its own, gone with this value; only root can have one.
package final class SmallDisk: Sendable {
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    package let path: String
    /// Whether there was no such folder before.
    private let isOwn: Bool

    /// Whether this process may mount one here.
    package static let canBeMade: Bool = {
        guard geteuid() == 0 else { return false }
        do {
            _ = try SmallDisk(bytes: 4096)
            return true
        } catch { return false }
    }()

    package static let reason = "only root can mount a small file system"

    /// Over a folder that is there, or in a new one; without a limit of files where that is 0.
    package init(bytes: Int, files: Int = 0, at folder: String? = nil) throws {
        isOwn = folder == nil
        path =
            folder
            ?? FileManager.default.temporaryDirectory
            .appendingPathComponent("sallyport-disk-\(UInt32.random(in: .min ... .max))").path
        if isOwn {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700]
            )
        }
        do {
            let options = "size=\(bytes),nr_inodes=\(files),mode=700"
            try Self.run("mount", "-t", "tmpfs", "-o", options, "none", path)
        } catch {
            if isOwn { try FileManager.default.removeItem(atPath: path) }
            throw error
        }
    }

    deinit {
        do {
            // Lazily: whatever a failed test still has open.
            try Self.run("umount", "--lazy", path)
            if isOwn { try FileManager.default.removeItem(atPath: path) }
        } catch { print("left behind: \(path) (\(error))") }
    }

    /// Takes all room but this, beside what it took before.
    package func fill(leaving bytes: Int = 0) throws {
        let free = try freeBytes() - bytes
        guard free > 0 else { return }
        let name = "\(path)/filling-\(UInt32.random(in: .min ... .max))"
        try Data(count: free).write(to: URL(fileURLWithPath: name))
    }

    /// Makes as many empty files as there is room for.
    package func fillWithFiles() throws {
        var space = statvfs()
        guard unsafe statvfs(path, &space) == 0 else { throw SystemFailure("statvfs") }
        for number in 0..<Int(space.f_favail) {
            try Data().write(to: URL(fileURLWithPath: "\(path)/filling-\(number)"))
        }
    }

    /// Gives it all back.
    package func clear() throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: path)
        where name.hasPrefix("filling-") {
            try FileManager.default.removeItem(atPath: "\(path)/\(name)")
        }
    }

    package func freeBytes() throws -> Int {
        var space = statvfs()
        guard unsafe statvfs(path, &space) == 0 else { throw SystemFailure("statvfs") }
        return Int(space.f_bavail) * Int(space.f_frsize)
    }

    private static func run(_ command: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "\(command.joined(separator: " ")) fails")
        }
    }
}
