import ShellSyntax

/// Code as its lexer reads it: bytes, of which some stand for pieces that the text does not tell.
///
/// Unknown digits and names are one byte each, of a value that UTF-8 does not have: a lexer takes
/// them for data inside of a string and knows no other meaning of them. Behind any other unknown
/// piece the code may be anything, so it is cut there.
struct CodeText: Sendable {
    static let unknownDigits: UInt8 = 0xFF
    static let unknownName: UInt8 = 0xFE

    /// LIMIT: 64 KiB of code, which take no more than a tenth of a second, whatever they are; what is
    /// longer is no one-liner, and is not read.
    static let maximumLength = 1 << 16
    /// LIMIT: code in strings in code, so deep; the lexers go down by calls.
    static let maximumDepth = 24

    let bytes: [UInt8]
    /// Whether text follows that may be anything.
    let isCut: Bool
    private let unknowns: [Int: UnknownText]
    private let firstUnknown: Int

    /// The code; nil where it is longer than the limit.
    init?(_ text: AbstractText) {
        var bytes: [UInt8] = []
        var unknowns: [Int: UnknownText] = [:]
        var firstUnknown: Int?
        var isCut = false
        pieces: for piece in text.pieces {
            switch piece {
            case .text(let known):
                bytes.append(contentsOf: known.utf8)
            case .unknown(let unknown) where unknown.shape == .digits || unknown.shape == .name:
                firstUnknown = firstUnknown ?? bytes.count
                unknowns[bytes.count] = unknown
                bytes.append(unknown.shape == .digits ? Self.unknownDigits : Self.unknownName)
            case .unknown, .wildcard, .directory:
                isCut = true
                break pieces
            }
        }
        if bytes.count > Self.maximumLength { return nil }
        self.bytes = bytes
        self.isCut = isCut
        self.unknowns = unknowns
        self.firstUnknown = firstUnknown ?? bytes.count
    }

    func shellText(_ range: Range<Int>) -> ShellText { ShellText(bytes[range]) }

    /// The part of the code as a text, with its unknown pieces.
    func text(_ range: Range<Int>) -> AbstractText {
        var builder = CodeTextBuilder()
        for place in range { builder.append(self, at: place) }
        return builder.text
    }

    func unknown(at place: Int) -> UnknownText? { unknowns[place] }

    /// A place as the command line has it; nil behind unknown text.
    func place(_ range: Range<Int>) -> Range<Int>? {
        range.upperBound <= firstUnknown ? range : nil
    }

    /// Whether the unknown piece that a byte stands for may hold another byte.
    static func unknown(_ hole: UInt8, mayHold byte: UInt8) -> Bool {
        if hole == unknownDigits { return byte.isDecimal }
        if hole != unknownName { return false }
        return byte.isIdentifier && byte < 0x80 || ".:+@%,=-".utf8.contains(byte)
    }
}
