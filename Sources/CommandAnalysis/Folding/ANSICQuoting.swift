import ShellSyntax

/// What `$'…'` stands for (bash manual, *ANSI-C Quoting*).
enum ANSICQuoting {
    /// The text, which a NUL ends.
    ///
    /// - Parameters:
    ///   - quoted: What stands between the quotes.
    ///   - knowsUnicode: Whether `\u41` is a letter, or what is written.
    /// - Returns: Nil where the bytes are no UTF-8, which no text here can hold.
    static func decode(_ quoted: ShellText, knowsUnicode: Bool = true) -> ShellText? {
        var bytes: [UInt8] = []
        var rest = Array(quoted.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escape = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            if !knowsUnicode, escape == UInt8(ascii: "u") || escape == UInt8(ascii: "U") {
                bytes += [byte, escape]
                continue
            }
            guard let decoded = decodeEscape(escape, &rest) else { return checked(bytes) }
            bytes += decoded
        }
        return checked(bytes)
    }

    private static func checked(_ bytes: [UInt8]) -> ShellText? {
        String(validating: bytes, as: UTF8.self).map { ShellText($0) }
    }

    /// The bytes of one escape; nil for a NUL, which ends the string.
    private static func decodeEscape(_ escape: UInt8, _ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        switch escape {
        case UInt8(ascii: "a"): return [0x07]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "e"), UInt8(ascii: "E"): return [0x1B]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "v"): return [0x0B]
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "?"):
            return [escape]
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            let first = Int(escape - UInt8(ascii: "0"))
            let value = rest.popNumber(base: 8, digits: 2, after: first) ?? first
            return nonzero(UInt8(truncatingIfNeeded: value))
        case UInt8(ascii: "x"):
            guard let value = rest.popNumber(base: 16, digits: 2) else {
                return [UInt8(ascii: "\\"), escape]
            }
            return nonzero(UInt8(truncatingIfNeeded: value))
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let digits = escape == UInt8(ascii: "u") ? 4 : 8
            guard let value = rest.popNumber(base: 16, digits: digits) else {
                return [UInt8(ascii: "\\"), escape]
            }
            guard value != 0 else { return nil }
            guard let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: value)) else {
                return [0xFF]
            }
            return Array(String(Character(scalar)).utf8)
        case UInt8(ascii: "c"):
            guard let control = rest.popFirst() else { return [UInt8(ascii: "\\"), escape] }
            return nonzero(control & 0x1F)
        default: return [UInt8(ascii: "\\"), escape]
        }
    }

    private static func nonzero(_ byte: UInt8?) -> [UInt8]? {
        guard let byte, byte != 0 else { return nil }
        return [byte]
    }
}

extension ArraySlice<UInt8> {
    fileprivate mutating func popNumber(base: Int, digits: Int, after start: Int = 0) -> Int? {
        var value = start
        var count = 0
        while count < digits, let byte = first, let digit = byte.digit(base: base) {
            value = value * base + digit
            count += 1
            removeFirst()
        }
        return count == 0 ? nil : value
    }
}

extension UInt8 {
    /// The value of a digit in a base up to 16.
    func digit(base: Int) -> Int? {
        let value: Int
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): value = Int(self - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): value = Int(self - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): value = Int(self - UInt8(ascii: "A")) + 10
        default: return nil
        }
        return value < base ? value : nil
    }
}
