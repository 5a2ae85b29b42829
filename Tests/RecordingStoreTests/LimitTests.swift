import Foundation
import Recording
import Testing

@testable import RecordingStore

@Suite struct `a limit of a replay` {
    private func shown(_ text: String) -> String {
        var sanitizer = TerminalSanitizer()
        var output: [UInt8] = []
        sanitizer.sanitize(Array(text.utf8), into: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test func `is how long a control sequence is that is shown`() {
        func sequence(_ bytes: Int) -> String {
            "\u{1b}[" + String(repeating: ";", count: bytes - 1) + "1m"
        }
        #expect(shown(sequence(TerminalSanitizer.maximumSequenceBytes)) != "")
        #expect(shown(sequence(TerminalSanitizer.maximumSequenceBytes + 1) + "x") == "x")
    }

    @Test func `is how many digits a number in it has`() {
        #expect(shown("\u{1b}[99999Cx") == "\u{1b}[99999Cx")
        #expect(shown("\u{1b}[100000Cx") == "x")
    }

    @Test func `is what a string hides, and the next byte is text`() {
        let most = TerminalSanitizer.maximumStringBytes
        #expect(shown("\u{1b}P" + String(repeating: "a", count: most - 1) + "bc") == "c")
        #expect(shown("\u{1b}P" + String(repeating: "a", count: most) + "bc") == "bc")
    }

    @Test func `is how many flaws are told`() {
        var flaws = ReplayFlaws()
        for _ in 0..<ReplayFlaws.maximumNotes { flaws.noted(.limit(maximumBytes: 1, then: .end)) }
        #expect(flaws.notes.count == 16)
        flaws.noted(.limit(maximumBytes: 1, then: .end))
        #expect(flaws.notes.count == 16)
    }

    @Test func `is the slowest and the fastest speed`() {
        #expect(ReplayPace(speed: 0.001).speed == 0.001)
        #expect(ReplayPace(speed: 0.0009).speed == 0.001)
        #expect(ReplayPace(speed: 1000).speed == 1000)
        #expect(ReplayPace(speed: 1001).speed == 1000)
    }

    @Test func `is a day, for a pause and for the beginning`() {
        let day: Int64 = 86_400_000_000
        for seconds in [86_400.0, 86_401] {
            let pace = ReplayPace(idleLimitSeconds: seconds, startSeconds: seconds)
            #expect(pace.idleLimitMicroseconds == day && pace.startMicroseconds == day)
        }
        #expect(ReplayPace(startSeconds: 86_399).startMicroseconds == day - 1_000_000)
    }

    @Test func `of one read cannot be seen`() throws {
        let folder = try TemporaryFolder()
        for size in ReplaySource.readBytes - 1...ReplaySource.readBytes + 1 {
            // A marker fills the file up to the size.
            let frame = Samples.file { $0.marker("", at: 0, into: &$1) }.count
            let text = String(repeating: "m", count: size - frame)
            let file = Samples.file { $0.marker(text, at: 0, into: &$1) }
            #expect(file.count == size)
            let path = "\(folder.path)/\(size).cast"
            try Data(file).write(to: URL(filePath: path))
            var source = try ReplaySource(path: path)
            guard case .event(let event) = try source.next() else {
                Issue.record("nothing of \(size) bytes")
                continue
            }
            #expect(event.kind == .marker(text))
        }
    }
}

@Suite struct `a limit of a recording's name` {
    @Test func `is just how long the id of a session is`() throws {
        func name(_ count: Int) throws -> String {
            try RecordingPlace.fileName(session: "s-" + String(repeating: "0", count: count))
        }
        let count = RecordingPlace.idCharacters
        #expect(try name(count) == "s-000000000000.cast")
        for other in [count - 1, count + 1] {
            #expect(throws: RecordingStoreError.self) { try name(other) }
        }
    }
}

@Suite struct `a limit of a repair` {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/s-0123456789ab.cast"
    }

    private func settle(torn bytes: Int) throws -> RecordingSettlement {
        let torn = [UInt8](repeating: 0x61, count: bytes)
        let file = Samples.file { $0.marker("", at: 0, into: &$1) } + torn
        try Data(file).write(to: URL(filePath: path))
        return try RecordingRepair(path: path).settle()
    }

    @Test func `is where the end of a recording is looked for first, and seen no more`() throws {
        for bytes in [RecordingRepair.firstWindowBytes - 1, RecordingRepair.firstWindowBytes] {
            #expect(try settle(torn: Int(bytes)).cutBytes == UInt64(bytes))
        }
    }

    @Test func `is where the end of a recording is looked for at most`() throws {
        // The last event lies inside together with the line feed before it.
        let event = Samples.file { $0.marker("", at: 0, into: &$1) }.split(separator: 10).last
        let line = try #require(event).count + 2
        let most = Int(RecordingRepair.lastWindowBytes) - line
        #expect(try settle(torn: most).cutBytes == UInt64(most))
        #expect(
            throws: RecordingStoreError.noEventNearEnd(
                path: path,
                limit: Int(RecordingRepair.lastWindowBytes)
            )
        ) { try settle(torn: most + 1) }
    }

    @Test func `is how many cut off ends are kept, and the next is not cut`() throws {
        for _ in 1...RecordingRepair.maximumTornFiles { _ = try settle(torn: 5) }
        #expect(
            throws: RecordingStoreError.tooManyTornFiles(path: path, limit: 9)
        ) { try settle(torn: 5) }
        #expect(try Data(contentsOf: URL(filePath: path)).suffix(5) == Data("aaaaa".utf8))
    }
}
