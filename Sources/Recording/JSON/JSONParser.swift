/// Reads one JSON value (RFC 8259) from the bytes of a line.
///
/// The bytes are foreign: everything is checked, nothing traps, and nesting is bounded. What is no
/// UTF-8 inside a string becomes U+FFFD, as does half of a surrogate pair.
package struct JSONParser: ~Copyable {
    /// LIMIT: our own lines need 2; a header from elsewhere may have a theme or tags.
    package static let maximumDepth = 16
    /// LIMIT: bounds the memory that a line of `[[],[],…` takes beside its own.
    package static let maximumValues = 4096

    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var values = 0

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The only value of the bytes.
    package static func parse(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes)
        let value = try parser.value()
        try parser.end()
        return value
    }

    package mutating func value() throws(JSONError) -> JSONValue {
        try value(depth: 0)
    }

    /// Asserts that nothing but blanks is left.
    package mutating func end() throws(JSONError) {
        skipBlanks()
        guard position == bytes.endIndex else { throw unexpected }
    }

    private var unexpected: JSONError {
        position < bytes.endIndex ? .unexpected(offset: position - bytes.startIndex) : .endsEarly
    }

    private mutating func skipBlanks() {
        while position < bytes.endIndex {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return
            }
        }
    }

    /// Reads one byte after blanks if it is this one.
    package mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard position < bytes.endIndex, bytes[position] == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }

    /// Whether the next value is a string.
    var takesString: Bool {
        mutating get {
            skipBlanks()
            return position < bytes.endIndex && bytes[position] == UInt8(ascii: "\"")
        }
    }

    package mutating func expect(_ character: Unicode.Scalar) throws(JSONError) {
        guard take(character) else { throw unexpected }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < Self.maximumDepth else { throw .nestingTooDeep(limit: Self.maximumDepth) }
        values += 1
        guard values <= Self.maximumValues else { throw .tooManyValues(limit: Self.maximumValues) }
        skipBlanks()
        guard position < bytes.endIndex else { throw .endsEarly }
        switch bytes[position] {
        case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(String(decoding: try string(), as: UTF8.self))
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func members(depth: Int) throws(JSONError) -> [JSONValue.Member] {
        try expect("{")
        var members: [JSONValue.Member] = []
        if take("}") { return members }
        repeat {
            skipBlanks()
            let key = String(decoding: try string(), as: UTF8.self)
            try expect(":")
            members.append(JSONValue.Member(key: key, value: try value(depth: depth)))
        } while take(",")
        try expect("}")
        return members
    }

    private mutating func elements(depth: Int) throws(JSONError) -> [JSONValue] {
        try expect("[")
        var elements: [JSONValue] = []
        if take("]") { return elements }
        repeat { elements.append(try value(depth: depth)) } while take(",")
        try expect("]")
        return elements
    }

    private mutating func word(
        _ word: String,
        _ value: JSONValue
    ) throws(JSONError) -> JSONValue {
        for byte in word.utf8 {
            guard position < bytes.endIndex, bytes[position] == byte else { throw unexpected }
            position += 1
        }
        return value
    }

    /// The text of a number; its grammar is that of RFC 8259 §6.
    package mutating func number() throws(JSONError) -> String {
        skipBlanks()
        let start = position
        _ = taken { $0 == UInt8(ascii: "-") }
        let first = position
        try digits()
        if bytes[first] == UInt8(ascii: "0"), position > first + 1 {
            throw .unexpected(offset: first - bytes.startIndex)
        }
        if taken({ $0 == UInt8(ascii: ".") }) { try digits() }
        if taken({ $0 | 0x20 == UInt8(ascii: "e") }) {
            _ = taken { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            try digits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func taken(_ matches: (UInt8) -> Bool) -> Bool {
        guard position < bytes.endIndex, matches(bytes[position]) else { return false }
        position += 1
        return true
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while taken({ (0x30...0x39).contains($0) }) {}
        guard position > start else { throw unexpected }
    }

    /// The bytes of a string, unescaped; they are UTF-8 if those of the line are.
    package mutating func string() throws(JSONError) -> [UInt8] {
        try expect("\"")
        var text: [UInt8] = []
        while true {
            let start = position
            while position < bytes.endIndex, Self.isPlain(bytes[position]) { position += 1 }
            text.append(contentsOf: bytes[start..<position])
            guard position < bytes.endIndex else { throw .endsEarly }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return text
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            default: throw unexpected
            }
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard position < bytes.endIndex else { throw .endsEarly }
        let letter = bytes[position]
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            return try unicodeEscape(into: &text)
        default: throw unexpected
        }
        position += 1
    }

    /// Reads the digits after `\u`, and a second escape where the two are a surrogate pair.
    private mutating func unicodeEscape(into text: inout [UInt8]) throws(JSONError) {
        let unit = try fourDigits()
        var scalar = Unicode.Scalar(unit)
        if UTF16.isLeadSurrogate(UInt16(unit)), followsUnicodeEscape {
            let mark = position
            position += 2
            let second = try fourDigits()
            if UTF16.isTrailSurrogate(UInt16(second)) {
                scalar = Unicode.Scalar(0x10000 + (unit - 0xd800) << 10 + (second - 0xdc00))
            } else {
                position = mark
            }
        }
        text.append(contentsOf: Character(scalar ?? "\u{fffd}").utf8)
    }

    private var followsUnicodeEscape: Bool {
        bytes.endIndex - position >= 2 && bytes[position] == UInt8(ascii: "\\")
            && bytes[position + 1] == UInt8(ascii: "u")
    }

    private mutating func fourDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.endIndex else { throw .endsEarly }
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue,
                bytes[position] < 0x80
            else { throw unexpected }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
