import Testing

@testable import PlainText

@Suite struct `foreign text` {
    @Test(arguments: [
        // C0, and what has a short form.
        ("a\u{0}b", #"a\u{0}b"#), ("\u{1B}[2J", #"\u{1B}[2J"#), ("a\nb\rc\td", #"a\nb\rc\td"#),
        ("\u{7}\u{8}\u{1F}", #"\u{7}\u{8}\u{1F}"#),
        // DEL and C1: U+009B begins a control sequence as ESC [ does.
        ("\u{7F}", #"\u{7F}"#), ("\u{80}\u{9B}6n\u{9F}", #"\u{80}\u{9B}6n\u{9F}"#),
        ("\u{85}", #"\u{85}"#),
        // What turns the direction of writing.
        ("\u{202A}\u{202E}\u{2066}\u{2069}\u{200F}", #"\u{202A}\u{202E}\u{2066}\u{2069}\u{200F}"#),
        // What has no width, or is not seen.
        ("\u{200B}\u{200D}\u{2060}\u{FEFF}\u{AD}", #"\u{200B}\u{200D}\u{2060}\u{FEFF}\u{AD}"#),
        ("\u{34F}\u{115F}\u{3164}\u{FE0F}\u{E0041}", #"\u{34F}\u{115F}\u{3164}\u{FE0F}\u{E0041}"#),
        // Ends of lines and paragraphs.
        ("a\u{2028}b\u{2029}c", #"a\u{2028}b\u{2029}c"#),
        // Blanks that no shell takes for one.
        ("a\u{A0}b\u{3000}c d", #"a\u{A0}b\u{3000}c d"#),
        // Private use, noncharacters, and what is not assigned.
        ("\u{E000}\u{FFFE}\u{10FFFF}\u{378}", #"\u{E000}\u{FFFE}\u{10FFFF}\u{378}"#),
    ])
    func `is written out where it would not be seen or would be acted on`(
        text: String,
        shown: String
    ) {
        #expect(text.escapingControls() == shown)
    }

    @Test(arguments: ["", "uptime", "naïve 名前 🦊", "e\u{301}", #"`"'\ "#, "עברית", "a\u{FFFD}b"])
    func `stays as it is where everything of it is seen`(text: String) {
        #expect(text.escapingControls() == text)
    }

    @Test func `that is no UTF-8 shows that something was there`() {
        let bytes: [UInt8] = [0x61, 0xFF, 0x1B, 0xC3, 0x62, 0xED, 0xA0, 0x80]
        let shown = String(decoding: bytes, as: UTF8.self).escapingControls()
        #expect(shown == "a\u{FFFD}\\u{1B}\u{FFFD}b\u{FFFD}\u{FFFD}\u{FFFD}")
    }

    @Test func `is no longer than it may be, however much of it is written out`() {
        let controls = String(repeating: "\u{1}", count: 1024)
        #expect(controls.escapingControls(limit: 1024).unicodeScalars.count <= 1024)
        #expect("abc".escapingControls(limit: 3) == "abc")
        #expect("abcd".escapingControls(limit: 3) == "ab…")
        // What is written out is there whole or not at all.
        #expect("ab\u{1B}".escapingControls(limit: 5) == "ab…")
        #expect("ab\u{1B}".escapingControls(limit: 8) == #"ab\u{1B}"#)
        #expect("a".escapingControls(limit: 0) == "")
    }

    @Test func `shows every control character of the first two blocks`() {
        for value in [0...0x1F, 0x7F...0x9F].joined() as FlattenSequence<[ClosedRange<UInt32>]> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let shown = String(scalar).escapingControls()
            #expect(shown.unicodeScalars.allSatisfy { (0x20..<0x7F).contains($0.value) })
        }
    }
}
