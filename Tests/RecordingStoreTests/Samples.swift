import Foundation
import RecordingStore
import TestSupport
import Testing

@testable import Recording

/// Recordings for the tests of this target.
enum Samples {
    static let session = "s-0123456789ab"

    /// A program that `scripts/install-players` puts here.
    static func installed(_ name: String) -> String {
        RepositoryFile.path(".build/players/bin/\(name)")
    }

    static let hasPictures = FileManager.default.isExecutableFile(atPath: installed("agg"))

    static func header(hasTerminal: Bool = true) -> RecordingHeader {
        RecordingHeader(
            timestamp: 1_700_000_000,
            hasTerminal: hasTerminal,
            session: RecordedSession(
                connection: "c-0123456789ab",
                session: session,
                principal: "human:alice",
                onBehalfOf: nil,
                target: "web1",
                login: "deploy",
                request: hasTerminal ? .shell : .exec
            )
        )
    }

    /// A recording with a terminal or without, and what is encoded into it.
    static func file(
        hasTerminal: Bool = true,
        _ body: (inout EventEncoder, inout [UInt8]) -> Void
    ) -> [UInt8] {
        var file = header(hasTerminal: hasTerminal).encoded
        var encoder = EventEncoder(addsCarriageReturns: !hasTerminal)
        body(&encoder, &file)
        return file
    }

    /// Everything that a session may hold.
    static func everything(hasTerminal: Bool) -> [UInt8] {
        file(hasTerminal: hasTerminal) { encoder, buffer in
            encoder.output(
                Array("out 1\n\u{1b}[1mbold\u{1b}[0m\n".utf8).span,
                of: .standardOutput,
                at: 0,
                into: &buffer
            )
            encoder.output(
                Array("err 1: é€🦊\n".utf8).span,
                of: .standardError,
                at: 1_000_000,
                into: &buffer
            )
            encoder.input(Array("typed\u{3}".utf8).span, at: 2_000_000, into: &buffer)
            encoder.resize(columns: 100, rows: 30, at: 3_000_000, into: &buffer)
            encoder.output(
                [0x63, 0x61, 0x66, 0xe9, 0x0a, 0xe2, 0x82].span,
                of: .standardOutput,
                at: 4_000_000,
                into: &buffer
            )
            encoder.output(
                [0xac, 0x0a, 0xf0].span,
                of: .standardOutput,
                at: 5_000_000,
                into: &buffer
            )
            encoder.output(
                Array("\u{85}\u{2028}\u{2029}\u{9b}\u{7f}\u{0}\"\\\n".utf8).span,
                of: .standardError,
                at: 6_000_000,
                into: &buffer
            )
            encoder.marker("a mark", at: 7_000_000, into: &buffer)
            encoder.fact(
                .exitSignal(signal: "TERM", coreDumped: false, message: ""),
                at: 8_000_000,
                into: &buffer
            )
            encoder.exit(status: 255, at: 9_000_000, into: &buffer)
            encoder.fact(end, at: 9_000_000, into: &buffer)
        }
    }

    /// The path of a recording that was torn by a crash, and recovered: it shows `before`.
    static func recovered(in temporary: TemporaryFolder) throws -> String {
        let folder = try RecordingFolder(path: temporary.path + "/recordings")
        let created = try folder.create(session: session, header: header(), at: 0)
        let path = created.path
        let lines = file { encoder, buffer in
            buffer.removeAll()
            encoder.output(Array("before".utf8).span, of: .standardOutput, at: 0, into: &buffer)
        }
        let handle = FileHandle(fileDescriptor: created.release(), closeOnDealloc: true)
        try handle.write(contentsOf: Data(lines + Array(#"[1.0,"o","to"#.utf8)))
        try handle.close()
        #expect(try folder.settle(session: session, at: 0)?.wasClosed == false)
        return path
    }

    static let end = Fact.end(
        Fact.SessionEnd(cause: "finished", inputBytes: 0, outputBytes: 0, errorBytes: 0)
    )

    /// What stock players print of a recording: the data of every `o`.
    static func shown(_ file: [UInt8]) throws -> [UInt8] {
        var reader = CastReader()
        reader.feed(file[...])
        var shown: [UInt8] = []
        while let item = try reader.next() {
            guard case .event(let event) = item, case .output(let output) = event.kind else {
                continue
            }
            shown += output.text
        }
        return shown
    }
}

extension RecordingFolder {
    /// Settles the recording of a session that started then.
    func settle(
        session: String,
        at secondsSince1970: Int64
    ) throws -> RecordingSettlement? {
        try settle(Self.relativePath(session: session, at: secondsSince1970))
    }
}
