/// Puts lines together to events: streams, exact bytes and cut characters.
struct EventAssembler {
    let header: RecordingHeader
    private var stream = OutputStream.standardOutput
    private var time: Int64 = 0
    /// The data of a `P` that nothing followed yet.
    private var partialCharacter: [UInt8] = []
    /// The data of a `B` whose `o` is the next line.
    private var exactOutput: [UInt8]?
    /// The data of an `I` whose `i` is the next line.
    private var exactInput: [UInt8]?

    init(header: RecordingHeader) {
        self.header = header
    }

    /// The events that a line makes certain.
    mutating func assemble(_ line: CastLine) throws(JSONError) -> [RecordedEvent] {
        time = max(time, line.microseconds)
        guard let data = line.data, let code = line.code.utf8.first.flatMap(EventCode.init),
            line.code.utf8.count == 1
        else { return forgotten() + [event(.unknown(code: line.code))] }
        switch code {
        case .output: return output(data)
        case .input:
            let exact = exactInput
            exactInput = nil
            return forgotten() + [event(.input(exact ?? data))]
        case .exactOutput:
            let before = forgotten()
            partialCharacter = []
            exactOutput = try decoded(data)
            return before
        case .exactInput:
            let before = forgotten()
            exactInput = try decoded(data)
            return before
        case .partialCharacter:
            let before = forgotten()
            partialCharacter = try decoded(data)
            return before
        case .stream:
            guard let next = OutputStream(rawValue: String(decoding: data, as: UTF8.self)) else {
                throw .unexpected(offset: 0)
            }
            let before = finish()
            stream = next
            return before
        case .resize: return forgotten() + [event(Self.resize(data))]
        case .marker: return forgotten() + [event(.marker(String(decoding: data, as: UTF8.self)))]
        case .exit:
            let status = UInt32(String(decoding: data, as: UTF8.self))
            return forgotten() + [event(status.map { .exit(status: $0) } ?? .unknown(code: "x"))]
        case .fact: return forgotten() + [event(.fact(try Fact(json: data)))]
        }
    }

    /// The events that the end of the file makes certain.
    mutating func finish() -> [RecordedEvent] {
        let before = forgotten()
        guard !partialCharacter.isEmpty else { return before }
        let bytes = partialCharacter
        partialCharacter = []
        return before + [event(.output(shown(bytes)))]
    }

    /// A line could not be read.
    mutating func interrupted() -> [RecordedEvent] { forgotten() }

    private mutating func output(_ data: [UInt8]) -> [RecordedEvent] {
        partialCharacter = []
        let exact = exactOutput ?? withoutAddedReturns(data)
        exactOutput = nil
        let written = RecordedEvent.Output(stream: stream, text: data, exact: exact)
        return forgotten() + [event(.output(written))]
    }

    /// Exact bytes whose event is missing: the file was cut between the two, and put together.
    private mutating func forgotten() -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        if let bytes = exactOutput { events.append(event(.output(shown(bytes)))) }
        if let bytes = exactInput { events.append(event(.input(bytes))) }
        exactOutput = nil
        exactInput = nil
        return events
    }

    private func event(_ kind: RecordedEvent.Kind) -> RecordedEvent {
        RecordedEvent(microseconds: time, kind: kind)
    }

    /// Bytes without their text.
    private func shown(_ bytes: [UInt8]) -> RecordedEvent.Output {
        var text: [UInt8] = []
        for byte in String(decoding: bytes, as: UTF8.self).utf8 {
            if byte == UInt8(ascii: "\n"), header.addsCarriageReturns {
                text.append(UInt8(ascii: "\r"))
            }
            text.append(byte)
        }
        return RecordedEvent.Output(stream: stream, text: text, exact: bytes)
    }

    private func decoded(_ data: [UInt8]) throws(JSONError) -> [UInt8] {
        guard let bytes = Base64Text.decode(data) else { throw .unexpected(offset: 0) }
        return bytes
    }

    private func withoutAddedReturns(_ data: [UInt8]) -> [UInt8] {
        guard header.addsCarriageReturns else { return data }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(data.count)
        for byte in data {
            if byte == UInt8(ascii: "\n"), bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
            bytes.append(byte)
        }
        return bytes
    }

    private static func resize(_ data: [UInt8]) -> RecordedEvent.Kind {
        let sides = data.split(separator: UInt8(ascii: "x"), omittingEmptySubsequences: false)
        guard sides.count == 2,
            let columns = UInt16(String(decoding: sides[0], as: UTF8.self)), columns > 0,
            let rows = UInt16(String(decoding: sides[1], as: UTF8.self)), rows > 0
        else { return .unknown(code: "r") }
        return .resize(columns: columns, rows: rows)
    }
}
