import Foundation

/// Hands one result from the committer's thread to a thread that waits for it.
final class CommitAnswer: @unchecked Sendable {
    // SAFETY: `result` is touched only between `condition.lock()` and `condition.unlock()`.
    private let condition = NSCondition()
    private var result: Result<[Committed], StoreError>?

    func give(_ given: Result<[Committed], StoreError>) {
        condition.lock()
        defer { condition.unlock() }
        result = given
        condition.broadcast()
    }

    func wait() -> Result<[Committed], StoreError> {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result { return result }
            condition.wait()
        }
    }
}
