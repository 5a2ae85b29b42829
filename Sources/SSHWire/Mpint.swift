/// The `mpint` of RFC 4251 §5, of which key types use positive numbers only.
extension WireReader {
    /// Reads a positive `mpint` and returns its magnitude without leading zeros.
    mutating func positiveInteger(
        _ field: String,
        maximumBits: Int
    ) throws(WireError) -> ArraySlice<UInt8> {
        let encoded = try string(field, limit: maximumBits / 8 + 1)
        guard let first = encoded.first else {
            throw .malformed(field: field, reason: "is zero")
        }
        guard first < 0x80 else { throw .malformed(field: field, reason: "is negative") }
        let magnitude = first == 0 ? encoded.dropFirst() : encoded
        guard let top = magnitude.first, first != 0 || top >= 0x80 else {
            throw .malformed(field: field, reason: "has unnecessary leading zeros")
        }
        guard magnitude.bitWidthOfInteger <= maximumBits else {
            throw .tooLong(field: field, limit: maximumBits / 8)
        }
        return magnitude
    }
}

extension WireWriter {
    /// Writes the positive integer whose big-endian magnitude this is.
    mutating func positiveInteger(_ magnitude: some Collection<UInt8>) {
        let digits = magnitude.drop { $0 == 0 }
        precondition(!digits.isEmpty, "key types hold no zero")
        guard let top = digits.first, top >= 0x80 else { return string(digits) }
        uint32(UInt32(digits.count + 1))
        byte(0)
        raw(digits)
    }
}

extension Collection<UInt8> {
    /// How many bits the big-endian integer has, which has no leading zero byte.
    var bitWidthOfInteger: Int {
        guard let first else { return 0 }
        return count * 8 - first.leadingZeroBitCount
    }
}
