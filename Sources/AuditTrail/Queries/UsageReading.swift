/// What an authority that starts must remember of how it was used, put together from the records.
package protocol UsageReading: Sendable {
    /// From which addresses somebody signed in, in connections opened since then; of each the last
    /// one, and the latest of all first.
    func signIns(since moment: Timestamp, limit: Int) throws(StoreError) -> [SignInPlace]
    /// How large the recordings are of all sessions that each principal opened since then, where
    /// their ends say so.
    func recordedBytes(since moment: Timestamp) throws(StoreError) -> [RecordedUse]
    /// The recordings since then of which no end says how large they are, the newest first.
    func unmeasuredRecordings(
        since moment: Timestamp,
        limit: Int
    ) throws(StoreError) -> [UnmeasuredRecording]
    /// The recordings of sessions that were opened before a moment and ended after it, the last to end
    /// first.
    func recordings(
        across moment: Timestamp,
        limit: Int
    ) throws(StoreError) -> [SpanningRecording]
}

/// What a principal's sessions recorded.
package struct RecordedUse: Hashable, Sendable {
    package let principal: String
    package let bytes: UInt64

    package init(principal: String, bytes: UInt64) {
        self.principal = principal
        self.bytes = bytes
    }
}

/// A recording that a crash left, or that is from a release that measured none.
package struct UnmeasuredRecording: Hashable, Sendable {
    package let principal: String
    /// Relative to the folder of recordings.
    package let recording: String

    package init(principal: String, recording: String) {
        self.principal = principal
        self.recording = recording
    }
}

/// A recording of which only a part was written after some moment.
package struct SpanningRecording: Hashable, Sendable {
    package let principal: String
    /// Relative to the folder of recordings.
    package let recording: String
    package let openedAt: Timestamp
    /// When its end is on record: the one of a crash at the next start.
    package let endedAt: Timestamp
    /// Nil where no end measured it.
    package let bytes: UInt64?

    package init(
        principal: String,
        recording: String,
        openedAt: Timestamp,
        endedAt: Timestamp,
        bytes: UInt64?
    ) {
        self.principal = principal
        self.recording = recording
        self.openedAt = openedAt
        self.endedAt = endedAt
        self.bytes = bytes
    }
}

/// An address from which somebody signed in.
package struct SignInPlace: Hashable, Sendable {
    /// As the connection's record has it.
    package let address: String
    /// When the last such connection was opened.
    package let openedAt: Timestamp

    package init(address: String, openedAt: Timestamp) {
        self.address = address
        self.openedAt = openedAt
    }
}
