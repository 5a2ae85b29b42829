import Foundation
import TestSupport
import Testing

@testable import Recording

/// What we write, against what readers enforce; each rule with a file that breaks it alone.
@Suite struct `every reader` {
    private static let golden = ["exec.cast", "terminal.cast", "transfer.cast"]

    private func file(_ name: String) throws -> String {
        try String(
            contentsOfFile: RepositoryFile.path("Tests/Fixtures/recordings/\(name)"),
            encoding: .utf8
        )
    }

    @Test(arguments: golden) func `takes a golden recording`(name: String) throws {
        #expect(try ReaderRules.broken(by: Array(file(name).utf8)) == [])
    }

    @Test func `takes the oddest that a session can be`() {
        var header = RecordingHeader(
            columns: 0,
            rows: 70_000,
            timestamp: -1,
            hasTerminal: true,
            session: Recordings.header().session
        )
        header.terminalType = "\u{0}\u{2028}"
        header.shell = "\u{1b}"
        header.command = [0xff, 0x0a, 0x22]
        var file = header.encoded
        var encoder = EventEncoder(addsCarriageReturns: false)
        encoder.output([0xff, 0x00, 0x0a, 0xe2].span, of: .standardOutput, at: 0, into: &file)
        encoder.output([0x7f, 0xc2, 0x85].span, of: .standardError, at: 2_000_000_000, into: &file)
        // The clock of another processor, and what no terminal has.
        encoder.resize(columns: 0, rows: 70_000, at: 1_000_000_000, into: &file)
        encoder.marker("", at: 3_000_000_000, into: &file)
        encoder.exit(status: 255, at: .max, into: &file)

        #expect(ReaderRules.broken(by: file) == [], "\(String(decoding: file, as: UTF8.self))")
    }

    @Test(
        arguments: [
            (.endsWithWholeLine, #""resized"]"#, #""resized"]"#),
            (.hasNoBlankLineAndNoComment, "[1.1", "# a comment\n[1.1"),
            (.isEscaped, "resized", "res\u{1}ized"),
            (.hasIntegerTimestamp, "1700000000", "1700000000.5"),
            (.hasTextsInEnvironment, #""xterm-256color""#, "null"),
            (.hasSizesOf16Bits, "120x40", "120x0"),
            (.hasSizesOf16Bits, #""width":80"#, #""width":65536"#),
            (.hasRisingTimes, "[1.100000", "[0.100020"),
            (.hasRisingTimes, "[0.900000", "[-0.900000"),
            (.hasFractionsInTimes, "[1.100000", "[2"),
            (.hasFractionsInTimes, "[1.100000", "[1.000000"),
            (.hasTextAsData, #""resized"]"#, "7]"),
            (.hasCodesOfOneCharacter, #""m""#, #""mark""#),
        ] as [(ReaderRules, String, String)]
    )
    func `does not take what breaks a rule`(rule: ReaderRules, from: String, to: String) throws {
        let whole = try file("terminal.cast")
        let place = try #require(whole.range(of: from))
        let mutant =
            rule == .endsWithWholeLine
            ? String(whole[..<place.upperBound]) : whole.replacing(from, with: to)

        #expect(ReaderRules.broken(by: Array(mutant.utf8)).contains(rule), "\(mutant)")
    }
}
