import AuditTrail
import Testing

@testable import struct AuditTrail.RecordedBytes

@Suite struct `recorded bytes` {
    @Test(
        arguments: [
            (Array("echo \"ü\" / \u{0}\n".utf8), #"{"text":"echo \"ü\" / \u0000\n"}"#),
            ([0x61, 0xFF, 0x62], #"{"base64":"Yf9i","text":"a\#u{FFFD}b"}"#),
            ([], #"{"text":""}"#),
        ] as [([UInt8], String)]
    )
    func `are a text where they are one, and base64 beside a text where not`(
        bytes: [UInt8],
        line: String
    ) throws {
        #expect(try CanonicalJSON.line(RecordedBytes(bytes)) == line)
        #expect(try CanonicalJSON.value(RecordedBytes.self, from: line).bytes == bytes)
    }

    @Test func `come back exactly, whatever they are`() throws {
        var generator = SystemRandomNumberGenerator()
        for length in 0..<300 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let line = try CanonicalJSON.line(RecordedBytes(bytes))
            #expect(try CanonicalJSON.value(RecordedBytes.self, from: line).bytes == bytes)
        }
    }

    @Test func `are cut between characters`() {
        let bytes = RecordedBytes(Array("aé€😀".utf8))
        #expect(
            (0...10).map { bytes.prefix($0).text } == [
                "", "a", "a", "aé", "aé", "aé", "aé€", "aé€", "aé€", "aé€", "aé€😀",
            ]
        )
    }

    @Test func `that are no text are cut anywhere`() {
        #expect(RecordedBytes(Array(repeating: 0x80, count: 9)).prefix(6).bytes.count == 6)
    }
}
