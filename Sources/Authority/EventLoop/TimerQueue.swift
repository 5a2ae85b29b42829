/// What will happen when, without a clock: instants come in from outside.
struct TimerQueue: Sendable {
    /// Names one timer for as long as the queue exists.
    struct ID: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct Entry {
        let deadline: UInt64
        let id: ID
    }

    // INVARIANT: `heap` is a binary heap by deadline, then age; `pending` holds the timers in it
    // that are not cancelled.
    private var heap: [Entry] = []
    private var pending: Set<ID> = []
    private var next: UInt64 = 0

    var count: Int { pending.count }
    /// With those that are cancelled and still kept.
    var entries: Int { heap.count }

    /// The earliest deadline in nanoseconds of the clock that the caller uses.
    mutating func nextDeadline() -> UInt64? {
        dropCancelled()
        return heap.first?.deadline
    }

    mutating func insert(deadline: UInt64) -> ID {
        let id = ID(number: next)
        next += 1
        pending.insert(id)
        heap.append(Entry(deadline: deadline, id: id))
        siftUp(heap.count - 1)
        return id
    }

    /// LIMIT: cancelled timers stay in the heap until they are due; when it is longer than this and
    /// they outnumber the others it is rebuilt, so that it is never much larger than what it is for.
    static let entriesKept = 64

    mutating func cancel(_ id: ID) {
        pending.remove(id)
        if heap.count > Self.entriesKept, heap.count > 2 * pending.count { rebuild() }
    }

    /// Removes and returns what is due, earliest first.
    mutating func takeDue(at now: UInt64) -> [ID] {
        var due: [ID] = []
        dropCancelled()
        while let first = heap.first, first.deadline <= now {
            removeFirst()
            if pending.remove(first.id) != nil { due.append(first.id) }
        }
        return due
    }

    private mutating func dropCancelled() {
        while let first = heap.first, !pending.contains(first.id) { removeFirst() }
    }

    private mutating func rebuild() {
        let kept = heap.filter { pending.contains($0.id) }
        heap.removeAll(keepingCapacity: true)
        for entry in kept {
            heap.append(entry)
            siftUp(heap.count - 1)
        }
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (heap[left].deadline, heap[left].id.number) < (heap[right].deadline, heap[right].id.number)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard isBefore(child, parent) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            let left = 2 * parent + 1
            guard left < heap.count else { return }
            let right = left + 1
            let least = right < heap.count && isBefore(right, left) ? right : left
            guard isBefore(least, parent) else { return }
            heap.swapAt(least, parent)
            parent = least
        }
    }
}
