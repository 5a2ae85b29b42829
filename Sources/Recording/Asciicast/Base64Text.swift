/// Base64 of RFC 4648 §4 with padding, for bytes that a recording keeps exactly.
enum Base64Text {
    private static let alphabet: [UInt8] = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )

    /// LIMIT: groups that are encoded before they are appended at once.
    static let stageGroups = 512

    static func append(_ bytes: borrowing Span<UInt8>, to buffer: inout [UInt8]) {
        let alphabet = alphabet.span
        let wholeGroups = bytes.count / 3
        var position = 0
        unsafe withUnsafeTemporaryAllocation(
            of: UInt8.self,
            capacity: 4 * stageGroups
        ) { stage in
            var group = 0
            while group < wholeGroups {
                let end = min(group + stageGroups, wholeGroups)
                var filled = 0
                while group < end {
                    let bits =
                        UInt32(bytes[position]) << 16 | UInt32(bytes[position + 1]) << 8
                        | UInt32(bytes[position + 2])
                    // SAFETY: four bytes for each of at most `stageGroups` groups.
                    unsafe stage[filled] = alphabet[Int(bits >> 18)]
                    unsafe stage[filled + 1] = alphabet[Int(bits >> 12 & 63)]
                    unsafe stage[filled + 2] = alphabet[Int(bits >> 6 & 63)]
                    unsafe stage[filled + 3] = alphabet[Int(bits & 63)]
                    filled += 4
                    position += 3
                    group += 1
                }
                unsafe buffer.append(contentsOf: stage[..<filled])
            }
        }
        let left = bytes.count - position
        guard left > 0 else { return }
        let group = UInt32(bytes[position]) << 8 | (left == 2 ? UInt32(bytes[position + 1]) : 0)
        buffer.append(alphabet[Int(group >> 10)])
        buffer.append(alphabet[Int(group >> 4 & 63)])
        buffer.append(left == 2 ? alphabet[Int(group << 2 & 63)] : UInt8(ascii: "="))
        buffer.append(UInt8(ascii: "="))
    }

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        append(bytes.span, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, or nil where the text is not canonical base64.
    static func decode(_ text: some BidirectionalCollection<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        let padding = text.suffix(2).count { $0 == UInt8(ascii: "=") }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var group: UInt32 = 0
        var filled = 0
        for digit in text.dropLast(padding) {
            guard let value = value(of: digit) else { return nil }
            group = group << 6 | value
            filled += 6
            guard filled >= 8 else { continue }
            filled -= 8
            bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(filled)))
            group &= (1 << UInt32(filled)) - 1
        }
        // What is left are the bits below the last byte; canonical text has zeros there.
        return group == 0 && filled == padding * 2 ? bytes : nil
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
