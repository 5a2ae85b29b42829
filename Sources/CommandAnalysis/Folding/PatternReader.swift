import ShellSyntax

/// Makes wildcards of the characters `*`, `?` and `[…]` that no quote protects.
struct PatternReader {
    /// Text, and whether pattern characters in it count.
    struct Chunk {
        var text: AbstractText
        let isActive: Bool
    }

    /// One byte or another piece, and whether it counts as a pattern character.
    private enum Unit {
        case byte(UInt8, isActive: Bool)
        case piece(AbstractText.Piece)
    }

    private var units: [Unit] = []
    private var position = 0
    private var result = AbstractText.empty
    private var plain: [UInt8] = []

    /// The text of all chunks, with wildcards where there are any.
    static func read(_ chunks: [Chunk]) -> AbstractText {
        guard chunks.contains(where: { $0.isActive && $0.text.hasPatternCharacter }) else {
            var joined = AbstractText.empty
            for chunk in chunks { joined.append(chunk.text) }
            return joined
        }
        var reader = PatternReader()
        for chunk in chunks { reader.take(chunk) }
        reader.readAll()
        return reader.result
    }

    private mutating func take(_ chunk: Chunk) {
        for piece in chunk.text.pieces {
            if case .text(let text) = piece {
                for byte in text.utf8 { units.append(.byte(byte, isActive: chunk.isActive)) }
            } else {
                units.append(.piece(piece))
            }
        }
    }

    private mutating func readAll() {
        while position < units.count {
            switch units[position] {
            case .piece(let piece):
                flush()
                result.append(piece)
                position += 1
            case .byte(UInt8(ascii: "*"), isActive: true): add(.anyText)
            case .byte(UInt8(ascii: "?"), isActive: true): add(.anyCharacter)
            case .byte(UInt8(ascii: "["), isActive: true):
                if let (set, end) = bracket() {
                    flush()
                    result.append(set)
                    position = end
                } else {
                    plain.append(UInt8(ascii: "["))
                    position += 1
                }
            case .byte(let byte, isActive: _):
                plain.append(byte)
                position += 1
            }
        }
        flush()
    }

    private mutating func add(_ wildcard: Wildcard) {
        flush()
        result.append(.wildcard(wildcard))
        position += 1
    }

    private mutating func flush() {
        if plain.isEmpty { return }
        result.append(.text(ShellText(plain)))
        plain = []
    }

    /// What the bracket expression at the position matches, and where it ends; nil where none ends.
    ///
    /// Unknown text in it, or a class that is not one of ASCII, makes it unknown itself.
    private func bracket() -> (AbstractText.Piece, end: Int)? {
        var index = position + 1
        var set = Wildcard.CharacterSet()
        var isUnknown = false
        var isInverted = false
        var isFirst = true
        if case .byte(let byte, isActive: true) = unit(index), byte == 0x21 || byte == 0x5E {
            isInverted = true
            index += 1
        }
        while let unit = unit(index) {
            switch unit {
            case .piece: isUnknown = true
            case .byte(UInt8(ascii: "]"), isActive: true) where !isFirst:
                if isInverted { set.invert() }
                return (isUnknown ? .unknown(.notComputed) : .wildcard(.oneOf(set)), index + 1)
            case .byte(UInt8(ascii: "/"), isActive: _): return nil
            case .byte(UInt8(ascii: "["), isActive: true) where isClass(at: index):
                guard let end = classEnd(from: index) else { return nil }
                if let members = members(from: index, through: end) {
                    for member in members { set.insert(member) }
                } else {
                    isUnknown = true
                }
                index = end
            case .byte(let byte, isActive: _):
                if byte >= 0x80 { isUnknown = true }
                if let upper = rangeEnd(at: index) {
                    if byte <= upper { for inside in byte...upper { set.insert(inside) } }
                    index += 2
                } else {
                    set.insert(byte)
                }
            }
            isFirst = false
            index += 1
        }
        return nil
    }

    private func unit(_ index: Int) -> Unit? { index < units.count ? units[index] : nil }

    private func isClass(at index: Int) -> Bool {
        if case .byte(let byte, isActive: _) = unit(index + 1) {
            ":.=".utf8.contains(byte)
        } else {
            false
        }
    }

    private func classEnd(from index: Int) -> Int? {
        guard case .byte(let kind, isActive: _) = unit(index + 1) else { return nil }
        var index = index + 2
        while case .byte(let byte, isActive: _) = unit(index) {
            if byte == kind, case .byte(UInt8(ascii: "]"), isActive: _) = unit(index + 1) {
                return index + 1
            }
            index += 1
        }
        return nil
    }

    /// The ASCII members of a class such as `[:digit:]`; nil where it is none that is known here.
    private func members(from start: Int, through end: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        for index in start...end {
            guard case .byte(let byte, isActive: _) = units[index] else { return nil }
            bytes.append(byte)
        }
        let digits = Array(UInt8(ascii: "0")...UInt8(ascii: "9"))
        let upper = Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
        let lower = Array(UInt8(ascii: "a")...UInt8(ascii: "z"))
        switch ShellText(bytes) {
        case "[:digit:]": return digits
        case "[:upper:]": return upper
        case "[:lower:]": return lower
        case "[:alpha:]": return upper + lower
        case "[:alnum:]": return digits + upper + lower
        case "[:word:]": return digits + upper + lower + [UInt8(ascii: "_")]
        case "[:xdigit:]": return digits + Array("abcdefABCDEF".utf8)
        case "[:space:]": return [0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D]
        case "[:blank:]": return [0x20, 0x09]
        case "[:cntrl:]": return Array(0x00...0x1F) + [0x7F]
        case "[:graph:]": return Array(0x21...0x7E)
        case "[:print:]": return Array(0x20...0x7E)
        case "[:punct:]":
            return Array(0x21...0x7E).filter { !(digits + upper + lower).contains($0) }
        default: return nil
        }
    }

    /// The last character of a range that begins at the index.
    private func rangeEnd(at index: Int) -> UInt8? {
        guard case .byte(UInt8(ascii: "-"), isActive: _) = unit(index + 1),
            case .byte(let upper, isActive: _) = unit(index + 2), upper != UInt8(ascii: "]")
        else { return nil }
        return upper
    }
}

extension AbstractText {
    fileprivate var hasPatternCharacter: Bool {
        pieces.contains { piece in
            guard case .text(let text) = piece else { return false }
            return text.utf8.contains { $0 == 0x2A || $0 == 0x3F || $0 == 0x5B }
        }
    }
}
