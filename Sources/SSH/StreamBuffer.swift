/// Bytes of a channel in the order in which they came, with the stream that each run belongs to.
package struct StreamBuffer {
    package struct Run: Hashable, Sendable {
        /// Whether the run is `SSH_EXTENDED_DATA_STDERR` (RFC 4254 §5.2).
        package let isError: Bool
        package var count: Int
    }

    package private(set) var bytes: [UInt8] = []
    package private(set) var runs: [Run] = []
    /// How many bytes at the front of `bytes` are taken already.
    private var taken = 0

    package init() {}

    package var count: Int { bytes.count - taken }

    package var isEmpty: Bool { taken == bytes.count }

    package mutating func append(_ more: UnsafeRawBufferPointer, isError: Bool) {
        guard unsafe !more.isEmpty else { return }
        unsafe bytes.append(contentsOf: more)
        note(more.count, isError)
    }

    package mutating func append(_ more: some Collection<UInt8>, isError: Bool) {
        guard !more.isEmpty else { return }
        bytes.append(contentsOf: more)
        note(more.count, isError)
    }

    private mutating func note(_ count: Int, _ isError: Bool) {
        if let last = runs.indices.last, runs[last].isError == isError {
            runs[last].count += count
        } else {
            runs.append(Run(isError: isError, count: count))
        }
    }

    /// The bytes at the front that belong to one stream.
    package var front: (bytes: ArraySlice<UInt8>, isError: Bool)? {
        guard let run = runs.first else { return nil }
        return (bytes[taken..<taken + run.count], run.isError)
    }

    /// Forgets as many bytes at the front, which must be of one run.
    package mutating func drop(_ count: Int) {
        guard count > 0 else { return }
        precondition(count <= runs.first?.count ?? 0, "more is dropped than the front run holds")
        taken += count
        runs[0].count -= count
        if runs[0].count == 0 { runs.removeFirst() }
        if taken == bytes.count { removeAll() }
    }

    /// LIMIT: what an idle stream may keep reserved.
    static let idleCapacity = 16 * 1024

    package mutating func removeAll() {
        taken = 0
        runs.removeAll()
        bytes.removeAll(keepingCapacity: bytes.capacity <= Self.idleCapacity)
    }

    /// Every run, front to back.
    package func forEachRun(_ body: (ArraySlice<UInt8>, Bool) -> Void) {
        var start = taken
        for run in runs {
            body(bytes[start..<start + run.count], run.isError)
            start += run.count
        }
    }
}
