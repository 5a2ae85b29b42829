import AuditTrail
import Foundation
import Logging

/// Which copy of the audit trail.
enum ExportName: String, Hashable, Sendable, CaseIterable {
    case file = "file"
    case syslog = "syslog"
}

/// Copies the audit trail to one place, in order and behind its commits, on a thread of its own.
///
/// It reads what is committed from the trail, a page at a time, so that no place, however slow,
/// holds up a commit or makes anything wait in memory. After a failure, and after a crash, it goes
/// on behind the last record that arrived.
final class Exporter: @unchecked Sendable {
    // SAFETY: `state` is touched only between `condition.lock()` and `condition.unlock()`; `sink`,
    // `position` and `kept` by `init` and then by the thread alone; everything else is constant.

    /// LIMIT: records read at once; each is in memory once, and once more as a line.
    static let pageRecords = 256
    /// LIMIT: how long the first of several records waits for the next ones.
    static let gathering = Duration.milliseconds(50)
    /// LIMIT: how old the position on the disk may be: what arrived since then is repeated after a
    /// crash, where the place itself does not say what it has.
    static let keeping = Duration.seconds(1)
    /// LIMIT: for what is still to be copied when the bastion stops; the rest is copied later.
    static let stopTimeout = Duration.seconds(2)

    private struct State {
        var progress = ExportProgress()
        var mustReopen = false
        /// When each of these is due, in nanoseconds of the monotonic clock; nil where it is not.
        var exportAt: UInt64?
        var retryAt: UInt64?
        var keepAt: UInt64?
        var stopAt: UInt64?
        var hasEnded = false
    }

    private enum Turn { case export, keep, end }

    let name: ExportName
    /// The file, or the receiver.
    let destination: String
    private let sink: any ExportSink
    private let reader: any AuditReading
    private let positions: PositionFile
    private let measurements: Measurements
    private let logger: Logger
    private let turned: (@Sendable (ExportProgress) -> Void)?
    private let condition = NSCondition()
    private var state = State()
    private var position: ExportPosition?
    private var kept: ExportPosition?

    var progress: ExportProgress { locked { $0.progress } }

    /// Looks how far the copy is, and at once whether a file can be written; `turned` is called
    /// after everything that the thread did.
    init(
        _ name: ExportName,
        to sink: any ExportSink,
        from reader: any AuditReading,
        positions: PositionFile,
        measurements: Measurements,
        logger: Logger,
        turned: (@Sendable (ExportProgress) -> Void)? = nil
    ) throws(ExportError) {
        self.name = name
        self.sink = sink
        self.reader = reader
        self.positions = positions
        self.measurements = measurements
        self.turned = turned
        destination = positions.destination
        var logger = logger
        logger[metadataKey: "export"] = "\(name.rawValue)"
        self.logger = logger
        kept = try positions.read()
        position = kept
        switch name {
        case .file: try open()
        // Nobody need be there yet.
        case .syslog: try checkTrail(position)
        }
        state.progress.opened(after: position)
    }

    /// Begins; `committed` is the number of the last record of the trail.
    func start(committed: Int64) {
        self.committed(committed)
        let thread = Thread { [self] in run() }
        thread.name = "export.\(name.rawValue)"
        thread.start()
    }

    // MARK: From other threads

    func committed(_ sequence: Int64) {
        locked { state in
            let wasBehind = state.progress.isBehind
            state.progress.committed(sequence, at: .now())
            if !wasBehind, state.progress.isBehind { state.exportAt = Self.now(Self.gathering) }
        }
    }

    /// Looks for another file at the path, and tries at once what failed.
    func reopen() {
        locked { state in
            state.mustReopen = true
            state.retryAt = nil
        }
    }

    /// Copies what is there, where that succeeds in time, and ends the thread.
    func stop() {
        condition.lock()
        defer { condition.unlock() }
        state.stopAt = Self.now(Self.stopTimeout)
        condition.broadcast()
        // A place that hangs is left behind: the process ends, and the next one goes on.
        while !state.hasEnded, let stopAt = state.stopAt, Self.now() < stopAt {
            wait(until: stopAt)
        }
    }

    private func locked<Value>(_ change: (inout State) -> Value) -> Value {
        condition.lock()
        defer { condition.unlock() }
        let value = change(&state)
        condition.broadcast()
        return value
    }

    // MARK: The thread

