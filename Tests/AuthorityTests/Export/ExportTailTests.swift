import Testing

@testable import Authority

@Suite struct `the end of an export` {
    private static let table: [(String, isWhole: Bool, ExportTail)] = [
        ("", true, .empty(cutBytes: 0)),
        ("{\"eve", true, .empty(cutBytes: 5)),
        ("{\"connection\":\"c-1", true, .empty(cutBytes: 18)),
        ("\0\0\0", true, .empty(cutBytes: 3)),
        ("{\"a\":1}\n", true, .line(Array("{\"a\":1}".utf8), cutBytes: 0)),
        ("{1}\n{2}\n", true, .line(Array("{2}".utf8), cutBytes: 0)),
        ("{1}\n{2}\n{3", true, .line(Array("{2}".utf8), cutBytes: 2)),
        ("{1}\n{2}\n\0\0", true, .line(Array("{2}".utf8), cutBytes: 2)),
        ("{1}\n{2}\n{3\0\0", true, .line(Array("{2}".utf8), cutBytes: 4)),
        // Of a longer file.
        ("1}\n{2}\n", false, .line(Array("{2}".utf8), cutBytes: 0)),
        ("2}\n{3", false, .unclear),
        ("2}\n", false, .unclear),
        ("{3", false, .unclear),
        ("\n", true, .line([], cutBytes: 0)),
        // What somebody else wrote stays.
        ("precious", true, .foreign),
        ("{\"a\":1}", true, .foreign),
        ("{\"events\":[]}", true, .foreign),
        ("{1}\nprecious", true, .foreign),
        ("\0\0x", true, .foreign),
    ]

    @Test(arguments: table)
    func `is a line, and what a crash left behind it`(
        text: String,
        isWhole: Bool,
        tail: ExportTail
    ) {
        #expect(ExportTail(Array(text.utf8), isWhole: isWhole) == tail)
    }
}
