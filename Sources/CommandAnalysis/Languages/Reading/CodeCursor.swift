/// Where a lexer is in a code, and how much work it has done.
struct CodeCursor {
    let code: CodeText
    private(set) var position: Int
    /// Bytes gone over, those looked at ahead included.
    private(set) var steps = 0

    init(_ code: CodeText, at position: Int = 0) {
        self.code = code
        self.position = position
    }

    var isAtEnd: Bool { position >= code.bytes.count }

    /// The next byte; zero at the end, which no code holds.
    var byte: UInt8 { peek(0) }

    func peek(_ ahead: Int) -> UInt8 {
        let place = position + ahead
        return place >= 0 && place < code.bytes.count ? code.bytes[place] : 0
    }

    mutating func advance(_ count: Int = 1) {
        position = min(position + count, code.bytes.count)
        steps += count
    }

    /// The next byte, which is gone over.
    mutating func next() -> UInt8 {
        let next = byte
        advance()
        return next
    }

    mutating func take(_ expected: UInt8) -> Bool {
        guard byte == expected, !isAtEnd else { return false }
        advance()
        return true
    }

    func starts(_ text: some Collection<UInt8>) -> Bool {
        position + text.count <= code.bytes.count
            && code.bytes[position..<position + text.count].elementsEqual(text)
    }

    /// Goes over bytes as long as they are such.
    mutating func skip(while isSuch: (UInt8) -> Bool) {
        while !isAtEnd, isSuch(byte) { advance() }
    }

    /// Goes over such bytes and returns where they stand.
    mutating func span(while isSuch: (UInt8) -> Bool) -> Range<Int> {
        let start = position
        skip(while: isSuch)
        return start..<position
    }
}
