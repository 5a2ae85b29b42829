/// A stretch of a stream that becomes one event, or two.
enum StreamSegment {
    /// UTF-8.
    case text(Range<Int>)
    /// Bytes that are no UTF-8, with what valid text stands closely between them.
    case damaged(Range<Int>)
    /// The beginning of a character, at the end of the bytes.
    case tail(Range<Int>)

    /// LIMIT: what one event holds, so that no line is long and a follower sees bytes soon.
    static let maximumBytes = 32 * 1024
    /// LIMIT: two more events cost about as much as this many bytes do in base64.
    static let validBytesThatEndDamage = 64

    /// The stretch that begins at `start`, which must be inside the bytes.
    init(from start: Int, of bytes: borrowing Span<UInt8>) {
        var position = start
        // The end of what is certainly part of a damaged stretch; nil while all is text.
        var damageEnd: Int?
        scan: while position < bytes.count, position - start < Self.maximumBytes {
            switch UTF8Step(at: position, of: bytes) {
            case .whole(let length):
                if let end = damageEnd, position + length - end >= Self.validBytesThatEndDamage {
                    self = .damaged(start..<end)
                    return
                }
                position += length
            case .broken(let length):
                guard damageEnd != nil || position == start else { break scan }
                position += length
                damageEnd = position
            case .cut(let length):
                guard position == start else { break scan }
                self = .tail(start..<position + length)
                return
            }
        }
        guard damageEnd == nil else {
            self = .damaged(start..<position)
            return
        }
        self = .text(start..<Self.boundary(before: position, start, bytes))
    }

    /// Cuts a text to the greatest length, in front of a character.
    private static func boundary(
        before end: Int,
        _ start: Int,
        _ bytes: borrowing Span<UInt8>
    ) -> Int {
        guard end - start > maximumBytes else { return end }
        var cut = start + maximumBytes
        while bytes[cut] & 0xc0 == 0x80 { cut -= 1 }
        return cut
    }
}
