internal import ShellSyntax

/// How a text ends, as far as eight bytes say it: it counts no references, and is compared at once.
struct TextEnd: Sendable {
    /// The last byte is the lowest; what is not known is no bit.
    private let bytes: UInt64
    private let known: UInt64

    /// Of a text that may end in any way.
    static let any = TextEnd(bytes: 0, known: 0)

    private init(bytes: UInt64, known: UInt64) {
        self.bytes = bytes
        self.known = known
    }

    init(_ text: ShellText) {
        let utf8 = text.utf8
        let span = utf8.span
        let count = min(span.count, 8)
        var bytes: UInt64 = 0
        for index in span.count - count..<span.count { bytes = bytes << 8 | UInt64(span[index]) }
        self.init(bytes: bytes, known: count == 0 ? 0 : ~0 >> UInt64(64 - 8 * count))
    }

    /// Whether some text may end with both.
    @inline(__always)
    func mayEnd(as other: TextEnd) -> Bool { (bytes ^ other.bytes) & known & other.known == 0 }
}

/// How a text begins, as far as eight bytes say it.
struct TextBeginning: Sendable {
    /// The first byte is the lowest; what is not known is no bit.
    private var bytes: UInt64 = 0
    private var known: UInt64 = 0

    /// Of a text that may begin in any way.
    static let any = TextBeginning([])

    init(_ text: [UInt8]) { append(text) }

    /// Of what such a text goes on with.
    func followed(by text: [UInt8]) -> TextBeginning {
        var beginning = self
        beginning.append(text)
        return beginning
    }

    func followed(by text: ShellText) -> TextBeginning {
        var beginning = self
        let utf8 = text.utf8
        let span = utf8.span
        for index in span.indices where !beginning.isFull { beginning.append(span[index]) }
        return beginning
    }

    private var isFull: Bool { known == ~0 }

    private mutating func append(_ text: [UInt8]) {
        for index in text.indices {
            if isFull { return }
            append(text[index])
        }
    }

    private mutating func append(_ byte: UInt8) {
        let place = UInt64((~known).trailingZeroBitCount)
        bytes |= UInt64(byte) << place
        known |= 0xff << place
    }

    /// Whether some text may begin with both.
    @inline(__always)
    func mayBegin(as other: TextBeginning) -> Bool {
        (bytes ^ other.bytes) & known & other.known == 0
    }
}
