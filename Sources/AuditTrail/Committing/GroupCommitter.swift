import Foundation

/// Records submissions of many threads in few transactions.
///
/// While one commit waits for the disk, what is submitted gathers; all of it makes the next one. A
/// submission stays whole: its records are durable together or not at all. Completions are called
/// on the committer's thread, in the order of submissions, and must not block.
package final class GroupCommitter: @unchecked Sendable {
    // SAFETY: `state` is touched only between `condition.lock()` and `condition.unlock()`;
    // everything else is constant.
    package typealias Completion = @Sendable (Result<[Committed], StoreError>) -> Void

    private struct Submission {
        let records: [NewAuditRecord]
        let weightBytes: Int
        let completion: Completion
    }

    private struct State {
        var waiting: [Submission] = []
        /// What waits and what is being committed.
        var queuedRecords = 0
        var queuedBytes = 0
        /// Whether something is being committed, or told to be.
        var isBusy = false
        var isClosing = false
        var hasEnded = false
        var statistics = CommitStatistics()
    }

    private let store: any Store
    private let limits: QueueLimits
    private let condition = NSCondition()
    private var state = State()

    /// The committer's thread runs, and keeps it alive, until `close()`.
    package init(store: any Store, limits: QueueLimits = QueueLimits()) {
        self.store = store
        self.limits = limits
        let thread = Thread { [self] in run() }
        thread.name = Self.threadName
        thread.start()
    }

    private static let threadName = "audit"

    /// Takes records that belong together.
    ///
    /// What it throws is known at once and `completion` is not called; otherwise `completion` is
    /// called once, after the commit.
    package func submit(
        _ records: [NewAuditRecord],
        completion: @escaping Completion
    ) throws(StoreError) {
        let weightBytes = try Self.checkedWeight(records)
        condition.lock()
        defer { condition.unlock() }
        guard !state.isClosing else { throw .closed }
        let isUrgent = records.contains { $0.event.isAnEnd }
        guard
            state.queuedRecords + records.count <= limits.records(isUrgent: isUrgent),
            state.queuedBytes + weightBytes <= limits.bytes(isUrgent: isUrgent)
        else {
            state.statistics.refusedSubmissions += 1
            throw .queueFull(records: state.queuedRecords, bytes: state.queuedBytes)
        }
        state.queuedRecords += records.count
        state.queuedBytes += weightBytes
        state.waiting.append(
            Submission(records: records, weightBytes: weightBytes, completion: completion)
        )
        condition.broadcast()
    }

    /// Submits and waits: for start, stop and tools, never for a thread that serves clients.
    package func commit(_ records: [NewAuditRecord]) throws(StoreError) -> [Committed] {
        precondition(Thread.current.name != Self.threadName, "the committer cannot await itself")
        let answer = CommitAnswer()
        try submit(records) { answer.give($0) }
        return try answer.wait().get()
    }

    /// Commits what waits, refuses what comes later, and returns when the thread is done.
    ///
    /// The store stays open.
    package func close() {
        precondition(Thread.current.name != Self.threadName, "the committer cannot await itself")
        condition.lock()
        defer { condition.unlock() }
        state.isClosing = true
        condition.broadcast()
        while !state.hasEnded { condition.wait() }
    }

    /// Whether everything that was submitted is committed, and everybody has been told.
    package var isIdle: Bool {
        condition.lock()
        defer { condition.unlock() }
        return state.waiting.isEmpty && !state.isBusy
    }

    package var statistics: CommitStatistics {
        condition.lock()
        defer { condition.unlock() }
        return state.statistics
    }

    private static func checkedWeight(_ records: [NewAuditRecord]) throws(StoreError) -> Int {
        guard !records.isEmpty else { throw .refused(.nothingSubmitted) }
        guard records.count <= AuditLimits.submissionRecords else {
            throw .refused(.tooManyRecords(limit: AuditLimits.submissionRecords))
        }
        var weightBytes = 0
        for record in records {
            do { try record.check() } catch { throw .refused(error) }
            weightBytes += record.weightBytes
        }
        return weightBytes
    }

    private func run() {
        while let batch = nextBatch() {
            let results = results(of: batch)
            // Before the completions, so that what they submit finds the room that they leave.
            settle(batch)
            for (submission, result) in zip(batch, results) { submission.completion(result) }
        }
        condition.lock()
        state.hasEnded = true
        condition.broadcast()
        condition.unlock()
    }

    private func nextBatch() -> [Submission]? {
        condition.lock()
        defer { condition.unlock() }
        state.isBusy = false
        while state.waiting.isEmpty {
            if state.isClosing { return nil }
            condition.wait()
        }
        state.isBusy = true
        let batch = state.waiting
        state.waiting = []
        return batch
    }

    private func results(of batch: [Submission]) -> [Result<[Committed], StoreError>] {
        switch append(batch.flatMap(\.records)) {
        case .success(let committed):
            var rest = committed[...]
            return batch.map { submission in
                let own = rest.prefix(submission.records.count)
                rest = rest.dropFirst(submission.records.count)
                return .success(Array(own))
            }
        case .failure(let error) where batch.count > 1 && error.mayBeOfOneRecord:
            // One bad record must not take the others down with it.
            return batch.map { append($0.records) }
        case .failure(let error):
            return batch.map { _ in .failure(error) }
        }
    }

    private func append(_ records: [NewAuditRecord]) -> Result<[Committed], StoreError> {
        let result: Result<[Committed], StoreError>
        do throws(StoreError) {
            let committed = try store.append(records)
            precondition(committed.count == records.count, "a store answers for each record")
            result = .success(committed)
        } catch {
            result = .failure(error)
        }
        condition.lock()
        defer { condition.unlock() }
        state.statistics.count(result)
        return result
    }

    private func settle(_ batch: [Submission]) {
        condition.lock()
        defer { condition.unlock() }
        for submission in batch {
            state.queuedRecords -= submission.records.count
            state.queuedBytes -= submission.weightBytes
        }
    }
}
