/// Bytes as text, with U+FFFD for each maximal broken part.
struct ReplacedText {
    private(set) var utf8: [UInt8] = []

    mutating func append(_ bytes: borrowing Span<UInt8>) {
        // Each broken part has one byte or more and becomes three.
        utf8.reserveCapacity(utf8.count + 3 * bytes.count)
        var position = 0
        while position < bytes.count {
            switch UTF8Step(at: position, of: bytes) {
            case .whole(let length):
                for index in position..<position + length { utf8.append(bytes[index]) }
                position += length
            case .broken(let length), .cut(let length):
                utf8.append(0xef)
                utf8.append(0xbf)
                utf8.append(0xbd)
                position += length
            }
        }
    }
}
