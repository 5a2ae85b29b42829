import AuditTrail
import Testing

@testable import Authority

@Suite struct `the progress of an export` {
    private static func moment(_ seconds: Int64) -> Timestamp {
        Timestamp(microsecondsSince1970: (1_790_000_000 + seconds) * 1_000_000)
    }

    private static func position(_ sequence: Int64, _ seconds: Int64) -> ExportPosition {
        ExportPosition(sequence: sequence, time: moment(seconds))
    }

    @Test func `is behind from a commit until its record has arrived`() {
        var progress = ExportProgress()
        progress.opened(after: nil)
        #expect(!progress.isBehind)
        #expect(progress.lag(at: Self.moment(5)) == .zero)

        progress.committed(2, at: Self.moment(10))
        progress.committed(3, at: Self.moment(11))
        #expect(progress.lagRecords == 3)
        #expect(progress.lag(at: Self.moment(15)) == .seconds(5))

        progress.arrived(2, upTo: Self.position(2, 10))
        #expect(progress.lagRecords == 1)
        #expect(progress.lag(at: Self.moment(15)) == .seconds(5))

        progress.arrived(1, upTo: Self.position(3, 11))
        #expect(!progress.isBehind)
        #expect(progress.lag(at: Self.moment(100)) == .zero)
        #expect(progress.exported == 3)

        progress.committed(4, at: Self.moment(200))
        #expect(progress.lag(at: Self.moment(201)) == .seconds(1))
    }

    @Test func `goes on where a file ends, and back where it lacks something`() {
        var progress = ExportProgress()
        progress.committed(10, at: Self.moment(0))
        progress.opened(after: Self.position(10, 0))
        #expect(!progress.isBehind)
        #expect(progress.lag(at: Self.moment(9)) == .zero)
        progress.opened(after: Self.position(7, 0))
        #expect(progress.lagRecords == 3)
        progress.opened(after: nil)
        #expect(progress.lagRecords == 10)
    }

    @Test func `waits longer from failure to failure, up to a limit, and not after a success`() {
        var progress = ExportProgress()
        let error = ExportError.syslog(destination: "/dev/log", reason: "gone")
        let pauses = (0..<7).map { _ in progress.failed(error).components.seconds }
        #expect(pauses == [1, 2, 4, 8, 16, 30, 30])
        #expect(progress.failure == error)
        #expect(progress.failures == 7)
        progress.arrived(0, upTo: Self.position(1, 0))
        #expect(progress.failure == nil)
        #expect(progress.failed(error) == .seconds(1))
    }

    @Test func `never goes by a clock that was set back`() {
        var progress = ExportProgress()
        progress.committed(1, at: Self.moment(10))
        #expect(progress.lag(at: Self.moment(9)) == .zero)
    }
}
