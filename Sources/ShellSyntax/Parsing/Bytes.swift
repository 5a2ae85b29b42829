// What a byte is to a shell.

extension UInt8 {
    /// A blank, a line feed, an operator character, or the end: what ends a word (POSIX XCU 2.3).
    @inline(__always)
    var endsWord: Bool {
        switch self {
        case 0x00, 0x09, 0x0A, 0x20, 0x26, 0x28, 0x29, 0x3B, 0x3C, 0x3E, 0x7C: true
        default: false
        }
    }

    /// One of `& ( ) ; < > |`.
    @inline(__always)
    var isMeta: Bool {
        switch self {
        case 0x26, 0x28, 0x29, 0x3B, 0x3C, 0x3E, 0x7C: true
        default: false
        }
    }

    /// Means nothing but itself in the middle of a word: not a quote, `$`, `` ` ``, `\`, `{`, `~`.
    @inline(__always)
    var isPlain: Bool {
        switch self {
        case 0x00, 0x09, 0x0A, 0x20, 0x26, 0x28, 0x29, 0x3B, 0x3C, 0x3E, 0x7C,  // ends a word
            0x22, 0x24, 0x27, 0x5C, 0x60, 0x7B, 0x7E:  // " $ ' \ ` { ~
            false
        default: true
        }
    }

    @inline(__always)
    var isNameStart: Bool {
        switch self {
        case 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }

    @inline(__always)
    var isName: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }

    @inline(__always)
    var isDigit: Bool { self &- 0x30 < 10 }

    @inline(__always)
    var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension [UInt8] {
    /// Whether a backslash stands before a line feed.
    var hasContinuations: Bool {
        if !hasLineFeeds { return false }
        var previous: UInt8 = 0
        for byte in self {
            if byte == 0x0A, previous == 0x5C { return true }
            previous = byte
        }
        return false
    }

    /// Read to the end, many bytes at a time.
    private var hasLineFeeds: Bool {
        var found: UInt8 = 0
        for byte in self { found |= byte == 0x0A ? 1 : 0 }
        return found != 0
    }

    /// Whether each byte is a character, and none is NUL; read to the end, many bytes at a time.
    private var isPlainASCII: Bool {
        var others: UInt8 = 0
        for byte in self { others |= byte == 0 ? 0x80 : byte }
        return others < 0x80
    }

    /// The first NUL, or the first bytes that are not UTF-8 (RFC 3629).
    var firstUnreadable: SyntaxError? { isPlainASCII ? nil : self[...].firstUnreadable }
}

extension ArraySlice<UInt8> {
    /// The first NUL, or the first bytes that are not UTF-8 (RFC 3629).
    var firstUnreadable: SyntaxError? {
        var offset = startIndex
        while offset < endIndex {
            let byte = self[offset]
            if byte < 0x80 {
                if byte == 0 {
                    return SyntaxError(kind: .nulByte, range: SourceRange(offset, offset + 1))
                }
                offset += 1
                continue
            }
            let length = scalarLength(at: offset)
            guard length > 0 else {
                return SyntaxError(kind: .invalidUTF8, range: SourceRange(offset, offset + 1))
            }
            offset += length
        }
        return nil
    }

    /// The bytes of a scalar of more than one, or 0 where there is none.
    private func scalarLength(at offset: Int) -> Int {
        let lead = self[offset]
        let (length, second): (Int, ClosedRange<UInt8>) =
            switch lead {
            case 0xC2...0xDF: (2, 0x80...0xBF)
            case 0xE0: (3, 0xA0...0xBF)
            case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
            case 0xED: (3, 0x80...0x9F)
            case 0xF0: (4, 0x90...0xBF)
            case 0xF1...0xF3: (4, 0x80...0xBF)
            case 0xF4: (4, 0x80...0x8F)
            default: (0, 0x80...0xBF)
            }
        guard length > 0, offset + length <= endIndex, second ~= self[offset + 1] else { return 0 }
        for index in offset + 2..<offset + length where self[index] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
