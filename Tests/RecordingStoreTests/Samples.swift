@testable import Recording

/// Recordings for the tests of this target.
enum Samples {
    static let session = "s-0123456789ab"

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
