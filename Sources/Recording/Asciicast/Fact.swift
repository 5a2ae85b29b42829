/// Something about a session that asciicast has no event for.
package enum Fact: Hashable, Sendable {
    /// The program was ended by a signal (RFC 4254 §6.10); `signal` without `SIG`.
    case exitSignal(signal: String, coreDumped: Bool, message: String)
    case file(MovedFile)
    /// A file whose data was not followed, or, without a path, all files from here on.
    case unfollowed(path: [UInt8]?, reason: String)
    /// From here on the streams are not recorded.
    case limit(maximumBytes: UInt64, then: RecordingBudget.Overflow)
    /// What a stream carried after the limit; the digest is of just these bytes, in hex.
    case unrecorded(stream: RecordedStream, bytes: UInt64, sha256: String?)
    /// Sizes and facts that the file had no room for.
    case leftOut(events: UInt64)
    /// The last line of a recording that was closed.
    case end(SessionEnd)
    /// The last line of a recording whose recorder was lost.
    case recovered(cutBytes: UInt64, tornFile: String?)
    /// A kind that this version does not know, as it stands in the file.
    case unknown(kind: String)

    /// A file that was moved, recorded by its digest.
    package struct MovedFile: Hashable, Sendable {
        package enum Direction: String, Hashable, Sendable, CaseIterable {
            /// From the target to the client.
            case read
            /// From the client to the target.
            case write
        }

        /// As it stood in the request; no UTF-8 is demanded.
        package let path: [UInt8]
        package let direction: Direction
        package let bytes: UInt64
        /// In hex; nil where the file was not moved from front to back in one go.
        package let sha256: String?

        package init(path: [UInt8], direction: Direction, bytes: UInt64, sha256: String?) {
            self.path = path
            self.direction = direction
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    /// How a session ended, and how much crossed.
    package struct SessionEnd: Hashable, Sendable {
        package let cause: String
        package let inputBytes: UInt64
        package let outputBytes: UInt64
        package let errorBytes: UInt64

        package init(
            cause: String,
            inputBytes: UInt64,
            outputBytes: UInt64,
            errorBytes: UInt64
        ) {
            self.cause = cause
            self.inputBytes = inputBytes
            self.outputBytes = outputBytes
            self.errorBytes = errorBytes
        }
    }

    /// Whether nothing more is written after this.
    package var isLast: Bool {
        switch self {
        case .end, .recovered: true
        case .exitSignal, .file, .unfollowed, .limit, .unrecorded, .leftOut, .unknown: false
        }
    }
}
