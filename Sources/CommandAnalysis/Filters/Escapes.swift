import ShellSyntax

/// What stands behind a backslash in texts that a program decodes, as far as all of them agree.
enum Escapes {
    enum Place {
        /// The format of `printf`: `\0` is a digit as any other.
        case format
        /// What `echo -e` and `%b` print: digits stand behind `\0`.
        case argument
    }

    /// Nil where it depends on the program, for `\c`, which ends the output, and for bytes that are no
    /// text.
    static func decode(_ text: ShellText, in place: Place, _ dialect: Dialect) -> ShellText? {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let escape = rest.popFirst() else { return nil }
            if let control = controls[escape] {
                bytes.append(control)
                continue
            }
            switch escape {
            case UInt8(ascii: "0")...UInt8(ascii: "7") where place == .format:
                let first = Int(escape - UInt8(ascii: "0"))
                guard let number = rest.popByte(base: 8, digits: 2, first) else { return nil }
                bytes.append(number)
            case UInt8(ascii: "0"):
                guard let number = rest.popByte(base: 8, digits: 3, 0) else { return nil }
                bytes.append(number)
            // These are bash's own.
            case UInt8(ascii: "e") where dialect == .bash: bytes.append(0x1B)
            case UInt8(ascii: "x") where dialect == .bash:
                guard let next = rest.first, next.digit(base: 16) != nil,
                    let number = rest.popByte(base: 16, digits: 2, 0)
                else { return nil }
                bytes.append(number)
            case UInt8(ascii: "u") where dialect == .bash:
                // More than ASCII is what the locale has of it.
                guard let next = rest.first, next.digit(base: 16) != nil,
                    let number = rest.popByte(base: 16, digits: 4, 0), number < 0x80
                else { return nil }
                bytes.append(number)
            default: return nil
            }
        }
        guard place == .format || !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self).map { ShellText($0) }
    }

    /// `\a` and others, which all programs know.
    static let controls: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
        UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    ]
}

extension ArraySlice<UInt8> {
    /// The number that the next digits are; nil where that is no byte.
    mutating func popByte(base: Int, digits: Int, _ start: Int) -> UInt8? {
        var value = start
        var count = 0
        while count < digits, let digit = first?.digit(base: base) {
            value = value * base + digit
            removeFirst()
            count += 1
        }
        return UInt8(exactly: value)
    }
}

extension AbstractText {
    /// Whether it is a whole number that nobody takes for an octal one.
    var isDecimal: Bool {
        guard let literal else { return false }
        let digits =
            literal.utf8.first == UInt8(ascii: "-") ? literal.utf8.dropFirst() : literal.utf8[...]
        return !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
            && (digits.count == 1 || digits.first != UInt8(ascii: "0"))
    }
}
