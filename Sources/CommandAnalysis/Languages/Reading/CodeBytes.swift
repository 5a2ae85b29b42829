// What a byte is to a lexer.

extension UInt8 {
    /// Whether the byte stands for text that is not known.
    var isUnknown: Bool { self >= CodeText.unknownName }

    var isWhite: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    /// A blank within a line.
    var isGap: Bool { self == 0x20 || self == 0x09 }

    var isDecimal: Bool { self &- 0x30 < 10 }

    /// A letter, `_`, or a byte of a character that is not ASCII.
    var isIdentifierStart: Bool {
        switch self {
        case 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: self >= 0x80 && !isUnknown
        }
    }

    var isIdentifier: Bool { isIdentifierStart || isDecimal }

    /// The value of a hexadecimal digit.
    var hexadecimal: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }

    /// What closes what this opens, as Perl and Ruby pair delimiters; otherwise itself.
    var closing: UInt8 {
        switch self {
        case UInt8(ascii: "("): UInt8(ascii: ")")
        case UInt8(ascii: "["): UInt8(ascii: "]")
        case UInt8(ascii: "{"): UInt8(ascii: "}")
        case UInt8(ascii: "<"): UInt8(ascii: ">")
        default: self
        }
    }
}
