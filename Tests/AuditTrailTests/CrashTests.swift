import AuditTrail
import Foundation
import Testing

@Suite struct `a crash` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `by SIGKILL in the midst of commits loses no acknowledged record`() throws {
        let writer = try CrashingWriter(folder.database)
        var acknowledged: Int64 = 0
        while acknowledged < 150 {
            acknowledged = max(acknowledged, try writer.nextAcknowledgement())
        }
        acknowledged = max(acknowledged, try writer.kill())

        let store = try SQLiteStore(path: folder.database)
        let last = try store.auditRecords(
            matching: AuditFilter(order: .newestFirst(before: nil), limit: 1)
        ).entries.first?.sequence
        #expect(try #require(last) >= acknowledged)
        let certificates = try store.append([Facts.certificate()])
        #expect(try #require(certificates.first?.certificateSerial?.number) > UInt64(acknowledged))
    }

    @Test func `that cuts the end of the log loses nothing that was committed before`() throws {
        let store = try SQLiteStore(path: folder.database)
        _ = try store.append([Facts.notice("a")])
        // What another machine would find on the disk, with a half-written frame behind it.
        let copy = try TemporaryFolder()
        for suffix in ["", "-wal"] {
            let file = copy.database + suffix
            try FileManager.default.copyItem(atPath: folder.database + suffix, toPath: file)
        }
        let log = try FileHandle(
            forUpdating: URL(fileURLWithPath: copy.database + "-wal")
        )
        try log.seekToEnd()
        try log.write(contentsOf: Data(repeating: 0x5A, count: 1000))
        try log.close()

        let after = try SQLiteStore(path: copy.database)
        #expect(try after.append([Facts.notice("b")]).map(\.sequence) == [2])
        try after.close()
    }

}

@Suite struct `a process that a test kills` {
    /// No test of its own: what `CrashingWriter` runs in a process of its own until it is killed.
    @Test(.enabled(if: CrashingWriter.path != nil))
    func writerOfCrashTests() throws {
        let path = try #require(CrashingWriter.path)
        let committer = GroupCommitter(store: try SQLiteStore(path: path))
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            do throws(StoreError) {
                while true {
                    let sequence = try committer.commit([Facts.certificate()])[0].sequence
                    FileHandle.standardError.write(Data("ack \(sequence)\n".utf8))
                }
            } catch { exit(1) }
        }
    }
}

/// This test program once more, as a process that records until it is killed.
private final class CrashingWriter {
    private static let variable = "SALLYPORT_TEST_CRASHING_AUDIT"

    static var path: String? { ProcessInfo.processInfo.environment[variable] }

    private let process = Process()
    private let output = Pipe()
    private var pending = ""

    init(_ path: String) throws {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [
            "--testing-library", "swift-testing", "--filter", "writerOfCrashTests",
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(
            [Self.variable: path]
        ) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        try process.run()
    }

    func nextAcknowledgement() throws -> Int64 {
        while true {
            let parts = pending.split(
                separator: "\n",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            if parts.count == 2 {
                pending = String(parts[1])
                if parts[0].hasPrefix("ack "), let number = Int64(parts[0].dropFirst(4)) {
                    return number
                }
                continue
            }
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw CocoaError(.fileReadUnknown) }
            pending += String(decoding: data, as: UTF8.self)
        }
    }

    /// Kills it, and gives the last acknowledgement that it sent before it died.
    func kill() throws -> Int64 {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        var last: Int64 = 0
        do {
            while true { last = max(last, try nextAcknowledgement()) }
        } catch is CocoaError {
            return last
        }
    }
}
