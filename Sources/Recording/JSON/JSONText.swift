/// Appends JSON to a buffer of bytes.
package enum JSONText {
    /// Appends a string with its quotes.
    static func append(_ text: String, to buffer: inout [UInt8]) {
        buffer.append(UInt8(ascii: "\""))
        append(escaping: Array(text.utf8).span, to: &buffer)
        buffer.append(UInt8(ascii: "\""))
    }

    /// Appends `"key":`, and a comma before it where the object is not empty.
    static func append(key: StaticString, to buffer: inout [UInt8]) {
        if buffer.last != UInt8(ascii: "{") { buffer.append(UInt8(ascii: ",")) }
        buffer.append(UInt8(ascii: "\""))
        key.withUTF8Buffer { unsafe buffer.append(contentsOf: $0) }
        buffer.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
    }

    static func append(key: StaticString, _ value: String?, to buffer: inout [UInt8]) {
        guard let value else { return }
        append(key: key, to: &buffer)
        append(value, to: &buffer)
    }

    static func append(key: StaticString, _ value: some FixedWidthInteger, to buffer: inout [UInt8])
    {
        append(key: key, to: &buffer)
        buffer.append(contentsOf: String(value).utf8)
    }

    static func append(key: StaticString, _ value: Bool, to buffer: inout [UInt8]) {
        append(key: key, to: &buffer)
        buffer.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// LIMIT: what is escaped before it is appended at once.
    ///
    /// It lives on the stack and stays in the first-level cache.
    static let stageBytes = 8 * 1024
    /// LIMIT: the most that one step of the loop writes: eight plain bytes, or two short escapes.
    static let stepBytes = 8

    /// Appends the inside of a JSON string.
    ///
    /// The bytes must be UTF-8. Escaped is what JSON demands, and what some reader takes for the
    /// end of a line or a terminal for a command: U+007F to U+009F, U+2028, U+2029.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8.
    ///   - addsCarriageReturns: Whether a CR goes in front of every LF.
    ///   - buffer: What is appended to.
    static func append(
        escaping bytes: borrowing Span<UInt8>,
        addsCarriageReturns: Bool = false,
        to buffer: inout [UInt8]
    ) {
        unsafe bytes.withUnsafeBytes { source in
            unsafe withUnsafeTemporaryAllocation(byteCount: stageBytes, alignment: 8) { stage in
                var position = 0
                var filled = 0
                while position < source.count {
                    if filled + stepBytes > stageBytes {
                        unsafe buffer.append(contentsOf: stage[..<filled])
                        filled = 0
                    }
                    unsafe step(source, &position, stage, &filled, addsCarriageReturns)
                }
                unsafe buffer.append(contentsOf: stage[..<filled])
            }
        }
    }

    /// Copies up to eight plain bytes, or escapes one character.
    ///
    /// SAFETY: the caller leaves room for `stepBytes` in the stage, and `position` is inside the
    /// source; what is read beyond one byte is checked against its end.
    @inline(__always)
    private static func step(
        _ source: UnsafeRawBufferPointer,
        _ position: inout Int,
        _ stage: UnsafeMutableRawBufferPointer,
        _ filled: inout Int,
        _ addsCarriageReturns: Bool
    ) {
        if position + 8 <= source.count {
            let word = unsafe source.loadUnaligned(fromByteOffset: position, as: UInt64.self)
            let plain = plainBytes(in: UInt64(littleEndian: word))
            if plain > 0 {
                unsafe stage.storeBytes(of: word, toByteOffset: filled, as: UInt64.self)
                position += plain
                filled += plain
                return
            }
        }
        let byte = unsafe source[position]
        let next = position + 1 < source.count ? unsafe source[position + 1] : 0
        let afterNext = position + 2 < source.count ? unsafe source[position + 2] : 0
        let escape = EscapedCharacter(byte, next, afterNext, addsCarriageReturns)
        var digits = escape.digits
        for index in 0..<escape.length {
            unsafe stage[filled + index] = UInt8(truncatingIfNeeded: digits)
            digits >>= 8
        }
        filled += escape.length
        position += escape.consumed
    }

    /// How many of the eight bytes, from the lowest, go into a JSON string as they are.
    ///
    /// They may end inside a character: its other bytes are copied next.
    @inline(__always)
    private static func plainBytes(in word: UInt64) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        // A borrow can only flag bytes above the first true one, so the lowest flag is exact.
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5c)
        let delete = word ^ (ones &* 0x7f)
        let controls = (word &- ones &* 0x20) & ~word
        let specials =
            ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash)
            | ((delete &- ones) & ~delete)
        // The first bytes of characters of which some are escaped; all others may be copied.
        let c2 = word ^ (ones &* 0xc2)
        let e2 = word ^ (ones &* 0xe2)
        let leads = ((c2 &- ones) & ~c2) | ((e2 &- ones) & ~e2)
        let flags = (controls | specials | leads) & high
        return flags == 0 ? 8 : flags.trailingZeroBitCount >> 3
    }
}

/// One character as it stands in a JSON string: at most eight bytes, the first one lowest.
private struct EscapedCharacter {
    let digits: UInt64
    let length: Int
    let consumed: Int

    @inline(__always)
    init(_ byte: UInt8, _ next: UInt8, _ afterNext: UInt8, _ addsCarriageReturns: Bool) {
        consumed = byte == 0xc2 && next < 0xa0 ? 2 : byte == 0xe2 && next == 0x80 ? 3 : 1
        switch byte {
        case 0x0a where addsCarriageReturns:
            (digits, length) = (0x6e5c_725c, 4)  // \r\n
        case 0x0a: (digits, length) = (0x6e5c, 2)
        case 0x0d: (digits, length) = (0x725c, 2)
        case 0x09: (digits, length) = (0x745c, 2)
        case 0x22: (digits, length) = (0x225c, 2)
        case 0x5c: (digits, length) = (0x5c5c, 2)
        case 0..<0x20, 0x7f: (digits, length) = (Self.escape(UInt32(byte)), 6)
        case 0xc2 where next < 0xa0: (digits, length) = (Self.escape(UInt32(next)), 6)
        case 0xe2 where next == 0x80 && afterNext & 0xfe == 0xa8:
            (digits, length) = (Self.escape(0x2000 | UInt32(afterNext & 0x3f)), 6)
        case 0xe2 where next == 0x80:
            (digits, length) = (UInt64(byte) | UInt64(next) << 8 | UInt64(afterNext) << 16, 3)
        default: (digits, length) = (UInt64(byte), 1)
        }
    }

    /// `\uXXXX` in lower case.
    private static func escape(_ scalar: UInt32) -> UInt64 {
        var digits: UInt64 = 0x755c
        for place in 0..<4 {
            let nibble = UInt64(scalar >> UInt32(12 - 4 * place) & 15)
            let digit = nibble < 10 ? nibble + 0x30 : nibble + 0x57
            digits |= digit << UInt64(16 + 8 * place)
        }
        return digits
    }
}
