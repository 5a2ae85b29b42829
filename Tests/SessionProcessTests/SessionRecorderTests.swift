import Glibc
import MessageSockets
import Recording
import SessionProtocol
import Testing

@testable import SessionProcess

@Suite struct `the recorder of a session` {
    private func order(
        strict: Bool = true,
        input: Bool = false,
        maximum: UInt64 = 1 << 20,
        then overflow: RecordingOverflow = .end,
        of content: RecordedContent = .streams
    ) -> RecordingOrder {
        RecordingOrder(
            isStrict: strict,
            recordsInput: input,
            maximumBytes: maximum,
            overflow: overflow,
            content: content,
            startNanoseconds: 0
        )
    }

    /// A file without a name, and what stands in it.
    private final class File {
        let descriptor: Descriptor

        init() throws {
            var name = Array("/tmp/sallyport-recording-XXXXXX".utf8CString)
            let raw = unsafe mkstemp(&name)
            try #require(raw >= 0)
            _ = unsafe unlink(name)
            descriptor = Descriptor(adopting: raw)
        }

        var lines: [String] {
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            let count = unsafe bytes.withUnsafeMutableBytes {
                unsafe pread(descriptor.raw, $0.baseAddress, $0.count, 0)
            }
            return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
                .split(separator: "\n").map(String.init)
        }
    }

    private func recorder(_ file: File, _ order: RecordingOrder) -> SessionRecorder {
        SessionRecorder(file: file.descriptor, order: order, hasTerminal: false)
    }

    @Test func `has on disk, after a flush, what both streams said`() throws {
        let file = try File()
        let recorder = recorder(file, order())

        #expect(recorder.output(Array("out".utf8)[...], isError: false, now: 1) == .forward)
        #expect(recorder.output(Array("err".utf8)[...], isError: true, now: 2) == .forward)
        #expect(file.lines.isEmpty)
        try recorder.flush()

        #expect(file.lines.count == 3)
        #expect(file.lines[0].hasSuffix("\"o\",\"out\"]"))
        #expect(file.lines[1].hasSuffix("\"S\",\"stderr\"]"))
        #expect(file.lines[2].hasSuffix("\"o\",\"err\"]"))
    }

    @Test func `writes input only where it is asked to`() throws {
        for (asked, lines) in [(true, 1), (false, 0)] {
            let file = try File()
            let recorder = recorder(file, order(input: asked))
            _ = recorder.input(Array("secret".utf8)[...], now: 1)
            try recorder.flush()
            #expect(file.lines.count == lines)
            #expect(recorder.inputBytes == 6)
        }
    }

    @Test func `ends the session at the limit, and keeps what came before it`() throws {
        let file = try File()
        let recorder = recorder(file, order(maximum: 4))

        #expect(recorder.output(Array("abcd".utf8)[...], isError: false, now: 1) == .forward)
        #expect(recorder.output(Array("e".utf8)[...], isError: false, now: 2) == .end)
        try recorder.flush()
        #expect(file.lines.first?.hasSuffix("\"o\",\"abcd\"]") == true)
    }

    @Test func `leaves file data out of a transfer's recording`() throws {
        let file = try File()
        let recorder = recorder(file, order(of: .files))
        _ = recorder.output(Array("data".utf8)[...], isError: false, now: 1)
        try recorder.flush()
        #expect(file.lines.isEmpty)
        #expect(recorder.outputBytes == 4)
    }

    @Test func `says how it ended in the last line`() throws {
        let file = try File()
        let recorder = recorder(file, order())
        recorder.finish(.exitStatus(3), cause: .clientClosed, now: 5)
        try recorder.flush()
        #expect(file.lines.first?.hasSuffix("\"x\",\"3\"]") == true)
        #expect(file.lines.last?.contains("client-closed") == true)
    }

    @Test(arguments: [RecordingOverflow.digest, .end])
    func `stops at the limit of its file, whatever fills it, and says what is left out`(
        _ overflow: RecordingOverflow
    ) throws {
        let file = try File()
        let recorder = recorder(file, order(maximum: 100, then: overflow))
        let moved = Fact.MovedFile(path: [47], direction: .read, bytes: 1, sha256: nil)

        for number in 1...500 {
            recorder.resize(columns: UInt32(number), rows: 1, now: 1)
            recorder.transferred([.file(moved)], now: 1)
        }
        #expect(recorder.isOver == (overflow == .end))
        recorder.finish(.exitStatus(0), cause: .finished, now: 2)
        try recorder.flush()

        let events =
            file.lines.count { $0.contains("\"r\"") }
            + file.lines.count { $0.contains("direction") }
        #expect(file.lines.contains { $0.contains("left_out") && $0.contains("\(1000 - events)") })
        // The file's limit, 800, and the last lines.
        #expect(recorder.recordedBytes < 1500)
        #expect(file.lines.last?.contains("finished") == true)
    }

    @Test func `waits so long for the rest of a character, and no longer`() throws {
        let file = try File()
        let recorder = recorder(file, order())
        let came: UInt64 = 1_000_000_000
        _ = recorder.output([0xC3], isError: false, now: came)
        func lines(at now: UInt64) throws -> Int {
            recorder.giveUpTail(now: now, lastActivity: came)
            try recorder.flush()
            return file.lines.count
        }
        // The byte is on the disk at once; a player sees what was made of it only then.
        #expect(try lines(at: came + SessionRecorder.tailPause) == 1)
        #expect(recorder.holdsTail)
        #expect(try lines(at: came + SessionRecorder.tailPause + 1) > 1)
        #expect(!recorder.holdsTail)
    }

    @Test func `may grow beyond its limit by what was under way, and by no more`() {
        // Eight bytes for each that is recorded, and the reserve.
        let reserve = SessionRecorder.reserveBytes
        #expect(SessionRecorder.fileBytes(order(maximum: 1000)) == 8000 + reserve)
        #expect(SessionRecorder.fileBytes(order(maximum: .max)) == .max)
        // What reaches its limit is told to end before that: the last lines are far smaller.
        #expect(reserve == 16 << 20)
    }

    @Test func `has the exit status on disk before the session ends, and once`() throws {
        let file = try File()
        let recorder = recorder(file, order())

        recorder.ended(.exitStatus(3), now: 4)
        try recorder.flush()
        #expect(file.lines.map { $0.hasSuffix("\"x\",\"3\"]") } == [true])

        recorder.finish(.exitStatus(3), cause: .finished, now: 5)
        try recorder.flush()
        #expect(file.lines.count == 2)
    }

    @Test(arguments: [true, false])
    func `fails once on a full disk, fatally where it is strict`(_ isStrict: Bool) throws {
        let raw = unsafe open("/dev/full", O_WRONLY | O_CLOEXEC)
        try #require(raw >= 0)
        let recorder = SessionRecorder(
            file: Descriptor(adopting: raw),
            order: order(strict: isStrict),
            hasTerminal: false
        )

        _ = recorder.output([65], isError: false, now: 1)
        let failure = #expect(throws: RecordingFailure.self) { try recorder.flush() }
        #expect(failure?.isFatal == isStrict)
        _ = recorder.output([65], isError: false, now: 2)
        try recorder.flush()
    }
}
