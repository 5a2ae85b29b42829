/// Where a lexer is in a code, and how much work it has done.
struct CodeCursor {
    let code: CodeText
    private(set) var position: Int
    /// Where it ends, which for a part of the code is before the end.
    private let end: Int
    /// Bytes gone over, those looked at ahead included.
    private(set) var steps = 0

    init(_ code: CodeText) {
        self.code = code
        position = 0
        end = code.bytes.count
    }

    /// A cursor that goes over a part of the code, and goes on counting.
    func over(_ part: Range<Int>) -> CodeCursor {
        CodeCursor(code: code, position: part.lowerBound, end: part.upperBound, steps: steps)
    }

    /// The cursor again where it was, with what has been counted since.
    func counting(_ other: CodeCursor) -> CodeCursor {
        CodeCursor(code: code, position: position, end: end, steps: other.steps)
    }

    /// The cursor one byte before.
    func back() -> CodeCursor {
        CodeCursor(code: code, position: position - 1, end: end, steps: steps)
    }

    private init(code: CodeText, position: Int, end: Int, steps: Int) {
        self.code = code
        self.position = position
        self.end = end
        self.steps = steps
    }

    var isAtEnd: Bool { position >= end }

    /// The next byte; zero at the end, which no code holds.
    var byte: UInt8 { peek(0) }

    func peek(_ ahead: Int) -> UInt8 {
        let place = position + ahead
        return place >= 0 && place < end ? code.bytes[place] : 0
    }

    mutating func advance(_ count: Int = 1) {
        position = min(position + count, end)
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
        position + text.count <= end
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
