import TestSupport
import Testing

@testable import Recording

@Suite struct `the exact bytes of a recording` {
    /// Random reads of random bytes: much ASCII, much that is no UTF-8, many cut characters.
    private struct Session {
        var file: [UInt8]
        var sent: [RecordedStream: [UInt8]] = [:]

        init(seed: UInt64, addsCarriageReturns: Bool) {
            var random = SeededGenerator(seed: seed)
            let header = Recordings.header(hasTerminal: !addsCarriageReturns)
            file = header.encoded
            var encoder = EventEncoder(addsCarriageReturns: addsCarriageReturns)
            for step in 0..<Int.random(in: 1...40, using: &random) {
                let bytes = Self.bytes(&random)
                let time = UInt64(step) * 1_000_000
                let stream = RecordedStream.allCases.randomElement(using: &random)
                switch stream {
                case .standardInput: encoder.input(bytes.span, at: time, into: &file)
                case .standardOutput:
                    encoder.output(bytes.span, of: .standardOutput, at: time, into: &file)
                case .standardError:
                    encoder.output(bytes.span, of: .standardError, at: time, into: &file)
                case nil: break
                }
                if let stream { sent[stream, default: []] += bytes }
                switch Int.random(in: 0..<8, using: &random) {
                case 0: encoder.flushTail(at: time, into: &file)
                case 1: encoder.resize(columns: 80, rows: 24, at: time, into: &file)
                case 2: encoder.marker("here", at: time, into: &file)
                default: break
                }
            }
        }

        private static let pieces: [[UInt8]] = [
            Array("plain text".utf8), Array("\r\n".utf8), Array("\n".utf8), Array("\r".utf8),
            Array("é€🦊".utf8), [0xc3], [0xa9], [0xe2, 0x82], [0xac], [0xf0, 0x9f, 0xa6], [0x8a],
            [0xff], [0x00], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf4, 0x90, 0x80, 0x80],
            Array("\u{fffd}\u{2028}\u{85}\"\\\u{1b}[1m".utf8),
            Array(String(repeating: "long ", count: 20).utf8),
        ]

        private static func bytes(_ random: inout SeededGenerator) -> [UInt8] {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                if Bool.random(using: &random) {
                    bytes += pieces.randomElement(using: &random) ?? []
                } else {
                    bytes.append(UInt8.random(in: 0...255, using: &random))
                }
            }
            // A read may end anywhere.
            bytes.removeLast(min(bytes.count, Int.random(in: 0...2, using: &random)))
            return bytes
        }
    }

    @Test(arguments: [true, false])
    func `come back from every recording, in whatever pieces it is read`(adds: Bool) throws {
        for seed: UInt64 in 0..<150 {
            let session = Session(seed: seed, addsCarriageReturns: adds)
            for pieceBytes in [1, 7, 64 * 1024] {
                let (items, cutBytes) = try Recordings.read(session.file, pieceBytes: pieceBytes)

                #expect(cutBytes == 0)
                let streams = Recordings.streams(items)
                for stream in RecordedStream.allCases {
                    #expect(
                        streams[stream] ?? [] == session.sent[stream] ?? [],
                        "seed \(seed), \(stream.rawValue)"
                    )
                }
            }
        }
    }

    @Test func `are a prefix of what was sent, wherever the file is cut`() throws {
        for seed: UInt64 in 0..<4 {
            let session = Session(seed: seed, addsCarriageReturns: true)
            let headerBytes = Recordings.header(hasTerminal: false).encoded.count
            for length in headerBytes..<session.file.count {
                let (items, _) = try Recordings.read(Array(session.file[..<length]))

                let streams = Recordings.streams(items)
                for stream in RecordedStream.allCases {
                    let sent = session.sent[stream] ?? []
                    #expect(
                        sent.starts(with: streams[stream] ?? []),
                        "seed \(seed), cut at \(length), \(stream.rawValue)"
                    )
                }
            }
        }
    }

    @Test func `are all in the file after each call, though a character is not whole`() throws {
        let text = Array("€🦊é".utf8)
        var file = Recordings.header().encoded
        var encoder = EventEncoder(addsCarriageReturns: false)
        for (index, byte) in text.enumerated() {
            encoder.output([byte].span, of: .standardOutput, at: 0, into: &file)

            let streams = Recordings.streams(try Recordings.read(file).items)
            #expect(streams[.standardOutput] == Array(text[...index]))
        }
    }

    @Test func `hold the shown text as Swift repairs it`() throws {
        for seed: UInt64 in 0..<200 {
            let session = Session(seed: seed, addsCarriageReturns: false)
            let (items, _) = try Recordings.read(session.file)
            for case .event(let event) in items {
                guard case .output(let output) = event.kind else { continue }
                #expect(output.text == Array(String(decoding: output.exact, as: UTF8.self).utf8))
            }
        }
    }

    @Test func `cost little: 13 percent of text, four times of random bytes`() {
        var random = SeededGenerator(seed: 1)
        let text = (0..<200).map { "\u{1b}[32mline \($0)\u{1b}[0m of some program's output\r\n" }
            .joined()
        let noise = (0..<100_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        func growth(_ bytes: [UInt8]) -> Double {
            let lines = Recordings.lines { encoder, buffer in
                encoder.output(bytes.span, of: .standardOutput, at: 0, into: &buffer)
            }
            return Double(lines.utf8.count) / Double(bytes.count)
        }

        #expect(growth(Array(text.utf8)) < 1.4)
        #expect(growth(noise) < 4.5)
    }
}
