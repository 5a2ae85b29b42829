import Foundation
import Testing

@testable import Recording

/// The files in `Tests/Fixtures/recordings`; with `SALLYPORT_UPDATE_GOLDEN` set they are rewritten.
@Suite struct `a golden recording` {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/recordings")

    private func check(_ name: String, _ file: [UInt8]) throws {
        let url = Self.folder.appending(path: name)
        if ProcessInfo.processInfo.environment["SALLYPORT_UPDATE_GOLDEN"] != nil {
            try Data(file).write(to: url)
        }
        #expect(try Data(contentsOf: url) == Data(file))
    }

    @Test func `of an exec without a terminal is as it always was`() throws {
        var file = Recordings.header(hasTerminal: false).encoded
        var encoder = EventEncoder(addsCarriageReturns: true)
        encoder.output(
            Array("building…\n".utf8).span,
            of: .standardOutput,
            at: 1_000_000,
            into: &file
        )
        encoder.output(
            Array("warning: é".utf8.dropLast()).span,
            of: .standardError,
            at: 2_000_000,
            into: &file
        )
        encoder.output([0xa9, 0x0a].span, of: .standardError, at: 3_000_000, into: &file)
        encoder.output([0xff, 0xfe, 0x0a].span, of: .standardOutput, at: 4_000_000, into: &file)
        encoder.exit(status: 2, at: 5_000_000, into: &file)
        encoder.fact(
            .end(.init(cause: "finished", inputBytes: 0, outputBytes: 16, errorBytes: 12)),
            at: 5_000_001,
            into: &file
        )

        try check("exec.cast", file)
    }

    @Test func `of a terminal is as it always was`() throws {
        var header = Recordings.header()
        header.terminalType = "xterm-256color"
        header.command = nil
        header.session?.request = .shell
        var file = header.encoded
        var encoder = EventEncoder(addsCarriageReturns: false)
        encoder.output(
            Array("$ \u{1b}[1mls\u{1b}[0m\r\n".utf8).span,
            of: .standardOutput,
            at: 900_000_000,
            into: &file
        )
        encoder.resize(columns: 120, rows: 40, at: 1_000_000_000, into: &file)
        encoder.marker("resized", at: 1_000_000_000, into: &file)
        encoder.input([0x03].span, at: 1_100_000_000, into: &file)
        encoder.fact(
            .exitSignal(signal: "INT", coreDumped: false, message: "interrupted"),
            at: 1_200_000_000,
            into: &file
        )
        encoder.fact(
            .end(.init(cause: "finished", inputBytes: 1, outputBytes: 14, errorBytes: 0)),
            at: 1_300_000_000,
            into: &file
        )

        try check("terminal.cast", file)
    }

    @Test func `of a transfer is as it always was`() throws {
        var header = Recordings.header(hasTerminal: false)
        header.command = nil
        header.session?.request = .subsystem(name: "sftp")
        var file = header.encoded
        var encoder = EventEncoder(addsCarriageReturns: true)
        for (path, direction) in [
            ("/srv/a.txt", Fact.MovedFile.Direction.write), ("/srv/\u{1b}", .read),
        ] {
            encoder.fact(
                .file(
                    .init(
                        path: Array(path.utf8) + (direction == .read ? [0xe9] : []),
                        direction: direction,
                        bytes: 3,
                        sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
                    )
                ),
                at: 10_000_000,
                into: &file
            )
        }
        encoder.fact(.limit(maximumBytes: 1, then: .digest), at: 20_000_000, into: &file)
        encoder.fact(
            .unrecorded(stream: .standardInput, bytes: 5, sha256: nil),
            at: 20_000_000,
            into: &file
        )
        encoder.fact(.recovered(cutBytes: 0, tornFile: nil), at: 20_000_000, into: &file)

        try check("transfer.cast", file)
    }
}
