/// Which bytes are in a text, as far as one bit of 64 says it: small letters and capital ones have the
/// same, and so have controls and what is beyond ASCII.
///
/// A ``ByteSet`` says it exactly, and takes half of what is read of memory at once.
struct ByteMarks: Sendable {
    private var bits: UInt64 = 0

    static let none = ByteMarks(bits: 0)
    static let all = ByteMarks(bits: ~0)

    private init(bits: UInt64) { self.bits = bits }

    init(_ bytes: ByteSet) {
        for byte in bytes { insert(byte) }
    }

    mutating func insert(_ byte: UInt8) { bits |= Self.mark(of: byte) }

    private static func mark(of byte: UInt8) -> UInt64 {
        switch byte {
        case 0x20..<0x60: 1 << UInt64(byte - 0x20)
        case 0x60..<0x80: 1 << UInt64(byte - 0x40)
        default: 1
        }
    }

    @inline(__always)
    func isSubset(of other: ByteMarks) -> Bool { bits & ~other.bits == 0 }
}
