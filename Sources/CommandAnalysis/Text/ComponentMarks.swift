internal import ShellSyntax

/// The names of components, as far as one bit of 64 says which they are, and one with which byte they end.
///
/// A path that has not all names of a pattern is not in its set; most have not even their bits.
struct ComponentMarks: Sendable {
    private var names: UInt64
    private var lastBytes: ByteMarks

    static let none = ComponentMarks(names: 0, lastBytes: .none)
    /// Of a path in which any name may be.
    static let all = ComponentMarks(names: ~0, lastBytes: .all)

    @inline(__always)
    func isSubset(of other: ComponentMarks) -> Bool {
        names & ~other.names == 0 && lastBytes.isSubset(of: other.lastBytes)
    }

    mutating func insert(_ name: ShellText) {
        // Its length and three of its bytes tell most names apart.
        let utf8 = name.utf8
        let bytes = utf8.span
        guard let last = bytes.indices.last else { return }
        let some =
            UInt64(bytes[0]) | UInt64(bytes[last]) << 8 | UInt64(bytes[last / 2]) << 16
            | UInt64(truncatingIfNeeded: bytes.count) << 24
        names |= 1 << ((some &* 0x9e37_79b9_7f4a_7c15) >> 58)
        lastBytes.insert(bytes[last])
    }

    func inserting(_ name: ShellText) -> ComponentMarks {
        var marks = self
        marks.insert(name)
        return marks
    }

    /// Of one name that ends so.
    mutating func insertAny(endingWith byte: UInt8) {
        names = ~0
        lastBytes.insert(byte)
    }
}
