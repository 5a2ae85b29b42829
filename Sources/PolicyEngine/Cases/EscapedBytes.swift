/// Bytes that no text can hold, written as inside of `$'…'`.
///
/// Unlike there, a NUL is a byte like the others and ends nothing.
enum EscapedBytes {
    /// Nil where an escape is none.
    static func decode(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let escape = rest.popFirst(), let decoded = decode(escape, &rest) else {
                return nil
            }
            bytes += decoded
        }
        return bytes
    }

    private static func decode(_ escape: UInt8, _ rest: inout Substring.UTF8View) -> [UInt8]? {
        switch escape {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): return [escape]
        case UInt8(ascii: "a"): return [0x07]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "e"): return [0x1b]
        case UInt8(ascii: "n"): return [0x0a]
        case UInt8(ascii: "r"): return [0x0d]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "x"): return number(&rest, digits: 2).map { [UInt8($0)] }
        case UInt8(ascii: "u"): return character(&rest, digits: 4)
        case UInt8(ascii: "U"): return character(&rest, digits: 8)
        default: return nil
        }
    }

    private static func character(_ rest: inout Substring.UTF8View, digits: Int) -> [UInt8]? {
        number(&rest, digits: digits).flatMap(Unicode.Scalar.init)
            .map { Array(String(Character($0)).utf8) }
    }

    /// At most so many hexadecimal digits.
    private static func number(_ rest: inout Substring.UTF8View, digits: Int) -> UInt32? {
        var value: UInt32?
        for _ in 0..<digits {
            guard let byte = rest.first,
                let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { break }
            value = (value ?? 0) << 4 | UInt32(digit)
            rest.removeFirst()
        }
        return value
    }
}
