import Testing

@testable import Recording

@Suite struct `a limit of a recording` {
    private func parse(_ text: String) throws(JSONError) -> JSONValue {
        try JSONParser.parse(Array(text.utf8)[...])
    }

    private func events(_ bytes: [UInt8]) -> [String] {
        Recordings.lines { encoder, buffer in
            encoder.output(bytes.span, of: .standardOutput, at: 0, into: &buffer)
        }.split(separator: "\n").map(String.init)
    }

    @Test func `is how deep JSON is read, and one level more is refused`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(throws: Never.self) { try parse(nested(JSONParser.maximumDepth)) }
        #expect(throws: JSONError.nestingTooDeep(limit: 16)) {
            try parse(nested(JSONParser.maximumDepth + 1))
        }
    }

    @Test func `is how many values a line of JSON has, and one more is refused`() {
        // The list is a value itself.
        func list(_ values: Int) -> String {
            "[" + [String](repeating: "0", count: values - 1).joined(separator: ",") + "]"
        }
        #expect(throws: Never.self) { try parse(list(JSONParser.maximumValues)) }
        #expect(throws: JSONError.tooManyValues(limit: 4096)) {
            try parse(list(JSONParser.maximumValues + 1))
        }
    }

    @Test func `is how long a line is that is read`() throws {
        func isRead(_ count: Int) throws -> Bool {
            var reader = CastReader()
            reader.feed(Array("{\"version\":2,\"width\":80,\"height\":24}\n".utf8)[...])
            _ = try reader.next()
            let frame = Array(#"[1,"o",""]"#.utf8)
            let text = [UInt8](repeating: 97, count: count - frame.count)
            reader.feed((frame.dropLast(2) + text + Array("\"]\n".utf8))[...])
            guard case .event? = try reader.next() else { return false }
            return true
        }
        #expect(try isRead(CastReader.maximumLineBytes))
        #expect(throws: CastError.lineTooLong(line: 2, limit: CastReader.maximumLineBytes)) {
            try isRead(CastReader.maximumLineBytes + 1)
        }
    }

    @Test func `is what one event holds, and one byte more begins the next`() {
        let bytes = [UInt8](repeating: 97, count: StreamSegment.maximumBytes)
        #expect(events(bytes).count == 1)
        #expect(events(bytes + [97]).count == 2)
    }

    @Test func `is how much whole text ends a damaged stretch`() {
        func damaged(_ count: Int) -> String? {
            let lines = events([0xff] + [UInt8](repeating: 97, count: count) + [0xff])
            return lines.first { $0.contains(#""B""#) }
        }
        let most = StreamSegment.validBytesThatEndDamage
        #expect(damaged(most)?.contains(#""/w==""#) == true)
        #expect(damaged(most - 1)?.contains(#""/w==""#) == false)
    }

    @Test(arguments: [JSONText.stageBytes, 3 * Base64Text.stageGroups])
    func `of what is encoded at once cannot be seen in the file`(stage: Int) throws {
        for count in stage - JSONText.stepBytes...stage + JSONText.stepBytes {
            // A line feed and a byte that is no text at the place where the stages meet.
            var text = [UInt8](repeating: 97, count: count)
            text[stage - JSONText.stepBytes - 1] = 10
            var broken = [UInt8](repeating: 0xff, count: count)
            broken[0] = 0xfe
            for bytes in [text, broken] {
                let file =
                    Recordings.header().encoded
                    + Array((events(bytes).joined(separator: "\n") + "\n").utf8)
                let items = try Recordings.read(file).items
                #expect(Recordings.streams(items)[.standardOutput] == bytes)
            }
        }
    }
}
