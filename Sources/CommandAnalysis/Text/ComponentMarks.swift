internal import ShellSyntax

/// The names of components that are written out, as far as one bit of 64 says which they are.
///
/// A path that has not all names of a pattern is not in its set; most have not even their bits.
struct ComponentMarks: Sendable {
    private var bits: UInt64

    static let none = ComponentMarks(bits: 0)
    /// Of a path in which any name may be.
    static let all = ComponentMarks(bits: ~0)

    @inline(__always)
    func isSubset(of other: ComponentMarks) -> Bool { bits & ~other.bits == 0 }

    mutating func insert(_ name: ShellText) {
        // Its length and three of its bytes tell most names apart.
        let utf8 = name.utf8
        let bytes = utf8.span
        guard let last = bytes.indices.last else { return }
        let some =
            UInt64(bytes[0]) | UInt64(bytes[last]) << 8 | UInt64(bytes[last / 2]) << 16
            | UInt64(truncatingIfNeeded: bytes.count) << 24
        bits |= 1 << ((some &* 0x9e37_79b9_7f4a_7c15) >> 58)
    }

    func inserting(_ name: ShellText) -> ComponentMarks {
        var marks = self
        marks.insert(name)
        return marks
    }
}
