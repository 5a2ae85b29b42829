import Foundation
import Glibc
import Sandbox
import TestSupport

/// A program that closes the sandbox as a session process or a decider does, and tries something.
struct Probe {
    enum End: Hashable, CustomStringConvertible {
        case succeeded
        case failed(Int32)
        case killed(Int32)

        static let refused = End.failed(EACCES)
        static let forbidden = End.killed(SIGSYS)

        var description: String {
            switch self {
            case .succeeded: "succeeded"
            case .failed(let error): "failed with errno \(error)"
            case .killed(let signal): "killed by signal \(signal)"
            }
        }
    }

    /// What stands in the recording before anything is tried.
    static let recorded = "recorded\n"
    /// The exit status of a probe whose sandbox could not be closed.
    static let notConfined = End.failed(126)
    /// The exit status of a probe that does not know what to try.
    static let unknown = End.failed(125)

    let end: End
    /// What stands in its recording afterwards.
    let recording: String
    let errors: String

    /// Its standard output is a recording, opened as the authority opens one.
    init(
        _ mode: String,
        _ attempt: String,
        account: String? = Self.accountOfTests
    ) throws {
        let path = "\(FileManager.default.temporaryDirectory.path)/probe-\(UUID().uuidString)"
        try Self.recorded.write(toFile: path, atomically: true, encoding: .utf8)
        defer { unsafe _ = unlink(path) }
        let raw = unsafe open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = [mode, attempt]
        process.environment = account.map { ["SALLYPORT_PROCESS_ACCOUNT": $0] } ?? [:]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle(fileDescriptor: raw, closeOnDealloc: true)
        process.standardError = errors
        try process.run()
        let said = try errors.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let status = process.terminationStatus
        end =
            switch process.terminationReason {
            case .exit: status == 0 ? .succeeded : .failed(status)
            case .uncaughtSignal: .killed(status)
            @unknown default: .failed(status)
            }
        recording = try String(contentsOfFile: path, encoding: .utf8)
        self.errors = String(decoding: said, as: UTF8.self)
    }

    /// A number that a system call may have, its name, and how the process ended that tried it.
    typealias TriedCall = (number: Int, name: String, end: String)

    static func ends(ofCallsIn kind: ConfinedProcess) async throws -> [TriedCall] {
        let outcome = try await Command(
            program,
            [kind.rawValue, "calls"],
            environment: accountOfTests.map { ["SALLYPORT_PROCESS_ACCOUNT": $0] } ?? [:]
        ).run()
        return outcome.lines.compactMap { line in
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count == 3, let number = Int(words[0]) else { return nil }
            return (number, String(words[1]), String(words[2]))
        }
    }

    /// As root a process needs an account, and 65534 is `nobody`.
    static let accountOfTests = geteuid() == 0 ? "65534:65534" : nil

    private static let program = RepositoryFile.path(".build/debug/sandbox-probe")
}
