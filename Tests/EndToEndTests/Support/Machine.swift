import Foundation
import Glibc
import TestSupport
import Testing

/// The machine that runs the tests.
enum Machine {
    static let isRoot = geteuid() == 0

    /// Whether the sshd of a lab can give a program a terminal.
    ///
    /// One that is not root's cannot hand it to the group `tty`, so it must belong to that already,
    /// as on Debian, and not in every container.
    static let givesTerminals: Bool = {
        if isRoot { return true }
        let mounts = FileManager.default.contents(atPath: "/proc/mounts") ?? Data()
        return String(decoding: mounts, as: UTF8.self).split(separator: "\n")
            .contains { $0.hasPrefix("devpts ") && $0.contains("gid=5") }
    }()

    static let noTerminals: Comment = "an sshd of an ordinary user has no terminal to give here"

    /// Whether a test can have a network of its own.
    static let makesNetworks: Bool = {
        guard isRoot, ["unshare", "ip", "ss"].allSatisfy(has) else { return false }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["unshare", "--net", "true"]
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    static func has(_ program: String) -> Bool {
        program.hasPrefix("/")
            ? FileManager.default.isExecutableFile(atPath: program)
            : Command.searchPath.contains {
                FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
            }
    }

    static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// Python with paramiko and asyncssh, made by `scripts/install`.
    static let pythonClients = "\(repository)/.build/python/bin/python"

    /// Beside it.
    static let sshAudit = "\(repository)/.build/python/bin/ssh-audit"

    static func fixture(_ name: String) -> String { "\(repository)/Tests/Fixtures/\(name)" }

    /// A number that no other test has, to find a command by its arguments.
    static func marker() -> String { "864\(UInt32.random(in: 10_000_000...99_999_999))" }

    /// The processes that another one started, of a program with this name.
    static func children(of parent: Int, named name: String) throws -> [Int32] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { process in
            guard let id = Int32(process),
                let status = FileManager.default.contents(atPath: "/proc/\(process)/status")
            else { return nil }
            let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
            // The kernel keeps the first fifteen bytes of a name.
            let isWanted =
                lines.contains("Name:\t\(name.prefix(15))") && lines.contains("PPid:\t\(parent)")
            return isWanted ? id : nil
        }
    }

    static func exists(_ process: Int) -> Bool {
        FileManager.default.fileExists(atPath: "/proc/\(process)")
    }

    /// Whether a process of this machine, which is every target too, has a text in its arguments.
    static func isRunning(_ text: String) throws -> Bool {
        for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard Int(process) != nil, let arguments = arguments(of: process),
                // The client's own arguments hold it too.
                !arguments.starts(with: Data("ssh\0".utf8))
            else { continue }
            if String(decoding: arguments, as: UTF8.self).contains(text) { return true }
        }
        return false
    }

    /// Nil where it is gone; empty for what has none: threads of the kernel, and the dead.
    ///
    /// While a program is being replaced by another one it has none either, for a moment in which the
    /// process may be kept from running: what has memory of its own is asked again.
    private static func arguments(of process: String) -> Data? {
        func contents(_ name: String) -> Data? {
            FileManager.default.contents(atPath: "/proc/\(process)/\(name)")
        }
        for _ in 0..<1000 {
            guard let arguments = contents("cmdline") else { return nil }
            guard arguments.isEmpty, let memory = contents("statm"),
                !memory.starts(with: Data("0 ".utf8))
            else { return arguments }
            sched_yield()
        }
        return Data()
    }
}

/// Waits for a condition outside of any process of the test; false when the time is over.
func eventually(
    within limit: Duration,
    _ condition: () async throws -> Bool
) async throws -> Bool {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard .now < deadline else { return false }
        try await Task.sleep(for: .milliseconds(50))
    }
    return true
}
