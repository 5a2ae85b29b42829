import Foundation
import TestSupport

/// A disk that answers EIO for as long as a test wants, to a process of its own.
struct FailingDisk {
    /// What fails, as `failing-disk.c` has it.
    enum Call: String, CaseIterable, Sendable {
        case write
        case sync
        /// Both, where the log is folded into the store.
        case fold
    }

    private static let variable = "FAILING_DISK"

    /// Whether this process has one.
    static var isHere: Bool { ProcessInfo.processInfo.environment[variable] != nil }

    private let folder: TemporaryFolder
    private let library: PreloadedLibrary
    private var fault: String { folder.path + "/fault" }

    init() async throws {
        folder = try TemporaryFolder()
        library = try await PreloadedLibrary("failing-disk.c", in: folder.path)
        try fail(nil)
    }

    /// Of the process that has it.
    var environment: [String: String] { ["LD_PRELOAD": library.path, Self.variable: fault] }

    /// From now on this fails, or nothing does.
    func fail(_ call: Call?) throws {
        try (call?.rawValue ?? "").write(toFile: fault, atomically: true, encoding: .utf8)
    }
}
