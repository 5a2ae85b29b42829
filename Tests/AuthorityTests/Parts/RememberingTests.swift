import AuditTrail
import Foundation
import PolicyEngine
import RecordingStore
import Testing

@testable import Authority

@Suite struct `what is remembered at a start of what was recorded today` {
    /// What a trail says of recordings.
    private struct Usage: UsageReading {
        var measured: [RecordedUse] = []
        var unmeasured: [UnmeasuredRecording] = []
        var spanning: [SpanningRecording] = []

        func signIns(since moment: Timestamp, limit: Int) -> [SignInPlace] { [] }
        func recordedBytes(since moment: Timestamp) -> [RecordedUse] { measured }
        func unmeasuredRecordings(since moment: Timestamp, limit: Int) -> [UnmeasuredRecording] {
            unmeasured
        }
        func recordings(across moment: Timestamp, limit: Int) -> [SpanningRecording] { spanning }
    }

    private let bastion: Bastion
    private let today = DailyRecordings.day(of: .now())

    init() throws { bastion = try Bastion(try World()) }

    private func time(_ secondsAfterMidnight: Int64) -> Timestamp {
        let seconds = today * DailyRecordings.seconds + secondsAfterMidnight
        return Timestamp(microsecondsSince1970: seconds * 1_000_000)
    }

    private func spanning(_ bytes: UInt64?, until end: Int64, _ name: String) -> SpanningRecording {
        SpanningRecording(
            principal: "human:alice",
            recording: name,
            openedAt: time(-100),
            endedAt: time(end),
            bytes: bytes
        )
    }

    private func remembered(_ usage: Usage) throws -> UInt64? {
        try Startup.rememberRecordings(usage, bastion.services)
        let alice = try #require(PrincipalName("human:alice"))
        return bastion.services.storage.recordings.totals(on: today)[alice]
    }

    @Test func `is all of what was opened today, and a part of what was over midnight`() throws {
        let usage = Usage(
            measured: [RecordedUse(principal: "human:alice", bytes: 1_000)],
            // Half of its time is of today.
            spanning: [spanning(4_000, until: 100, "")]
        )
        #expect(try remembered(usage) == 1_000 + 2_000)
    }

    @Test func `is by the file where a crash left it, up to when it was written last`() throws {
        let name = "left.cast"
        let path = "\(bastion.services.recordings.path)/\(name)"
        try Data(count: 6_000).write(to: URL(filePath: path))
        let written = Date(timeIntervalSince1970: Double(today * DailyRecordings.seconds + 50))
        try FileManager.default.setAttributes([.modificationDate: written], ofItemAtPath: path)
        // The next start, an hour later, recorded its end.
        let usage = Usage(spanning: [
            spanning(nil, until: 3_600, name), spanning(nil, until: 3_600, "gone.cast"),
        ])
        #expect(try remembered(usage) == 2_000)
    }
}
