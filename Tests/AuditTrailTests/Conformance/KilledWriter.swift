import AuditTrail
import Foundation
import Glibc
import Testing

/// This test program once more, as a process that records until it is killed.
///
/// Each of its threads numbers its submissions; of each it says on which sequence it was acknowledged.
final class KilledWriter {
    /// A submission that the store acknowledged.
    struct Acknowledgement: Hashable {
        /// `THREAD.NUMBER`, which is in each of its records.
        let submission: String
        let sequences: [Int64]
    }

    /// LIMIT: threads, each with one submission under way.
    static let threads = 4
    /// Of each submission: two that stand for themselves, and a certificate.
    static let recordsPerSubmission = 3
    private static let variable = "SALLYPORT_TEST_KILLED_WRITER"

    /// What this process is to write into, where it is such a writer.
    static var order: (kind: StoreKind, place: String, run: String)? {
        let text = ProcessInfo.processInfo.environment[variable] ?? ""
        let parts = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count == 3, let kind = StoreKind(rawValue: parts[0]) else { return nil }
        return (kind, parts[2], parts[1])
    }

    private let process = Process()
    private let output = Pipe()
    private var pending = ""
    private(set) var acknowledged: [Acknowledgement] = []
    /// How many were refused, because the disk answered with an error.
    private(set) var refusals = 0

    /// `run` tells its submissions from those of others; a disk that fails is its own.
    init(
        _ kind: StoreKind,
        _ workshop: any StoreWorkshop,
        run: String,
        on disk: FailingDisk? = nil
    ) throws {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = [
            "--testing-library", "swift-testing", "--filter", "writerOfConformanceTests",
        ]
        process.environment = ProcessInfo.processInfo.environment.merging(
            [Self.variable: "\(kind.rawValue) \(run) \(workshop.place)"]
        ) { $1 }.merging(disk?.environment ?? [:]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        try process.run()
    }

    deinit { if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) } }

    /// Kills it once so many were acknowledged, and hears what it still said.
    func kill(afterAcknowledgements count: Int) throws {
        try listen { acknowledged.count >= count }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        while try read() {}
    }

    /// Hears what it says until something holds.
    func listen(until holds: () -> Bool) throws {
        while !holds() {
            guard try read() else { throw CocoaError(.fileReadUnknown) }
        }
    }

    /// False at the end.
    private func read() throws -> Bool {
        let data = output.fileHandleForReading.availableData
        pending += String(decoding: data, as: UTF8.self)
        while let end = pending.firstIndex(of: "\n") {
            let words = pending[..<end].split(separator: " ")
            pending = String(pending[pending.index(after: end)...])
            if words.first == "refused" { refusals += 1 }
            guard words.count == 2 + Self.recordsPerSubmission, words[0] == "ack" else { continue }
            acknowledged.append(
                Acknowledgement(
                    submission: String(words[1]),
                    sequences: words.dropFirst(2).compactMap { Int64($0) }
                )
            )
        }
        return !data.isEmpty
    }

    /// What a record that stands for itself says.
    static func text(_ submission: String) -> String {
        // Long enough that the log is folded into the store many times in a run.
        submission + " " + String(repeating: "x", count: 8000)
    }

    static func submission(of record: AuditRecord) -> String? {
        guard case .notice(let notice) = record.event else { return nil }
        return notice.detail.split(separator: " ").first.map(String.init)
    }
}

@Suite struct `a process that a test kills` {
    /// No test of its own: what `KilledWriter` runs in a process of its own until it is killed.
    @Test(.enabled(if: KilledWriter.order != nil))
    func writerOfConformanceTests() throws {
        let order = try #require(KilledWriter.order)
        let committer = GroupCommitter(store: try order.kind.workshop(at: order.place).open())
        DispatchQueue.concurrentPerform(iterations: KilledWriter.threads) { thread in
            for number in 1... {
                let line: String
                do throws(StoreError) {
                    line = try commit("\(order.run).\(thread).\(number)", to: committer)
                } catch {
                    guard case .ioFailed = error, FailingDisk.isHere else { exit(1) }
                    line = "refused"
                }
                FileHandle.standardError.write(Data((line + "\n").utf8))
            }
        }
    }

    private func commit(
        _ submission: String,
        to committer: GroupCommitter
    ) throws(StoreError) -> String {
        let committed = try committer.commit([
            Facts.notice(KilledWriter.text(submission)), Facts.certificate(),
            Facts.notice(KilledWriter.text(submission)),
        ])
        let sequences = committed.map { "\($0.sequence)" }.joined(separator: " ")
        return "ack \(submission) \(sequences)"
    }
}
