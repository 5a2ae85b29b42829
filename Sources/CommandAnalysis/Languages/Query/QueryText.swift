import ShellSyntax

/// A text in a query language as bytes, with one mark in the place of each piece that is not known.
///
/// A reader of such a text walks over bytes and cannot fall into a gap between two pieces. The marks
/// are bytes that no UTF-8 holds.
struct QueryText: Sendable {
    /// A number.
    static let digitsMark: UInt8 = 0xFE
    /// Letters, digits and `_.:+@%,=-`: nothing that ends a quoted text.
    static let nameMark: UInt8 = 0xFD
    /// Anything at all.
    static let textMark: UInt8 = 0xFF

    let bytes: [UInt8]
    /// The places of the marks, ascending.
    private let markOffsets: [Int]
    private let marked: [AbstractText.Piece]

    init(_ text: AbstractText) {
        var bytes: [UInt8] = []
        var offsets: [Int] = []
        var marked: [AbstractText.Piece] = []
        for piece in text.pieces {
            if case .text(let known) = piece {
                bytes.append(contentsOf: known.utf8)
                continue
            }
            offsets.append(bytes.count)
            marked.append(piece)
            bytes.append(Self.mark(of: piece))
        }
        self.bytes = bytes
        markOffsets = offsets
        self.marked = marked
    }

    private static func mark(of piece: AbstractText.Piece) -> UInt8 {
        guard case .unknown(let unknown) = piece else { return textMark }
        return switch unknown.shape {
        case .digits: digitsMark
        case .name: nameMark
        case .integer, .relativePath, .text: textMark
        }
    }

    var count: Int { bytes.count }

    /// The byte at an offset, or NUL behind the end.
    subscript(offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

    /// What stands in a part of the text.
    func abstract(_ range: Range<Int>) -> AbstractText {
        decoded(bytes[range], firstMark: firstMark(from: range.lowerBound))
    }

    /// The text of bytes that came out of a part of this text and hold all of its marks in order.
    func decoded(_ bytes: some Collection<UInt8>, firstMark: Int) -> AbstractText {
        var result = AbstractText.empty
        var mark = firstMark
        var known: [UInt8] = []
        for byte in bytes {
            guard byte >= Self.nameMark else {
                known.append(byte)
                continue
            }
            result.append(.text(ShellText(known)))
            known.removeAll()
            result.append(marked[mark])
            mark += 1
        }
        result.append(.text(ShellText(known)))
        return result
    }

    /// The number of the first mark at or behind an offset.
    func firstMark(from offset: Int) -> Int {
        var low = 0
        var high = markOffsets.count
        while low < high {
            let middle = (low + high) / 2
            if markOffsets[middle] < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The place of a part as an effect tells it: nil where unknown text stands before it.
    func place(_ range: Range<Int>) -> Range<Int>? {
        guard let first = markOffsets.first, first < range.upperBound else { return range }
        return first < range.lowerBound ? nil : range.lowerBound..<first
    }
}

extension UInt8 {
    /// A letter, digit, `_`, `$`, a byte of a character that is not ASCII, or a mark of a number or
    /// name: what an SQL word goes on with.
    var isQueryWord: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x24, 0x80...0xFE: true
        default: false
        }
    }

    var isQueryBlank: Bool {
        switch self {
        case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20: true
        default: false
        }
    }

    var isQueryDigit: Bool { self &- 0x30 < 10 }

    var isQueryLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}
