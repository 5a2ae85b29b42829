import Foundation
import Recording
import TestSupport
import Testing

@testable import RecordingStore

/// agg, which makes pictures of recordings by the terminal of asciinema 3.
@Suite(.enabled(if: Samples.hasPictures, "scripts/install-players was not run"))
struct `a maker of pictures` {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    private func picture(of path: String) async throws -> [UInt8] {
        let result = temporary.path + "/\(UUID().uuidString).gif"
        let outcome = try await Command(Samples.installed("agg"), [path, result]).run()
        try #require(outcome.succeeded, "\(outcome)")
        return try contents(result)
    }

    private func picture(of file: [UInt8]) async throws -> [UInt8] {
        try await picture(of: temporary.file("\(UUID().uuidString).cast", file))
    }

    /// That of a text which a terminal got at once: agg sees what comes within 30 ms as one.
    private func picture(showing text: String, at seconds: Double = 0) async throws -> [UInt8] {
        let event = try JSONSerialization.data(withJSONObject: [seconds, "o", text])
        let header = #"{"version":2,"width":80,"height":24}"#
        return try await picture(of: Array((header + "\n").utf8) + Array(event))
    }

    @Test(arguments: [true, false])
    func `sees what both streams showed and nothing of ours`(hasTerminal: Bool) async throws {
        let text =
            "out 1\n\u{1b}[1mbold\u{1b}[0m\nerr 1: é€🦊\ncaf\u{fffd}\n€\n\u{fffd}"
            + "\u{85}\u{2028}\u{2029}\u{9b}\u{7f}\u{0}\"\\\n"
        let shown = hasTerminal ? text : text.replacing("\n", with: "\r\n")

        let picture = try await picture(of: Samples.everything(hasTerminal: hasTerminal))

        #expect(picture.starts(with: Array("GIF89a".utf8)))
        #expect(try await self.picture(showing: shown) == picture)
        let other = shown.replacing("err 1", with: "err 2")
        #expect(try await self.picture(showing: other) != picture)
    }

    /// That of a transfer shows nothing, so there is no picture of it.
    @Test(
        arguments: [
            ("exec.cast", "building…\r\nwarning: é\r\n\u{fffd}\u{fffd}\r\n", 0),
            ("terminal.cast", "$ \u{1b}[1mls\u{1b}[0m\r\n", 0.9),
        ]
    )
    func `makes one of the golden recordings`(
        name: String,
        shown: String,
        at seconds: Double
    ) async throws {
        let path = RepositoryFile.path("Tests/Fixtures/recordings/\(name)")

        let picture = try await picture(of: path)

        #expect(try await self.picture(showing: shown, at: seconds) == picture)
    }

    @Test func `makes one of a recording that was torn and recovered`() async throws {
        let recovered = try await picture(of: Samples.recovered(in: temporary))

        #expect(try await picture(showing: "before") == recovered)
    }
}
