internal import ShellSyntax

/// How a text ends, as far as eight bytes say it: it counts no references, and is compared at once.
struct TextEnd: Sendable {
    /// The last byte is the lowest.
    private let bytes: UInt64
    private let count: Int

    init(_ text: ShellText) {
        let utf8 = text.utf8
        let span = utf8.span
        count = min(span.count, 8)
        var bytes: UInt64 = 0
        for index in span.count - count..<span.count { bytes = bytes << 8 | UInt64(span[index]) }
        self.bytes = bytes
    }

    /// Whether some text may end with both.
    func mayEnd(as other: TextEnd) -> Bool {
        let common = min(count, other.count)
        return (bytes ^ other.bytes) << UInt64(64 - 8 * common) == 0
    }
}
