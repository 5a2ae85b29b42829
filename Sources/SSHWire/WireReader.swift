/// Reads the types of RFC 4251 §5 from bytes, front to back, each with its own limit.
package struct WireReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    package init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    package var remaining: Int { bytes.endIndex - position }

    package var isAtEnd: Bool { position == bytes.endIndex }

    /// The bytes that are not read yet.
    package var rest: ArraySlice<UInt8> { bytes[position...] }

    package mutating func byte(_ field: String) throws(WireError) -> UInt8 {
        guard remaining >= 1 else { throw .truncated(field: field) }
        defer { position += 1 }
        return bytes[position]
    }

    /// Reads a `boolean`: zero is false, everything else is true.
    package mutating func boolean(_ field: String) throws(WireError) -> Bool {
        try byte(field) != 0
    }

    package mutating func uint32(_ field: String) throws(WireError) -> UInt32 {
        try bigEndian(field)
    }

    package mutating func uint64(_ field: String) throws(WireError) -> UInt64 {
        try bigEndian(field)
    }

    private mutating func bigEndian<Value: FixedWidthInteger>(
        _ field: String
    ) throws(WireError) -> Value {
        let size = Value.bitWidth / 8
        guard remaining >= size else { throw .truncated(field: field) }
        var value: Value = 0
        for byte in bytes[position..<position + size] { value = value << 8 | Value(byte) }
        position += size
        return value
    }

    /// Reads a `string`, a length and as many bytes, of which `limit` is the greatest.
    package mutating func string(
        _ field: String,
        limit: Int
    ) throws(WireError) -> ArraySlice<UInt8> {
        let length = Int(try uint32(field))
        guard length <= limit else { throw .tooLong(field: field, limit: limit) }
        guard remaining >= length else { throw .truncated(field: field) }
        defer { position += length }
        return bytes[position..<position + length]
    }

    /// Reads a `string` whose bytes must be UTF-8.
    package mutating func text(_ field: String, limit: Int) throws(WireError) -> String {
        let bytes = try string(field, limit: limit)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .malformed(field: field, reason: "is not UTF-8")
        }
        return text
    }

    /// Reads as many bytes as asked for, without a length before them.
    package mutating func raw(_ field: String, count: Int) throws(WireError) -> ArraySlice<UInt8> {
        guard count >= 0, remaining >= count else { throw .truncated(field: field) }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// Asserts that nothing is left.
    package func end() throws(WireError) {
        guard isAtEnd else { throw .trailingBytes(count: remaining) }
    }
}
