import Testing

@testable import Recording

@Suite struct `the JSON parser` {
    private func parse(_ text: String) throws(JSONError) -> JSONValue {
        try JSONParser.parse(Array(text.utf8)[...])
    }

    @Test func `reads every kind of value`() throws {
        let value = try parse(
            #" {"a": [1, -2.5e+3, true, false, null], "b": {"c": "\"\\\/\b\f\n\r\t\u00e9\ud83e\udd8a"}} "#
        )

        #expect(
            value["a"]
                == .array([
                    .number("1"), .number("-2.5e+3"), .boolean(true), .boolean(false), .null,
                ])
        )
        #expect(value["b"]?["c"]?.text == "\"\\/\u{8}\u{c}\n\r\té🦊")
    }

    @Test func `takes half of a surrogate pair for U+FFFD`() throws {
        #expect(try parse(#""\ud83e""#).text == "\u{fffd}")
        #expect(try parse(#""\ud83ex""#).text == "\u{fffd}x")
        #expect(try parse(#""\ud83e\u0041""#).text == "\u{fffd}A")
        #expect(try parse(#""\udd8a""#).text == "\u{fffd}")
    }

    @Test(arguments: [
        "", "{", "[1,]", #"{"a"}"#, #"{a:1}"#, "01", "-", "1.", "1e", "+1", ".5", "nul", "tru",
        #""a"#, #""\x""#, #""\u00g0""#, #""\u00"#, "\"\n\"", "1 2", "[1 2]", "{}]", "NaN",
    ])
    func `refuses`(text: String) {
        #expect(throws: JSONError.self) { try parse(text) }
    }

    @Test func `bounds nesting and the number of values`() {
        let deep = String(repeating: "[", count: 10_000)
        let many = "[" + String(repeating: "0,", count: 10_000) + "0]"

        #expect(throws: JSONError.nestingTooDeep(limit: JSONParser.maximumDepth)) {
            try parse(deep)
        }
        #expect(throws: JSONError.tooManyValues(limit: JSONParser.maximumValues)) {
            try parse(many)
        }
    }

    @Test func `keeps every digit of a number`() throws {
        #expect(try parse("18446744073709551615").unsigned == .max)
        #expect(try parse("-5").unsigned == nil)
        #expect(try parse("1504467315.25").signed == 1_504_467_315)
        #expect(try parse("1e999").double == nil)
        #expect(try parse("1e30").signed == nil)
    }
}

@Suite struct `base64 in a recording` {
    @Test func `comes back as it was, for every length`() {
        for length in 0..<70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 7) }
            #expect(Base64Text.decode(Base64Text.encode(bytes).utf8) == bytes)
        }
    }

    @Test func `is that of RFC 4648, section 10`() {
        #expect(Base64Text.encode(Array("foobar".utf8)) == "Zm9vYmFy")
        #expect(Base64Text.encode(Array("fooba".utf8)) == "Zm9vYmE=")
        #expect(Base64Text.encode(Array("foob".utf8)) == "Zm9vYg==")
    }

    @Test(arguments: ["A", "AA", "AAA", "A===", "====", "AB==", "AAB=", "AA=A", "!!!!", "AAAA="])
    func `refuses`(text: String) {
        #expect(Base64Text.decode(text.utf8) == nil)
    }
}
