import Glibc
import MessageSockets
import Recording
import SSH
import SessionProtocol

/// The recording could not be written.
struct RecordingFailure: Error, Hashable, Sendable {
    let reason: String
    /// Whether the session must not go on without it.
    let isFatal: Bool
}

/// Writes one session's recording: gathers lines, writes them in one piece, syncs.
///
/// Strict sessions forward nothing before `flush` has returned.
final class SessionRecorder {
    /// How much of what was handed over may cross.
    enum Verdict: Hashable {
        case forward
        /// The recording is full, and the session is to end.
        case end
    }

    private let file: Descriptor
    private let order: RecordingOrder
    private var encoder: EventEncoder
    private var budget: RecordingBudget
    private var pending: [UInt8] = []
    private var digests: [RecordedStream: SHA256Hash] = [:]
    private(set) var inputBytes: UInt64 = 0
    private(set) var outputBytes: UInt64 = 0
    private(set) var errorBytes: UInt64 = 0
    private var hasFailed = false
    private var hasEnded = false

    init(file: Descriptor, order: RecordingOrder, hasTerminal: Bool) {
        self.file = file
        self.order = order
        encoder = EventEncoder(addsCarriageReturns: !hasTerminal)
        budget = RecordingBudget(
            maximumBytes: order.maximumBytes,
            then: order.overflow == .end ? .end : .digest
        )
    }

    /// SFTP data is recorded as its files' digests, not as a stream.
    private var recordsStreams: Bool { order.content == .streams }

    var recordedBytes: UInt64 { budget.writtenBytes }

    /// LIMIT: what the file may take beyond its limit: what was under way, and the last lines.
    static let reserveBytes: UInt64 = 16 << 20

    /// How far the system lets a recording grow.
    static func fileBytes(_ order: RecordingOrder) -> UInt64 {
        let bytes = RecordingBudget.fileBytes(for: order.maximumBytes)
        let (sum, overflow) = bytes.addingReportingOverflow(reserveBytes)
        return overflow ? .max : sum
    }

    private func time(_ now: UInt64) -> UInt64 {
        now > order.startNanoseconds ? now - order.startNanoseconds : 0
    }

    /// What the program wrote.
    func output(_ bytes: ArraySlice<UInt8>, isError: Bool, now: UInt64) -> Verdict {
        if isError {
            errorBytes += UInt64(bytes.count)
        } else {
            outputBytes += UInt64(bytes.count)
        }
        guard recordsStreams || isError else { return .forward }
        return stream(isError ? .standardError : .standardOutput, bytes, now)
    }

    /// What the client sent.
    func input(_ bytes: ArraySlice<UInt8>, now: UInt64) -> Verdict {
        inputBytes += UInt64(bytes.count)
        guard order.recordsInput, recordsStreams else { return .forward }
        return stream(.standardInput, bytes, now)
    }

    private func stream(
        _ stream: RecordedStream,
        _ bytes: ArraySlice<UInt8>,
        _ now: UInt64
    ) -> Verdict {
        switch budget.arrived(byteCount: bytes.count, on: stream) {
        case .record:
            encode(stream, bytes, now)
        case .recordThenDigest(let count):
            encode(stream, bytes.prefix(count), now)
            fact(budget.limitFact, now)
            digest(stream).update(bytes.dropFirst(count))
        case .recordThenEnd(let count):
            encode(stream, bytes.prefix(count), now)
            fact(budget.limitFact, now)
            return .end
        case .digest:
            digest(stream).update(bytes)
        case .refuse:
            return .end
        }
        return .forward
    }

    private func digest(_ stream: RecordedStream) -> SHA256Hash {
        if let hash = digests[stream] { return hash }
        let hash = SHA256Hash()
        digests[stream] = hash
        return hash
    }

    private func encode(_ stream: RecordedStream, _ bytes: ArraySlice<UInt8>, _ now: UInt64) {
        let before = pending.count
        switch stream {
        case .standardInput:
            encoder.input(bytes.span, at: time(now), into: &pending)
        case .standardOutput:
            encoder.output(bytes.span, of: .standardOutput, at: time(now), into: &pending)
        case .standardError:
            encoder.output(bytes.span, of: .standardError, at: time(now), into: &pending)
        }
        budget.wrote(byteCount: pending.count - before)
    }

