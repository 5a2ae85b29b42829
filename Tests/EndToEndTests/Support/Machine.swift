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

    static func fixture(_ name: String) -> String { "\(repository)/Tests/Fixtures/\(name)" }

    /// Whether a process of this machine, which is every target too, has a text in its arguments.
    static func isRunning(_ text: String) throws -> Bool {
        for process in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard Int(process) != nil,
                let arguments = FileManager.default.contents(atPath: "/proc/\(process)/cmdline"),
                // The client's own arguments hold it too.
                !arguments.starts(with: Data("ssh\0".utf8))
            else { continue }
            if String(decoding: arguments, as: UTF8.self).contains(text) { return true }
        }
        return false
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
