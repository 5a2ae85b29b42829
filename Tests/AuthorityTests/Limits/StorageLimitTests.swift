import AuditTrail
import Glibc
import PolicyEngine
import RecordingStore
import SessionProtocol
import Synchronization
import Testing

@testable import Authority

/// By a disk that the test fills, and a clock that it moves.
@Suite struct `a limit of storage` {
    private final class Disk: Sendable {
        let free = Mutex<UInt64?>(1 << 40)
    }

    /// What the calendar says.
    private final class Moment {
        var now = Timestamp.now()
    }

    private let clock = ManualClock()
    private let moment = Moment()
    private let disk = Disk()
    private let target: SilentTarget
    private let bastion: Bastion

    init() throws {
        target = try SilentTarget()
        var recording = RecordingSettings()
        recording.bytesPerPrincipalAndDay = 1 << 20
        bastion = try Bastion(
            try World().edited("192.0.2.10:22", "\(target.address)"),
            clock: clock,
            recording: recording
        )
        bastion.services.storage.examine = { [disk] _ in
            disk.free.withLock { $0 }.map { DiskSpace(total: 1 << 40, free: $0) }
        }
        bastion.services.storage.moment = { [moment] in moment.now }
        let connection = bastion.connection
        bastion.services.storage.begin { [weak connection] in
            (connection?.sessions.values).map(Array.init) ?? []
        }
        try bastion.signsIn(with: bastion.world.alice)
    }

    private var counts: LimitCounts { bastion.services.limitCounts }

    private func look(until hasHappened: () throws -> Bool) throws {
        clock.pass(StorageWatch.interval)
        try bastion.turn(until: hasHappened)
    }

    private func recordedSession(_ number: UInt32 = 1) throws -> ServedSession {
        let session = try bastion.opensSession(number)
        try bastion.turn { session.transport != nil }
        return session
    }

    private func grow(_ session: ServedSession, to bytes: Int) throws {
        let path = try #require(session.relativeRecordingPath)
        let whole = "\(bastion.services.recordings.path)/\(path)"
        try #require(unsafe truncate(whole, off_t(bytes)) == 0)
    }

    private var recordedToday: UInt64 {
        let today = DailyRecordings.day(of: moment.now)
        return bastion.services.storage.recordings.totals(on: today).values.reduce(0, +)
    }

    private func lack() -> LimitName? {
        bastion.connection.identity.flatMap {
            bastion.services.storage.obstacle(for: $0.principal.name)?.limit
        }
    }

    @Test func `refuses new sessions by a reserve that is used up, and lets others go on`() throws {
        let running = try recordedSession(1)
        disk.free.withLock { $0 = 1 << 35 }
        try look { lack() == .diskReserve }
        let session = try bastion.opensSession(2)
        try bastion.turn { session.ownCause != nil }

        #expect(session.ownCause?.cause == .limit)
        let reason = "32768 MiB are free for recordings, fewer than 52428 MiB (`disk-reserve`)"
        #expect(session.ownCause?.reason == reason)
        #expect(counts[.diskReserve] == 1)
        #expect(running.goesOn)

        disk.free.withLock { $0 = 1 << 40 }
        try look { lack() == nil }
        #expect(try recordedSession(3).goesOn)
        disk.free.withLock { $0 = nil }
        try look { lack() == .diskReserve }
    }

    @Test func `ends the greatest writer first where the disk is nearly full`() throws {
        let (small, large) = (try recordedSession(1), try recordedSession(2))
        try grow(small, to: 10_000)
        try grow(large, to: 20_000)
        disk.free.withLock { $0 = 1 << 30 }
        try look { large.ownCause != nil }

        #expect(large.ownCause?.cause == .limit)
        #expect(large.ownCause?.reason == "the disk is nearly full (`disk-reserve`)")
        #expect(small.goesOn)
        try grow(small, to: 20_000)
        try look { small.ownCause != nil }
        #expect(counts[.diskReserve] == 2)
    }

    @Test func `ends the sessions of who recorded too much today, whatever their processes report`()
        throws
    {
        let session = try recordedSession(1)
        try grow(session, to: (1 << 20) - 1)
        try look { recordedToday > 1 << 19 }
        #expect(session.goesOn)
        try grow(session, to: 1 << 20)
        try look { session.ownCause != nil }
        let reason =
            "what `human:alice` recorded today has 1048576 bytes "
            + "(`recording.bytes-per-principal-and-day`)"
        #expect(session.ownCause?.reason == reason)
        #expect(session.ownCause?.cause == .limit)

        #expect(lack() == .recordingBytesPerPrincipalAndDay)
        let next = try bastion.opensSession(2)
        #expect(next.ownCause?.cause == .limit)
        #expect(counts[.recordingBytesPerPrincipalAndDay] == 2)
        // Its process says that there was nothing; what is in the trail is what there is.
        bastion.reports(1, .terminated)
        try bastion.turn {
            try bastion.records(.sessionEnded).contains { record in
                guard case .sessionEnded(let ended) = record.event else { return false }
                return ended.recordingBytes ?? 0 > 0
            }
        }
    }