    private func run() {
        var isOver = false
        while !isOver {
            switch nextTurn() {
            case .export: attempt { () throws(ExportError) in try exportPage() }
            case .keep: attempt { () throws(ExportError) in try keep() }
            case .end:
                attempt { () throws(ExportError) in try keep() }
                isOver = true
            }
            turned?(progress)
        }
        sink.close()
        locked { $0.hasEnded = true }
    }

    private func nextTurn() -> Turn {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let now = Self.now()
            if let stopAt = state.stopAt {
                let goesOn = state.progress.isBehind && state.retryAt == nil && now < stopAt
                return goesOn ? .export : .end
            }
            if let retryAt = state.retryAt {
                if now >= retryAt { return .export }
                wait(until: retryAt)
            } else if state.mustReopen {
                return .export
            } else if state.progress.isBehind {
                guard let exportAt = state.exportAt, now < exportAt else { return .export }
                wait(until: exportAt)
            } else if let keepAt = state.keepAt {
                if now >= keepAt { return .keep }
                wait(until: keepAt)
            } else {
                condition.wait()
            }
        }
    }

    private func attempt(_ work: () throws(ExportError) -> Void) {
        do throws(ExportError) {
            try work()
            locked { $0.retryAt = nil }
        } catch {
            sink.close()
            measurements.count(.exportFailures, name.rawValue)
            let isFirst = locked { state in
                defer { state.retryAt = Self.now(state.progress.failed(error)) }
                return state.progress.failure == nil
            }
            guard isFirst else { return }
            logger.error("audit records are not exported", metadata: ["reason": "\(error)"])
        }
    }

    private func exportPage() throws(ExportError) {
        let mustReopen = locked { state in
            defer { state.mustReopen = false }
            return state.mustReopen
        }
        if sink.isOpen, mustReopen || sink.isReplaced {
            // The position of a file that is rotated away is known by what is kept.
            try keep()
            sink.close()
        }
        if !sink.isOpen {
            try open()
            locked { $0.progress.opened(after: position) }
        }
        let after = position?.sequence ?? 0
        let records: [AuditRecord]
        do throws(StoreError) {
            let filter = AuditFilter(order: .oldestFirst(after: after), limit: Self.pageRecords)
            records = try reader.auditRecords(matching: filter).entries
        } catch {
            throw .store(error)
        }
        guard let last = records.last else { return noteSuccess(0) }
        for (expected, record) in zip((after + 1)..., records) where record.sequence != expected {
            throw .store(.corrupt(reason: "record \(expected) is missing"))
        }
        // Else the next turn opens what is there now, and writes them again.
        guard try sink.write(records) else { return }
        position = ExportPosition(last)
        noteSuccess(records.count)
    }

    private func noteSuccess(_ count: Int) {
        let hadFailed = locked { state in
            let hadFailed = state.progress.failure != nil
            if let position { state.progress.arrived(count, upTo: position) }
            if state.keepAt == nil, position != kept { state.keepAt = Self.now(Self.keeping) }
            return hadFailed
        }
        measurements.count(.exportedRecords, name.rawValue, by: UInt64(count))
        if hadFailed { logger.notice("audit records are exported again") }
    }

    private func open() throws(ExportError) {
        let found = try sink.open(after: position)
        do throws(ExportError) {
            try checkTrail(found)
        } catch {
            sink.close()
            throw error
        }
        position = found
    }

    /// Where the numbers are of another trail, going on would leave a gap that nobody sees.
    private func checkTrail(_ position: ExportPosition?) throws(ExportError) {
        guard let position else { return }
        let isOurs: Bool
        do throws(StoreError) {
            isOurs = try position.isOf(reader)
        } catch {
            throw .store(error)
        }
        guard isOurs else {
            // The file, where its last line says so; it is a new one where only the kept position does.
            let path = name == .file && position != kept ? destination : positions.path
            let reason = "tells of record \(position.sequence) of another audit trail"
            throw .foreign(path: path, reason: reason)
        }
    }

    private func keep() throws(ExportError) {
        locked { $0.keepAt = nil }
        guard let position, position != kept else { return }
        try sink.settle()
        try positions.write(position)
        kept = position
    }

    // MARK: Time

    private static func now(_ delay: Duration = .zero) -> UInt64 {
        Reactor.monotonicNanoseconds() &+ delay.wholeNanoseconds
    }

    /// Until then, or until something changes.
    private func wait(until deadline: UInt64) {
        let now = Self.now()
        let seconds = deadline > now ? Double(deadline - now) / 1_000_000_000 : 0
        _ = condition.wait(until: Date(timeIntervalSinceNow: seconds))
    }
}
