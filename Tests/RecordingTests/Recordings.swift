@testable import Recording

/// What the tests of this target have in common: sessions as files, files as events.
enum Recordings {
    static func header(hasTerminal: Bool = true) -> RecordingHeader {
        var header = RecordingHeader(
            timestamp: 1_700_000_000,
            hasTerminal: hasTerminal,
            session: RecordedSession(
                connection: "c-0123456789ab",
                session: "s-0123456789ab",
                principal: "agent:copilot",
                onBehalfOf: "human:alice",
                target: "web1",
                login: "deploy",
                request: .exec
            )
        )
        header.command = Array("make test".utf8)
        return header
    }

    /// The lines that an encoder makes of some calls.
    static func lines(
        addsCarriageReturns: Bool = false,
        _ body: (inout EventEncoder, inout [UInt8]) -> Void
    ) -> String {
        var encoder = EventEncoder(addsCarriageReturns: addsCarriageReturns)
        var buffer: [UInt8] = []
        body(&encoder, &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    /// Everything that a reader makes of a file that is fed in pieces of this size.
    static func read(
        _ file: [UInt8],
        pieceBytes: Int = 64 * 1024
    ) throws(CastError) -> (items: [CastReader.Item], cutBytes: Int) {
        var reader = CastReader()
        var items: [CastReader.Item] = []
        var position = 0
        while position < file.count {
            let end = min(position + pieceBytes, file.count)
            reader.feed(file[position..<end])
            position = end
            while let item = try reader.next() { items.append(item) }
        }
        let ending = try reader.finish()
        return (items + ending.events.map { .event($0) }, ending.cutBytes)
    }

    /// The exact bytes of each stream.
    static func streams(_ items: [CastReader.Item]) -> [RecordedStream: [UInt8]] {
        var streams: [RecordedStream: [UInt8]] = [:]
        for case .event(let event) in items {
            switch event.kind {
            case .output(let output):
                let stream: RecordedStream =
                    output.stream == .standardOutput ? .standardOutput : .standardError
                streams[stream, default: []] += output.exact
            case .input(let bytes): streams[.standardInput, default: []] += bytes
            case .resize, .marker, .exit, .fact, .unknown: break
            }
        }
        return streams
    }
}
