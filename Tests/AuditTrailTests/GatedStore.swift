import AuditTrail
import Synchronization

import class Foundation.DispatchSemaphore

/// A store whose commits wait until the test lets them go.
final class GatedStore: Store, ForwardedReading {
    private let store: SQLiteStore
    private let entered = DispatchSemaphore(value: 0)
    private let gate = DispatchSemaphore(value: 0)
    private let failure = Mutex<StoreError?>(nil)
    private let isGated = Mutex(true)

    var reading: any AuditReading { store }

    init(_ store: SQLiteStore) { self.store = store }

    func awaitCommit() { entered.wait() }

    /// Lets the commit that waits go, and all later ones.
    func open() {
        isGated.withLock { $0 = false }
        gate.signal()
    }

    func fail(with error: StoreError?) { failure.withLock { $0 = error } }

    func append(_ records: [NewAuditRecord]) throws(StoreError) -> [Committed] {
        if isGated.withLock({ $0 }) {
            entered.signal()
            gate.wait()
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
        return try store.append(records)
    }

    func close() throws(StoreError) { try store.close() }
}

/// Collects the completions of submissions, in the order in which they come.
final class Outcomes: Sendable {
    private let results = Mutex<[(name: String, result: Result<[Committed], StoreError>)]>([])

    func note(_ name: String) -> GroupCommitter.Completion {
        { result in self.results.withLock { $0.append((name, result)) } }
    }

    var names: [String] { results.withLock { $0.map(\.name) } }

    var sequences: [Int64] {
        results.withLock { all in
            all.flatMap { outcome -> [Int64] in
                switch outcome.result {
                case .success(let committed): committed.map(\.sequence)
                case .failure: []
                }
            }
        }
    }

    func failure(of name: String) -> StoreError? {
        results.withLock { all in
            switch all.first(where: { $0.name == name })?.result {
            case .failure(let error): error
            case .success, .none: nil
            }
        }
    }
}
