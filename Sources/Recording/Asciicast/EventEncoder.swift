/// Encodes what happens in one session as lines of its recording, `docs/formats/recording.md`.
///
/// Whole lines are appended to the caller's buffer. The time of each event is in nanoseconds since
/// the start, by a monotonic clock; it never falls in the file, whatever is given.
package struct EventEncoder: ~Copyable {
    private let addsCarriageReturns: Bool
    private var time = EventTime()
    private var stream = OutputStream.standardOutput
    /// The first bytes of a character of `stream` whose rest has not come yet.
    ///
    /// INVARIANT: at most three, and all of them stand in a `P` event already.
    private var tail: [UInt8] = []

    /// An encoder for a recording whose header is written.
    ///
    /// - Parameter addsCarriageReturns: As the header says: true where there is no terminal.
    package init(addsCarriageReturns: Bool) {
        self.addsCarriageReturns = addsCarriageReturns
    }

    /// Whether the beginning of a character waits for its rest: then `flushTail` after a pause.
    package var holdsTail: Bool { !tail.isEmpty }

    // MARK: streams

    /// Records what the program wrote.
    package mutating func output(
        _ bytes: borrowing Span<UInt8>,
        of stream: OutputStream,
        at nanoseconds: UInt64,
        into buffer: inout [UInt8]
    ) {
        guard !bytes.isEmpty else { return }
        if stream != self.stream {
            flushTail(at: nanoseconds, into: &buffer)
            self.stream = stream
            text(.stream, stream.rawValue, nanoseconds, &buffer)
        }
        guard !tail.isEmpty else { return outputSegments(bytes, nanoseconds, &buffer) }
        var joined = tail
        tail.removeAll(keepingCapacity: true)
        joined.reserveCapacity(joined.count + bytes.count)
        for index in bytes.indices { joined.append(bytes[index]) }
        outputSegments(joined.span, nanoseconds, &buffer)
    }

    /// Records what the client sent.
    package mutating func input(
        _ bytes: borrowing Span<UInt8>,
        at nanoseconds: UInt64,
        into buffer: inout [UInt8]
    ) {
        var position = 0
        while position < bytes.count {
            switch StreamSegment(from: position, of: bytes) {
            case .text(let range):
                begin(.input, nanoseconds, &buffer)
                JSONText.append(escaping: bytes.extracting(range), to: &buffer)
                end(&buffer)
                position = range.upperBound
            case .damaged(let range), .tail(let range):
                // Keys come whole; a cut character of a paste is kept as it came.
                exact(.exactInput, .input, bytes.extracting(range), nanoseconds, &buffer)
                position = range.upperBound
            }
        }
    }

    /// Gives up waiting for the rest of a character.
    package mutating func flushTail(at nanoseconds: UInt64, into buffer: inout [UInt8]) {
        guard !tail.isEmpty else { return }
        let bytes = tail
        tail.removeAll(keepingCapacity: true)
        exact(.exactOutput, .output, bytes.span, nanoseconds, &buffer)
    }

    private mutating func outputSegments(
        _ bytes: borrowing Span<UInt8>,
        _ nanoseconds: UInt64,
        _ buffer: inout [UInt8]
    ) {
        var position = 0
        while position < bytes.count {
            switch StreamSegment(from: position, of: bytes) {
            case .text(let range):
                begin(.output, nanoseconds, &buffer)
                JSONText.append(
                    escaping: bytes.extracting(range),
                    addsCarriageReturns: addsCarriageReturns,
                    to: &buffer
                )
                end(&buffer)
                position = range.upperBound
            case .damaged(let range):
                exact(.exactOutput, .output, bytes.extracting(range), nanoseconds, &buffer)
                position = range.upperBound
            case .tail(let range):
                for index in range { tail.append(bytes[index]) }
                begin(.partialCharacter, nanoseconds, &buffer)
                Base64Text.append(tail.span, to: &buffer)
                end(&buffer)
                position = range.upperBound
            }
        }
    }

    /// Writes bytes that are no UTF-8 twice: exactly, and as a player shows them.
    private mutating func exact(
        _ exactCode: EventCode,
        _ code: EventCode,
        _ bytes: borrowing Span<UInt8>,
        _ nanoseconds: UInt64,
        _ buffer: inout [UInt8]
    ) {
        begin(exactCode, nanoseconds, &buffer)
        Base64Text.append(bytes, to: &buffer)
        end(&buffer)
        var shown = ReplacedText()
        shown.append(bytes)
        begin(code, nanoseconds, &buffer)
        JSONText.append(
            escaping: shown.utf8.span,
            addsCarriageReturns: addsCarriageReturns && code == .output,
            to: &buffer
        )
        end(&buffer)
    }

    // MARK: single events

    /// Records a new terminal size; each side is brought into 1…65535.
    package mutating func resize(
        columns: UInt32,
        rows: UInt32,
        at nanoseconds: UInt64,
        into buffer: inout [UInt8]
    ) {
        let columns = min(max(columns, 1), UInt32(UInt16.max))
        let rows = min(max(rows, 1), UInt32(UInt16.max))
        text(.resize, "\(columns)x\(rows)", nanoseconds, &buffer)
    }

    package mutating func marker(
        _ label: String,
        at nanoseconds: UInt64,
        into buffer: inout [UInt8]
    ) {
        text(.marker, label, nanoseconds, &buffer)
    }

    /// Records the exit status; what is held of the output goes before it.
    package mutating func exit(
        status: UInt32,
        at nanoseconds: UInt64,
        into buffer: inout [UInt8]
    ) {
        flushTail(at: nanoseconds, into: &buffer)
        text(.exit, "\(status)", nanoseconds, &buffer)
    }

    /// Records a fact; what is held of the output goes before it.
    package mutating func fact(
        _ fact: Fact,
        at nanoseconds: UInt64,
        into buffer: inout [UInt8]
    ) {
        flushTail(at: nanoseconds, into: &buffer)
        text(.fact, fact.json, nanoseconds, &buffer)
    }

    private mutating func text(
        _ code: EventCode,
        _ text: String,
        _ nanoseconds: UInt64,
        _ buffer: inout [UInt8]
    ) {
        begin(code, nanoseconds, &buffer)
        JSONText.append(escaping: Array(text.utf8).span, to: &buffer)
        end(&buffer)
    }

    private mutating func begin(
        _ code: EventCode,
        _ nanoseconds: UInt64,
        _ buffer: inout [UInt8]
    ) {
        buffer.append(UInt8(ascii: "["))
        time.append(nanoseconds: nanoseconds, to: &buffer)
        buffer.append(UInt8(ascii: ","))
        buffer.append(UInt8(ascii: "\""))
        buffer.append(code.rawValue)
        buffer.append(UInt8(ascii: "\""))
        buffer.append(UInt8(ascii: ","))
        buffer.append(UInt8(ascii: "\""))
    }

    private func end(_ buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\""))
        buffer.append(UInt8(ascii: "]"))
        buffer.append(UInt8(ascii: "\n"))
    }
}
