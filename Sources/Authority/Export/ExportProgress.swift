import AuditTrail

/// How far a copy of the audit trail is, how far it is behind, and when it tries again: without a
/// clock.
struct ExportProgress: Hashable, Sendable {
    /// LIMIT: seconds before the next try: doubled from one to the other.
    static let pauseSeconds: ClosedRange<Int64> = 1...30

    /// The number of the last record that arrived; 0 where none did.
    private(set) var position: Int64 = 0
    /// The number of the last record of the trail.
    private(set) var committed: Int64 = 0
    /// Why the last try failed; nil where it did not.
    private(set) var failure: ExportError?
    private(set) var failures: UInt64 = 0
    private(set) var exported: UInt64 = 0
    /// No record that has not arrived is older.
    private var behindSince: Timestamp?
    private var pause = Self.pauseSeconds.lowerBound

    var isBehind: Bool { position < committed }

    var lagRecords: Int64 { max(0, committed - position) }

    /// How long ago the oldest record was committed that has not arrived, at most.
    func lag(at now: Timestamp) -> Duration {
        guard isBehind, let behindSince, behindSince < now else { return .zero }
        return .microseconds(now.microsecondsSince1970 - behindSince.microsecondsSince1970)
    }

    mutating func committed(_ sequence: Int64, at now: Timestamp) {
        guard sequence > committed else { return }
        if !isBehind { behindSince = now }
        committed = sequence
    }

    /// The copy goes on after this record.
    mutating func opened(after position: ExportPosition?) {
        self.position = position?.sequence ?? 0
        if !isBehind { behindSince = nil }
    }

    mutating func arrived(_ count: Int, upTo position: ExportPosition) {
        self.position = position.sequence
        exported += UInt64(count)
        failure = nil
        pause = Self.pauseSeconds.lowerBound
        // What is still to come was committed after it.
        behindSince = isBehind ? position.time : nil
    }

    /// How long to wait before the next try.
    mutating func failed(_ error: ExportError) -> Duration {
        failure = error
        failures += 1
        defer { pause = min(pause * 2, Self.pauseSeconds.upperBound) }
        return .seconds(pause)
    }
}