    /// LIMIT: how long the first bytes of a character may wait for the rest.
    static let tailPause: UInt64 = 100_000_000

    /// A cut character waits for its rest; after a pause it is given up.
    var holdsTail: Bool { encoder.holdsTail }

    func giveUpTail(now: UInt64, lastActivity: UInt64) {
        guard holdsTail, now > lastActivity + Self.tailPause else { return }
        counted { encoder.flushTail(at: time(now), into: &pending) }
    }

    func resize(columns: UInt32, rows: UInt32, now: UInt64) {
        guard hasRoom() else { return }
        counted { encoder.resize(columns: columns, rows: rows, at: time(now), into: &pending) }
    }

    /// What was seen of a transfer; there may be any number of such facts.
    func transferred(_ facts: [Fact], now: UInt64) {
        for fact in facts where hasRoom() { self.fact(fact, now) }
    }

    var isStrict: Bool { order.isStrict }

    /// The file has no room for what the client makes happen, so that the session is to end.
    private(set) var isOver = false

    private func hasRoom() -> Bool {
        switch budget.eventArrived() {
        case .record: return true
        case .leaveOut: return false
        case .leaveOutThenEnd:
            isOver = true
            return false
        }
    }

    func marker(_ label: String, now: UInt64) {
        counted { encoder.marker(label, at: time(now), into: &pending) }
    }

    private func fact(_ fact: Fact, _ now: UInt64) {
        counted { encoder.fact(fact, at: time(now), into: &pending) }
    }

    private func counted(_ encode: () -> Void) {
        let before = pending.count
        encode()
        budget.wrote(byteCount: pending.count - before)
    }

    /// How the program ended, once; bytes may still follow of what it left behind.
    func ended(_ result: ProgramResult, now: UInt64) {
        guard !hasEnded else { return }
        switch result {
        case .exitStatus(let status):
            counted { encoder.exit(status: status, at: time(now), into: &pending) }
        case .exitSignal(let name, let coreDumped, let message):
            fact(.exitSignal(signal: name, coreDumped: coreDumped, message: message), now)
        case .none: return
        }
        hasEnded = true
    }

    /// The last lines: what was not recorded, how the program and the session ended.
    func finish(_ result: ProgramResult, cause: SessionEndCause, now: UInt64) {
        counted { encoder.flushTail(at: time(now), into: &pending) }
        for stream in [RecordedStream.standardInput, .standardOutput, .standardError] {
            let bytes = budget.unrecordedBytes(of: stream)
            guard bytes > 0 else { continue }
            fact(
                .unrecorded(stream: stream, bytes: bytes, sha256: digests[stream]?.finish().hex),
                now
            )
        }
        if budget.eventsLeftOut > 0 { fact(.leftOut(events: budget.eventsLeftOut), now) }
        ended(result, now: now)
        fact(
            .end(
                .init(
                    cause: cause.name,
                    inputBytes: inputBytes,
                    outputBytes: outputBytes,
                    errorBytes: errorBytes
                )
            ),
            now
        )
    }

    /// Writes what is pending; in strict mode it is on the disk when this returns.
    ///
    /// Where the recording is not strict, the first failure is told and nothing is written after it:
    /// what follows a gap would be read as if there were none.
    func flush() throws(RecordingFailure) {
        guard !hasFailed else { return pending.removeAll() }
        guard !pending.isEmpty else { return }
        var written = 0
        while written < pending.count {
            let count = unsafe pending.withUnsafeBytes { bytes in
                unsafe write(
                    file.raw,
                    bytes.baseAddress?.advanced(by: written),
                    bytes.count - written
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write") }
            written += count
        }
        pending.removeAll(keepingCapacity: pending.capacity <= Channel.inboxCapacity)
        guard order.isStrict else { return }
        guard fdatasync(file.raw) == 0 else { throw failure("fdatasync") }
    }

    private func failure(_ call: String) -> RecordingFailure {
        let reason = SocketError(call: call).description
        hasFailed = true
        pending.removeAll()
        return RecordingFailure(reason: reason, isFatal: order.isStrict)
    }
}

extension [UInt8] {
    /// The bytes as lower case hexadecimal digits.
    var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(count * 2)
        for byte in self {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
