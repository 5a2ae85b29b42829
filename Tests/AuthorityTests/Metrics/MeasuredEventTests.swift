import AuditTrail
import Synchronization
import Testing

@testable import Authority

@Suite struct `a committed record` {
    private typealias Step = Measurements.Step

    @Test func `is counted for what it says`() {
        let bytes = AuditEvent.StreamBytes(input: 1, output: 2, error: 3, recorded: 4)
        let end = AuditEvent.SessionEnded(
            cause: .recordingLimit,
            remoteEnd: .left(processes: 2),
            bytes: bytes
        )
        #expect(
            Measurements.steps(of: .sessionEnded(end)) == [
                Step(.auditRecords, ["session-ended"]),
                Step(.sessionsEnded, ["recording-limit"]),
                Step(.streamBytes, ["input"], by: 1),
                Step(.streamBytes, ["output"], by: 2),
                Step(.streamBytes, ["error"], by: 3),
                Step(.recordedBytes, by: 4),
                Step(.remoteEnds, ["left"]),
            ]
        )
        let decision = AuditEvent.Decided(effect: .deny, reason: "x", determiningRules: [])
        #expect(
            Measurements.steps(of: .decided(decision)) == [
                Step(.auditRecords, ["decided"]), Step(.decisions, ["deny"]),
            ]
        )
        let death = AuditEvent.ProcessDied(process: .decide, detail: "was killed by SIGSEGV")
        #expect(
            Measurements.steps(of: .processDied(death)) == [
                Step(.auditRecords, ["process-died"]), Step(.processDeaths, ["decide"]),
            ]
        )
    }

    @Test func `is only counted in series that there are`() throws {
        let metering = Metering()
        for cause in AuditEvent.SessionEnded.Cause.allCases {
            metering.measurements.count(.sessionEnded(AuditEvent.SessionEnded(cause: cause)))
        }
        for cause in AuditEvent.ConnectionEnded.Cause.allCases {
            metering.measurements.count(.connectionEnded(AuditEvent.ConnectionEnded(cause: cause)))
        }
        for topic in AuditEvent.Notice.Topic.allCases {
            metering.measurements.count(.notice(AuditEvent.Notice(topic: topic, detail: "x")))
        }
        let ended = metering.registry.readings().filter { $0.series.metric == .sessionsEnded }
        #expect(ended.allSatisfy { $0.reading == .total(1) })
    }

    @Test func `is told on after its commit, and counted once`() throws {
        let folder = try Folder()
        try folder.setMode(0o700, of: "")
        let metering = Metering()
        let told = Told()
        let path = "\(folder.path)/audit.db"
        let first = try ObservedStore(
            SQLiteStore(path: path),
            metering.measurements,
            committed: { told.note($0) }
        )
        let record = NewAuditRecord(
            time: .now(),
            attribution: Attribution(),
            event: .served(AuditEvent.Served(state: .started))
        )
        #expect(first.progress == ObservedStore.Progress())
        _ = try first.append([record, record])
        _ = try first.append([record])
        #expect(throws: StoreError.self) { _ = try first.append([]) }
        #expect(told.sequences == [2, 3])
        #expect(first.progress == ObservedStore.Progress(lastSequence: 3, beganAt: nil))
        let readings = metering.registry.readings()
        func reading(_ metric: Metric, _ values: String...) -> MetricRegistry.Reading? {
            readings.first { $0.series == MetricSeries(metric, values) }?.reading
        }
        #expect(reading(.auditRecords, "served") == .total(3))
        #expect(reading(.commitFailures) == .total(1))
        guard case .durations(let commits) = reading(.commitSeconds) else {
            Issue.record("no durations")
            return
        }
        #expect(commits.count == 2)
        try first.close()

        let second = try ObservedStore(SQLiteStore(path: path), metering.measurements)
        #expect(second.progress.lastSequence == 3)
        try second.close()
    }
}

/// What a store told, from whichever thread.
private final class Told: Sendable {
    private let state = Mutex<[Int64]>([])

    var sequences: [Int64] { state.withLock { $0 } }

    func note(_ sequence: Int64) { state.withLock { $0.append(sequence) } }
}
