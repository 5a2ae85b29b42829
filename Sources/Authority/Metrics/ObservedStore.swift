import AuditTrail
import Synchronization

/// An audit trail of which every commit is measured, counted and told on.
///
/// What it tells is called on the thread that commits, after the commit, and must not block.
final class ObservedStore: Store, ForwardedReading {
    /// What is known of the commits.
    struct Progress: Hashable, Sendable {
        /// The number of the last record; 0 where there is none.
        var lastSequence: Int64 = 0
        /// When the commit began that is under way, in nanoseconds of the monotonic clock.
        var beganAt: UInt64?
    }

    private let store: any Store
    private let measurements: Measurements
    private let committed: @Sendable (Int64) -> Void
    private let state: Mutex<Progress>

    var reading: any AuditReading { store }
    var progress: Progress { state.withLock { $0 } }

    init(
        _ store: any Store,
        _ measurements: Measurements,
        committed: @escaping @Sendable (_ lastSequence: Int64) -> Void = { _ in }
    ) throws(StoreError) {
        self.store = store
        self.measurements = measurements
        self.committed = committed
        let newest = AuditFilter(order: .newestFirst(before: nil), limit: 1)
        let last = try store.auditRecords(matching: newest).entries.first?.sequence ?? 0
        state = Mutex(Progress(lastSequence: last))
    }

    func append(_ records: [NewAuditRecord]) throws(StoreError) -> [Committed] {
        let start = Reactor.monotonicNanoseconds()
        state.withLock { $0.beganAt = start }
        let appended: [Committed]
        do throws(StoreError) {
            appended = try store.append(records)
        } catch {
            state.withLock { $0.beganAt = nil }
            measurements.count(.commitFailures)
            throw error
        }
        measurements.took(since: start, .commitSeconds)
        for record in records { measurements.count(record.event) }
        let last = state.withLock { progress in
            progress.beganAt = nil
            progress.lastSequence = max(progress.lastSequence, appended.last?.sequence ?? 0)
            return progress.lastSequence
        }
        committed(last)
        return appended
    }

    func close() throws(StoreError) { try store.close() }
}
