/// What some version of YAML makes of a scalar without quotes.
///
/// YAML 1.1 reads `no` as false, `012` as ten and `1:30` as ninety; YAML 1.2 reads all three
/// differently. Where a text is expected, whatever any of them takes for something else must be
/// quoted, so that a file means one thing to everybody.
enum PlainScalar: Hashable {
    case text
    case null
    case boolean
    case number
    case time

    init(_ text: String) {
        switch text.lowercased() {
        case "", "~", "null": self = .null
        case "y", "n", "yes", "no", "on", "off", "true", "false": self = .boolean
        case "<<", "=": self = .null
        default:
            let bytes = Array(text.utf8)
            if Self.isTime(bytes) {
                self = .time
            } else if Self.isNumber(bytes) {
                self = .number
            } else {
                self = .text
            }
        }
    }

    /// Integers and fractions of both versions: signs, underscores, other bases, sexagesimals,
    /// exponents, infinity.
    private static func isNumber(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            rest = rest.dropFirst()
        }
        let lower = String(decoding: rest, as: UTF8.self).lowercased()
        if lower == ".inf" || lower == ".nan" { return true }
        for (prefix, digits) in [("0x", "0123456789abcdef_"), ("0o", "01234567_"), ("0b", "01_")]
        where lower.hasPrefix(prefix) && lower.utf8.count > 2 {
            return lower.dropFirst(2).allSatisfy { digits.contains($0) }
        }
        let isDigit = { (byte: UInt8) in byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
        guard lower.utf8.contains(where: isDigit) else { return false }
        guard let first = lower.utf8.first, isDigit(first) || first == UInt8(ascii: ".") else {
            return false
        }
        // Wider than the grammars: no harm is done by asking for quotes around `1.2.3`.
        var mantissa = lower.utf8[...]
        if let exponent = lower.utf8.firstIndex(of: UInt8(ascii: "e")) {
            let digits = lower.utf8[lower.utf8.index(after: exponent)...]
            let unsigned = digits.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            guard !unsigned.isEmpty, unsigned.allSatisfy(isDigit) else { return false }
            mantissa = lower.utf8[..<exponent]
        }
        let isSexagesimal = mantissa.contains(UInt8(ascii: ":"))
        let points = mantissa.count { $0 == UInt8(ascii: ".") }
        guard points <= 1, !(isSexagesimal && mantissa.last == UInt8(ascii: ":")) else {
            return false
        }
        return mantissa.allSatisfy {
            isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
                || $0 == UInt8(ascii: ":")
        }
    }

    /// `2026-01-31`, and that with a time of day behind it.
    private static func isTime(_ bytes: [UInt8]) -> Bool {
        let isDigit = { (byte: UInt8) in byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
        guard bytes.count >= 8, bytes[..<4].allSatisfy(isDigit), bytes[4] == UInt8(ascii: "-")
        else { return false }
        let rest = bytes[5...].drop(while: isDigit)
        guard (1...2).contains(bytes[5...].count - rest.count), rest.first == UInt8(ascii: "-")
        else { return false }
        let day = rest.dropFirst().prefix(while: isDigit)
        guard (1...2).contains(day.count) else { return false }
        guard let next = rest.dropFirst(1 + day.count).first else { return true }
        return next == UInt8(ascii: "T") || next == UInt8(ascii: "t") || next == UInt8(ascii: " ")
    }
}
