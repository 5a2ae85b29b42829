/// Writes the types of RFC 4251 §5.
package struct WireWriter {
    package private(set) var bytes: [UInt8] = []

    package init(reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    /// Goes on after bytes that are written already.
    init(adopting bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    package mutating func byte(_ value: UInt8) {
        bytes.append(value)
    }

    package mutating func boolean(_ value: Bool) {
        bytes.append(value ? 1 : 0)
    }

    package mutating func uint32(_ value: UInt32) {
        bigEndian(value)
    }

    package mutating func uint64(_ value: UInt64) {
        bigEndian(value)
    }

    private mutating func bigEndian<Value: FixedWidthInteger>(_ value: Value) {
        var shift = Value.bitWidth - 8
        while shift >= 0 {
            bytes.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
            shift -= 8
        }
    }

    /// Writes a `string`: a length and the bytes.
    package mutating func string(_ value: some Collection<UInt8>) {
        precondition(value.count <= Int(UInt32.max), "a string's length is a uint32")
        uint32(UInt32(value.count))
        bytes.append(contentsOf: value)
    }

    package mutating func text(_ value: some StringProtocol) {
        string(Array(value.utf8))
    }

    /// Writes bytes without a length before them.
    package mutating func raw(_ value: some Sequence<UInt8>) {
        bytes.append(contentsOf: value)
    }
}