    @Test func `ends who writes to the recording of a session that is over, and counts it`() throws
    {
        let session = try recordedSession(1)
        bastion.reports(1, .terminated)
        try bastion.turn { try !bastion.records(.sessionEnded).isEmpty }
        let bytes = recordedToday
        // Its process has it still, on the way, which is no lie as long as nothing is written.
        disk.free.withLock { $0 = 1 << 35 }
        try look { lack() == .diskReserve }
        #expect(bastion.connection.ending == nil)

        try grow(session, to: Int(bytes) + 4096)
        try look { bastion.connection.ending != nil }
        let lie =
            "4096 bytes were written to the recording of `\(session.plan.session)` "
            + "behind its end"
        #expect(bastion.connection.ending?.cause == .protocolViolation)
        #expect(bastion.connection.ending?.detail == lie)
        #expect(recordedToday == bytes + 4096)
        try bastion.turn { try !bastion.records(.protocolViolation).isEmpty }
        try bastion.turn { bastion.connection.isDone }
    }

    /// As another release does it that gets these from this one.
    private func goOn(watching left: [HandedRecording]) throws {
        let storage = bastion.services.storage
        let principal = try #require(bastion.connection.identity).principal.name
        for recording in left {
            storage.forget(recording.session)
            storage.goOn(watching: recording, of: principal, bastion.connection)
        }
    }

    @Test func `goes on to be watched behind a session's end by another release`() throws {
        let session = try recordedSession(1)
        bastion.reports(1, .terminated)
        try bastion.turn { try !bastion.records(.sessionEnded).isEmpty }
        let bytes = recordedToday
        let left = try #require(bastion.connection.handed()).left
        let path = try #require(session.relativeRecordingPath)
        let id = session.plan.session
        let expected = HandedRecording(session: id, path: path, bytes: bytes, countedBytes: bytes)
        #expect(left == [expected])

        // Between its last look and the first one of the other release.
        try grow(session, to: Int(bytes) + 4096)
        try goOn(watching: left)
        try look { bastion.connection.ending != nil }
        #expect(bastion.connection.ending?.detail?.hasPrefix("4096 bytes were written") == true)
        #expect(recordedToday == bytes + 4096)
    }

    @Test func `goes on to be watched where another release closes the recording`() throws {
        let session = try recordedSession(1)
        // Its command may run, so that it is ended on the target first.
        session.signedIn()
        bastion.reports(1, .clientClosed)
        #expect(session.isBeingEnded)
        let left = try #require(bastion.connection.handed()).left
        #expect(left.map(\.session) == [session.plan.session])
        #expect(left.first?.bytes == nil)

        let path = try #require(session.relativeRecordingPath)
        let closed = try #require(try bastion.services.recordings.settle(path)).bytes
        try goOn(watching: left)
        try look { recordedToday == closed }
        #expect(bastion.connection.ending == nil)
        try grow(session, to: Int(closed) + 1)
        try look { bastion.connection.ending != nil }
        #expect(bastion.connection.ending?.cause == .protocolViolation)
    }

    @Test func `counts the last of a process that is gone before another release comes`() throws {
        let session = try recordedSession(1)
        bastion.reports(1, .terminated)
        try bastion.turn { try !bastion.records(.sessionEnded).isEmpty }
        let bytes = recordedToday
        try grow(session, to: Int(bytes) + 4096)
        bastion.connection.process.kill()
        try bastion.turn { bastion.connection.isProcessGone }
        bastion.services.storage.measureAbandoned()
        #expect(recordedToday == bytes + 4096)
        #expect(bastion.services.storage.left.isEmpty)
    }

    @Test func `counts what is written after midnight for the new day`() throws {
        let session = try recordedSession(1)
        try grow(session, to: 1 << 19)
        try look { recordedToday == 1 << 19 }
        let midnight = moment.now.microsecondsSince1970 / 86_400_000_000 * 86_400_000_000
        moment.now = Timestamp(microsecondsSince1970: midnight + 86_400_000_000)
        try grow(session, to: (1 << 20) + 4)
        try look { recordedToday != 0 }
        #expect(recordedToday == (1 << 19) + 4)
        #expect(session.goesOn)
        // The clock is set right again.
        moment.now = Timestamp(microsecondsSince1970: midnight)
        try grow(session, to: (1 << 20) + (1 << 19) + 4)
        try look { session.ownCause != nil }
        #expect(recordedToday == 1 << 20)
    }
}
