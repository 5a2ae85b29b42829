/// One event line, not yet put in connection with its neighbours.
struct CastLine {
    let microseconds: Int64
    let code: String
    /// UTF-8; nil where the data is no string, as codes of others may have it.
    let data: [UInt8]?

    /// LIMIT: about 31 years; later times are taken for this one.
    static let maximumMicroseconds: Int64 = 1_000_000_000_000_000

    init(_ line: ArraySlice<UInt8>) throws(JSONError) {
        var parser = JSONParser(line)
        try parser.expect("[")
        microseconds = Self.microseconds(try parser.number())
        try parser.expect(",")
        code = String(decoding: try parser.string(), as: UTF8.self)
        try parser.expect(",")
        if parser.takesString {
            data = Self.repaired(try parser.string())
        } else {
            _ = try parser.value()
            data = nil
        }
        // Later versions of asciicast may have more.
        while parser.take(",") { _ = try parser.value() }
        try parser.expect("]")
        try parser.end()
    }

    private static func microseconds(_ digits: String) -> Int64 {
        guard let seconds = Double(digits), seconds > 0 else { return 0 }
        let limit = Double(maximumMicroseconds)
        // Not `rounded()`, which would make the session process link the library of mathematics.
        return Int64(min(seconds * 1_000_000 + 0.5, limit))
    }

    private static func repaired(_ bytes: [UInt8]) -> [UInt8] {
        if String(validating: bytes, as: UTF8.self) != nil { return bytes }
        return Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
}
