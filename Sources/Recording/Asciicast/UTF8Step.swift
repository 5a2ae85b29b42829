/// What stands at one place of bytes that should be UTF-8 (Unicode 3.9, table 3-7).
enum UTF8Step {
    /// A whole character of this many bytes, or a run of ASCII.
    case whole(Int)
    /// A maximal broken part: these bytes are shown as one U+FFFD.
    case broken(Int)
    /// The bytes end inside a character that is right so far.
    case cut(Int)

    @inline(__always)
    init(at position: Int, of bytes: borrowing Span<UInt8>) {
        let first = bytes[position]
        guard first >= 0x80 else {
            self = .whole(Self.asciiRun(from: position, of: bytes))
            return
        }
        let rest: Int
        // The range of the second byte; those after it are always 80…BF.
        var (low, high): (UInt8, UInt8) = (0x80, 0xbf)
        switch first {
        case 0xc2...0xdf: rest = 1
        case 0xe0: (rest, low) = (2, 0xa0)
        case 0xed: (rest, high) = (2, 0x9f)
        case 0xe1...0xef: rest = 2
        case 0xf0: (rest, low) = (3, 0x90)
        case 0xf4: (rest, high) = (3, 0x8f)
        case 0xf1...0xf3: rest = 3
        default:
            self = .broken(1)
            return
        }
        for index in 1...rest {
            guard position + index < bytes.count else {
                self = .cut(index)
                return
            }
            guard (low...high).contains(bytes[position + index]) else {
                self = .broken(index)
                return
            }
            (low, high) = (0x80, 0xbf)
        }
        self = .whole(rest + 1)
    }

    /// How many bytes from here are ASCII, by steps of eight; at least the first one.
    @inline(__always)
    private static func asciiRun(from start: Int, of bytes: borrowing Span<UInt8>) -> Int {
        var position = start
        while position + 8 <= bytes.count {
            // SAFETY: the access is checked against the span's end; every bit pattern is a UInt64.
            let word = unsafe bytes.bytes.unsafeLoadUnaligned(
                fromByteOffset: position,
                as: UInt64.self
            )
            guard word & 0x8080_8080_8080_8080 == 0 else { break }
            position += 8
        }
        return max(position - start, 1)
    }
}
