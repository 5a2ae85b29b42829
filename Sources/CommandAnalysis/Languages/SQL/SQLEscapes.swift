/// What quoted texts mean.
enum SQLEscapes {
    /// What stands between two quotes; a quote that is doubled stands for itself.
    static func decoded(
        _ bytes: some Collection<UInt8>,
        quote: UInt8,
        escapes: Bool
    ) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            if byte == quote, rest.first == quote {
                rest = rest.dropFirst()
            } else if byte == 0x5C, escapes, let escaped = rest.popFirst() {
                appendEscape(escaped, &rest, to: &result)
                continue
            }
            result.append(byte)
        }
        return result
    }

    private static func appendEscape(
        _ byte: UInt8,
        _ rest: inout ArraySlice<UInt8>,
        to result: inout [UInt8]
    ) {
        switch byte {
        case 0x6E: result.append(0x0A)
        case 0x74: result.append(0x09)
        case 0x72: result.append(0x0D)
        case 0x62: result.append(0x08)
        case 0x66: result.append(0x0C)
        case 0x78:
            let digits = rest.prefix(2).prefix { $0.hexadecimalValue != nil }
            rest = rest.dropFirst(digits.count)
            append(scalar: value(digits, radix: 16), to: &result)
        case 0x75, 0x55:
            let digits = rest.prefix(byte == 0x75 ? 4 : 8).prefix { $0.hexadecimalValue != nil }
            rest = rest.dropFirst(digits.count)
            append(scalar: value(digits, radix: 16), to: &result)
        case 0x30...0x37:
            let more = rest.prefix(2).prefix { 0x30...0x37 ~= $0 }
            rest = rest.dropFirst(more.count)
            append(scalar: value([byte] + more, radix: 8), to: &result)
        default: result.append(byte)
        }
    }

    /// `\0061` and `\+000061`; nil where an escape is none, or is of another character.
    static func decodedUnicode(_ bytes: some Collection<UInt8>, quote: UInt8) -> [UInt8]? {
        var result: [UInt8] = []
        var rest = Array(bytes)[...]
        while let byte = rest.popFirst() {
            if byte == quote, rest.first == quote { rest = rest.dropFirst() }
            guard byte == 0x5C else {
                result.append(byte)
                continue
            }
            if rest.first == 0x5C {
                rest = rest.dropFirst()
                result.append(byte)
                continue
            }
            let isLong = rest.first == 0x2B
            if isLong { rest = rest.dropFirst() }
            let digits = rest.prefix(isLong ? 6 : 4)
            guard digits.count == (isLong ? 6 : 4),
                digits.allSatisfy({ $0.hexadecimalValue != nil })
            else { return nil }
            rest = rest.dropFirst(digits.count)
            append(scalar: value(digits, radix: 16), to: &result)
        }
        return result
    }

    private static func value(_ digits: some Sequence<UInt8>, radix: UInt32) -> UInt32 {
        digits.reduce(0) { $0 &* radix &+ UInt32($1.hexadecimalValue ?? 0) }
    }

    private static func append(scalar value: UInt32, to result: inout [UInt8]) {
        result.append(contentsOf: String(Unicode.Scalar(value) ?? "\u{FFFD}").utf8)
    }
}

extension UInt8 {
    var hexadecimalValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}
