import Foundation
import Glibc
import Recording
import TestSupport
import Testing

@testable import RecordingStore

@Suite struct `playing a file` {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    private struct Played {
        let output: [UInt8]
        let error: [UInt8]
        let flaws: ReplayFlaws
    }

    private func play(_ file: [UInt8], _ mode: Replay.Mode) throws -> Played {
        let path = try temporary.file("played.cast", file)
        let outputPath = try temporary.file("output", [])
        let errorPath = try temporary.file("error", [])
        let output = try OwnedDescriptor.open(outputPath, O_WRONLY | O_TRUNC, path: outputPath)
        let error = try OwnedDescriptor.open(errorPath, O_WRONLY | O_TRUNC, path: errorPath)
        let destination = Replay.Destination(output: output.number, error: error.number)
        let flaws = try Replay(path: path, to: destination).run(mode)
        return Played(
            output: try contents(outputPath),
            error: try contents(errorPath),
            flaws: flaws
        )
    }

    /// Everything at once.
    private let atOnce = Replay.Mode.shown(ReplayPace(speed: 1000, idleLimitSeconds: 0))

    @Test func `raw writes the exact bytes of both streams`() throws {
        var random = SeededGenerator(seed: 3)
        var sent: [Recording.OutputStream: [UInt8]] = [:]
        let file = Samples.file(hasTerminal: false) { encoder, buffer in
            for step in 0..<300 {
                let stream: Recording.OutputStream =
                    Bool.random(using: &random) ? .standardOutput : .standardError
                let bytes = (0..<Int.random(in: 0...50, using: &random)).map { _ in
                    [0x0a, 0x0d, 0x61, 0xc3, 0xa9, UInt8.random(in: 0...255, using: &random)]
                        .randomElement(using: &random) ?? 0
                }
                encoder.output(
                    bytes.span,
                    of: stream,
                    at: UInt64(step) * 1_000_000_000,
                    into: &buffer
                )
                sent[stream, default: []] += bytes
            }
        }

        let played = try play(file, .raw)
        #expect(played.output == sent[.standardOutput])
        #expect(played.error == sent[.standardError])
        #expect(played.flaws.lines.isEmpty)
    }

    @Test func `shows both streams in order, without what is dangerous`() throws {
        let file = Samples.file(hasTerminal: false) { encoder, buffer in
            encoder.output(
                Array("one\n\u{1b}]52;c;eA==\u{7}".utf8).span,
                of: .standardOutput,
                at: 0,
                into: &buffer
            )
            encoder.output(
                Array("\u{1b}[31mtwo\n".utf8).span,
                of: .standardError,
                at: 9,
                into: &buffer
            )
            encoder.input(Array("typed".utf8).span, at: 10, into: &buffer)
        }

        let played = try play(file, atOnce)
        #expect(
            String(decoding: played.output, as: UTF8.self) == "one\r\n\u{1b}[31mtwo\r\n\u{1b}[0m"
        )
        #expect(played.error.isEmpty)
    }

    @Test func `shows what was transferred, by its digest`() throws {
        let file = Samples.file(hasTerminal: false) { encoder, buffer in
            let moved = Fact.MovedFile(
                path: Array("/a\u{1b}".utf8),
                direction: .read,
                bytes: 5,
                sha256: "ff"
            )
            encoder.fact(.file(moved), at: 0, into: &buffer)
        }

        let played = try play(file, atOnce)
        #expect(
            String(decoding: played.output, as: UTF8.self)
                == #"read /a\u{1B}: 5 bytes, SHA-256 ff"# + "\r\n"
        )
    }

    @Test func `says what is missing`() throws {
        var file = Samples.file { encoder, buffer in
            encoder.fact(.limit(maximumBytes: 7, then: .digest), at: 0, into: &buffer)
            encoder.fact(
                .unrecorded(stream: .standardOutput, bytes: 8, sha256: "aa"),
                at: 0,
                into: &buffer
            )
        }
        file += Array("junk\n[1,\"o\",\"cut".utf8)

        #expect(
            try play(file, atOnce).flaws.lines == [
                "the recording stopped at its limit of 7 bytes",
                "8 bytes of stdout were not recorded, SHA-256 aa",
                "1 damaged lines were passed over: line 4 is no JSON from byte 0 on",
                "the recording ends in a cut line of 11 bytes",
            ]
        )
    }

    @Test func `follows a growing file until it is closed`() throws {
        let path = try temporary.file("live.cast", Samples.header().encoded)
        let writer = try OwnedDescriptor.open(path, O_WRONLY | O_APPEND, path: path)
        var pipes: [Int32] = [0, 0]
        #expect(unsafe pipe(&pipes) == 0)
        let reading = OwnedDescriptor(adopting: pipes[0])
        let number = pipes[1]
        let replay = Thread {
            do throws(ReplayError) {
                let destination = Replay.Destination(output: number, error: number)
                _ = try Replay(path: path, follows: true, to: destination).run(.raw)
            } catch {
                Issue.record(error)
            }
            close(number)
        }
        replay.start()
        var encoder = EventEncoder(addsCarriageReturns: false)
        for text in ["first", "second"] {
            var lines: [UInt8] = []
            encoder.output(Array(text.utf8).span, of: .standardOutput, at: 0, into: &lines)
            // A follower may see half a line.
            try writer.write(Array(lines[..<9]), path: path)
            try writer.write(Array(lines[9...]), path: path)
            #expect(try read(reading.number, text.utf8.count) == Array(text.utf8))
        }
        var lines: [UInt8] = []
        encoder.fact(Samples.end, at: 0, into: &lines)
        try writer.write(lines, path: path)
        #expect(try read(reading.number, 1).isEmpty)
    }

    private func read(_ descriptor: Int32, _ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(
                    descriptor,
                    buffer.baseAddress?.advanced(by: filled),
                    count - filled
                )
            }
            guard got > 0 else { break }
            filled += got
        }
        return Array(bytes[..<filled])
    }

    @Test func `refuses what is no recording, and a file that is not there`() throws {
        #expect(throws: ReplayError.self) { try play(Array("hello\n".utf8), .raw) }
        #expect(throws: ReplayError.self) { try play([], atOnce) }
        #expect(throws: ReplayError.system(operation: "open", path: "/nowhere/x", code: ENOENT)) {
            _ = try Replay(path: "/nowhere/x")
        }
    }

    @Test func `ends when nobody reads any more`() throws {
        let path = try temporary.file(
            "long.cast",
            Samples.file { encoder, buffer in
                let bytes = [UInt8](repeating: 0x61, count: 200_000)
                encoder.output(bytes.span, of: .standardOutput, at: 0, into: &buffer)
            }
        )
        var sockets: [Int32] = [0, 0]
        let type = Int32(SOCK_STREAM.rawValue)
        #expect(unsafe socketpair(AF_UNIX, type, 0, &sockets) == 0)
        let ours = OwnedDescriptor(adopting: sockets[0])
        close(sockets[1])
        // As the program does; the test process must not be ended by it.
        signal(SIGPIPE, SIG_IGN)
        let destination = Replay.Destination(output: ours.number, error: ours.number)
        #expect(throws: ReplayError.outputClosed) {
            _ = try Replay(path: path, to: destination).run(.raw)
        }
    }
}
