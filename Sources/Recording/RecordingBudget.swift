/// How much of a session goes into its recording: all of its streams up to a limit, then nothing.
///
/// Events beside the streams (sizes, facts) have the limit of the file alone, in every state.
///
/// | state | event | next |
/// |---|---|---|
/// | recording | bytes below the limit | recording |
/// | recording | bytes over the limit, `then: digest` | counting |
/// | recording | bytes over the limit, `then: end` | ended |
/// | counting | bytes | counting |
/// | ended | bytes | ended |
package struct RecordingBudget: ~Copyable {
    /// What happens with a stream when the recording is full.
    package enum Overflow: String, Hashable, Sendable, CaseIterable {
        /// The session ends.
        case end
        /// The stream goes on and is recorded as its size and SHA-256.
        case digest
    }

    /// What the caller does with bytes that arrived.
    package enum ArrivedAction: Hashable, Sendable {
        /// Record all of them.
        case record
        /// Record the first ones, then the fact `limit`; hash the rest.
        case recordThenDigest(recordedBytes: Int)
        /// Record the first ones, then the fact `limit`; end the session.
        case recordThenEnd(recordedBytes: Int)
        /// Only hash them.
        case digest
        /// Nothing may cross any more.
        case refuse
    }

    /// What the caller does with an event beside the streams.
    package enum EventAction: Hashable, Sendable {
        case record
        /// The file is full: leave it out.
        case leaveOut
        /// The same, and end the session.
        case leaveOutThenEnd
    }

    private enum State {
        case recording
        case counting
        case ended
    }

    /// LIMIT: the file may grow to this many times the limit of the streams.
    ///
    /// Random bytes need 4 times their size; an event for each byte needs 20.
    package static let maximumExpansion: UInt64 = 8

    package let maximumBytes: UInt64
    package let overflow: Overflow
    private var state = State.recording
    /// Bytes of all streams that went into the recording.
    package private(set) var recordedBytes: UInt64 = 0
    /// Bytes of the file.
    package private(set) var writtenBytes: UInt64 = 0
    /// Events that had no room.
    package private(set) var eventsLeftOut: UInt64 = 0
    private var unrecordedInput: UInt64 = 0
    private var unrecordedOutput: UInt64 = 0
    private var unrecordedError: UInt64 = 0

    package init(maximumBytes: UInt64, then overflow: Overflow) {
        self.maximumBytes = maximumBytes
        self.overflow = overflow
    }

    /// The fact to record where `arrived` says so.
    package var limitFact: Fact { .limit(maximumBytes: maximumBytes, then: overflow) }

    /// Counts lines that were encoded for the file.
    package mutating func wrote(byteCount: Int) {
        writtenBytes = Self.sum(writtenBytes, UInt64(byteCount))
    }

    /// Bytes of a stream that is recorded arrived.
    package mutating func arrived(byteCount: Int, on stream: RecordedStream) -> ArrivedAction {
        precondition(byteCount >= 0, "bytes are counted from zero")
        switch state {
        case .recording:
            let recorded = min(UInt64(byteCount), room)
            recordedBytes += recorded
            guard recorded < UInt64(byteCount) else { return .record }
            leaveOut(UInt64(byteCount) - recorded, stream)
            switch overflow {
            case .digest:
                state = .counting
                return .recordThenDigest(recordedBytes: Int(recorded))
            case .end:
                state = .ended
                return .recordThenEnd(recordedBytes: Int(recorded))
            }
        case .counting:
            leaveOut(UInt64(byteCount), stream)
            return .digest
        case .ended:
            leaveOut(UInt64(byteCount), stream)
            return .refuse
        }
    }

    /// An event beside the streams is to be recorded.
    ///
    /// What says how the recording ends is not asked about: it is little, and always written.
    package mutating func eventArrived() -> EventAction {
        guard isFileFull else { return .record }
        eventsLeftOut = Self.sum(eventsLeftOut, 1)
        switch overflow {
        case .digest: return .leaveOut
        case .end: return .leaveOutThenEnd
        }
    }

    /// How many bytes of a stream came after the limit.
    package func unrecordedBytes(of stream: RecordedStream) -> UInt64 {
        switch stream {
        case .standardInput: unrecordedInput
        case .standardOutput: unrecordedOutput
        case .standardError: unrecordedError
        }
    }

    /// What may still be recorded of the streams.
    private var room: UInt64 { isFileFull ? 0 : maximumBytes - recordedBytes }

    private var isFileFull: Bool {
        let limit = Self.fileBytes(for: maximumBytes)
        return writtenBytes >= limit && limit < .max
    }

    /// How long a file may grow for streams of so many bytes; the greatest number is no limit.
    package static func fileBytes(for maximumBytes: UInt64) -> UInt64 {
        let (bytes, overflow) = maximumBytes.multipliedReportingOverflow(by: maximumExpansion)
        return overflow ? .max : bytes
    }

    private mutating func leaveOut(_ count: UInt64, _ stream: RecordedStream) {
        switch stream {
        case .standardInput: unrecordedInput = Self.sum(unrecordedInput, count)
        case .standardOutput: unrecordedOutput = Self.sum(unrecordedOutput, count)
        case .standardError: unrecordedError = Self.sum(unrecordedError, count)
        }
    }

    private static func sum(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let (sum, overflow) = first.addingReportingOverflow(second)
        return overflow ? .max : sum
    }
}
