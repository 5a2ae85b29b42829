import TestSupport
import Testing

@testable import Recording

@Suite struct `a reader of recordings` {
    private static let start = #"{"version":2,"width":80,"height":24}"# + "\n"

    private func events(_ text: String) throws -> [RecordedEvent.Kind] {
        try Recordings.read(Array((Self.start + text).utf8)).items.compactMap { item in
            guard case .event(let event) = item else { return nil }
            return event.kind
        }
    }

    @Test func `gives what a session was made of`() throws {
        let facts: [Fact] = [
            .exitSignal(signal: "TERM", coreDumped: true, message: "bye\n"),
            .file(
                Fact.MovedFile(path: [0x2f, 0xff], direction: .write, bytes: .max, sha256: "00ff")
            ),
            .unfollowed(path: [0x2f, 0xff], reason: "why"),
            .unfollowed(path: nil, reason: "why"),
            .limit(maximumBytes: 64, then: .digest),
            .unrecorded(stream: .standardError, bytes: 7, sha256: nil),
            .leftOut(events: 3),
            .end(Fact.SessionEnd(cause: "finished", inputBytes: 1, outputBytes: 2, errorBytes: 3)),
            .recovered(cutBytes: 9, tornFile: "s.torn"),
            .unknown(kind: "later"),
        ]
        let lines = Recordings.lines { encoder, buffer in
            encoder.resize(columns: 100, rows: 50, at: 0, into: &buffer)
            encoder.marker("a mark", at: 0, into: &buffer)
            encoder.exit(status: 4_294_967_295, at: 0, into: &buffer)
            for fact in facts { encoder.fact(fact, at: 0, into: &buffer) }
        }

        #expect(
            try events(lines) == [
                .resize(columns: 100, rows: 50), .marker("a mark"), .exit(status: 4_294_967_295),
            ] + facts.map { .fact($0) }
        )
    }

    @Test func `passes over what it does not know`() throws {
        let kinds = try events(
            """
            [0.1,"Q","future"]
            [0.2,"long","x"]
            [0.3,"z",{"a":[1,2]}]
            [0.4,"o","shown","more"]
            [0.5,"r","wide"]

            """
        )

        #expect(
            kinds == [
                .unknown(code: "Q"), .unknown(code: "long"), .unknown(code: "z"),
                .output(
                    RecordedEvent.Output(
                        stream: .standardOutput,
                        text: Array("shown".utf8),
                        exact: Array("shown".utf8)
                    )
                ),
                .unknown(code: "r"),
            ]
        )
    }

    @Test func `goes on behind a damaged line and says which it was`() throws {
        let file =
            Self.start + #"[0.1,"B","6Q=="]"# + "\n\u{0}garbage\n" + #"[0.2,"o","next"]"# + "\n"
        let (items, cutBytes) = try Recordings.read(Array(file.utf8))

        #expect(cutBytes == 0)
        #expect(items.contains(.damaged(line: 3, reason: .unexpected(offset: 0))))
        #expect(
            Recordings.streams(items)[.standardOutput] == [0xe9] + Array("next".utf8)
        )
    }

    @Test func `tells of a cut last line, but takes one that only lacks its line feed`() throws {
        let whole = #"[0.1,"o","a"]"# + "\n" + #"[0.2,"o","b"]"#
        let cut = try Recordings.read(Array((Self.start + whole.dropLast(2)).utf8))
        let unended = try Recordings.read(Array((Self.start + whole).utf8))

        #expect(cut.cutBytes == 11)
        #expect(Recordings.streams(cut.items)[.standardOutput] == Array("a".utf8))
        #expect(unended.cutBytes == 0)
        #expect(Recordings.streams(unended.items)[.standardOutput] == Array("ab".utf8))
    }

    @Test func `never lets time fall, and bounds it`() throws {
        let lines = """
            [5,"m","a"]
            [1.5,"m","b"]
            [-3,"m","c"]
            [1e300,"m","d"]
            [1e999,"m","e"]

            """
        let times = try Recordings.read(Array((Self.start + lines).utf8)).items.compactMap { item in
            if case .event(let event) = item { event.microseconds } else { nil }
        }

        let limit = CastLine.maximumMicroseconds
        #expect(times == [5_000_000, 5_000_000, 5_000_000, limit, limit])
    }

    @Test func `refuses a line that is too long before it holds it`() throws {
        var reader = CastReader()
        reader.feed(Array(Self.start.utf8)[...])
        _ = try reader.next()
        reader.feed([UInt8](repeating: 0x20, count: CastReader.maximumLineBytes + 1)[...])

        #expect(throws: CastError.lineTooLong(line: 2, limit: CastReader.maximumLineBytes)) {
            try reader.next()
        }
    }

    @Test func `refuses a file without a whole header`() {
        #expect(throws: CastError.noHeader(.endsEarly)) { try Recordings.read([]) }
        #expect(throws: CastError.noHeader(.endsEarly)) {
            try Recordings.read(Array(Self.start.utf8.dropLast(4)))
        }
    }

    @Test func `survives any mutation of a recording`() throws {
        var random = SeededGenerator(seed: 42)
        var original = Recordings.header().encoded
        let lines = Recordings.lines { encoder, buffer in
            encoder.output([0x61, 0xff, 0xe2].span, of: .standardOutput, at: 0, into: &buffer)
            encoder.output([0x82, 0x0a].span, of: .standardError, at: 1_000_000, into: &buffer)
            encoder.input([0xfe].span, at: 1_500_000, into: &buffer)
            encoder.resize(columns: 9, rows: 9, at: 2_000_000, into: &buffer)
            encoder.fact(.limit(maximumBytes: 1, then: .end), at: 3_000_000, into: &buffer)
            encoder.exit(status: 1, at: 4_000_000, into: &buffer)
        }
        original += Array(lines.utf8)
        for _ in 0..<5000 {
            let file = random.mutation(of: original)
            // Whatever it is, it is read or refused; nothing traps.
            do throws(CastError) {
                _ = try Recordings.read(file, pieceBytes: 50)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
