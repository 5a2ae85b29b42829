/// A set of numbers below 256: bytes, or the states of a machine that reads them.
struct ByteSet: Hashable, Sendable {
    private var bits = SIMD4<UInt64>()

    static let all = ByteSet(0...255)
    static let empty = ByteSet()

    init() {}

    init(_ member: UInt8) { insert(member) }

    init(_ range: ClosedRange<UInt8>) {
        for member in range { insert(member) }
    }

    init(_ text: StaticString) {
        for member in text.description.utf8 { insert(member) }
    }

    var isEmpty: Bool { bits == SIMD4<UInt64>() }

    /// Nil where the set is empty.
    var first: UInt8? {
        var iterator = makeIterator()
        return iterator.next()
    }

    func contains(_ member: UInt8) -> Bool {
        bits[Int(member >> 6)] >> UInt64(member & 63) & 1 == 1
    }

    @inline(__always)
    func isSubset(of other: ByteSet) -> Bool { bits & ~other.bits == SIMD4<UInt64>() }

    func intersects(_ other: ByteSet) -> Bool { bits & other.bits != SIMD4<UInt64>() }

    mutating func insert(_ member: UInt8) { bits[Int(member >> 6)] |= 1 << UInt64(member & 63) }

    mutating func formUnion(_ other: ByteSet) { bits |= other.bits }

    func union(_ other: ByteSet) -> ByteSet {
        var joined = self
        joined.formUnion(other)
        return joined
    }

    func intersection(_ other: ByteSet) -> ByteSet {
        var common = self
        common.bits &= other.bits
        return common
    }

    func subtracting(_ other: ByteSet) -> ByteSet {
        var rest = self
        rest.bits &= ~other.bits
        return rest
    }
}

extension ByteSet: Sequence {
    struct Iterator: IteratorProtocol {
        fileprivate var rest: SIMD4<UInt64>
        private var word = 0

        fileprivate init(rest: SIMD4<UInt64>) { self.rest = rest }

        mutating func next() -> UInt8? {
            while word < 4 {
                if rest[word] != 0 {
                    let bit = rest[word].trailingZeroBitCount
                    rest[word] &= rest[word] - 1
                    return UInt8(word * 64 + bit)
                }
                word += 1
            }
            return nil
        }
    }

    /// In their order.
    func makeIterator() -> Iterator { Iterator(rest: bits) }
}
