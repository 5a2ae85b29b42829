/// The words with a meaning of their own where a command may start (POSIX XCU 2.4; bash manual,
/// *Reserved Words*).
enum ReservedWord: String, CaseIterable {
    case `if`, then, elif, `else`, fi
    case `for`, `while`, until, select, `do`, done
    case `case`, esac, `in`
    case function, coproc, time
    case openBrace = "{"
    case closeBrace = "}"
    case openConditional = "[["
    case closeConditional = "]]"
    case bang = "!"

    /// Whether it ends the list that stands before it.
    var endsList: Bool {
        switch self {
        case .then, .elif, .else, .fi, .do, .done, .esac, .closeBrace, .in, .closeConditional:
            true
        case .if, .for, .while, .until, .select, .case, .function, .coproc, .time, .openBrace,
            .openConditional, .bang:
            false
        }
    }

    /// What only some dialects have.
    var feature: Feature? {
        switch self {
        case .select: .selectLoop
        case .function: .functionKeyword
        case .coproc: .coprocess
        case .time: .timeKeyword
        case .openConditional, .closeConditional: .conditionalCommand
        default: nil
        }
    }

    /// Up to eight bytes in one number, the first byte the lowest.
    static func packed(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var word: UInt64 = 0
        var shift: UInt64 = 0
        for byte in bytes {
            word |= UInt64(byte) << shift
            shift += 8
        }
        return word
    }

    static let byPackedBytes: [UInt64: ReservedWord] = Dictionary(
        uniqueKeysWithValues: allCases.map { (packed($0.rawValue.utf8), $0) }
    )

    /// Whether a byte begins a reserved word: spares most words the look into the table.
    @inline(__always)
    static func mayStart(with byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x5B, 0x5D, 0x7B, 0x7D,  // ! [ ] { }
            0x63, 0x64, 0x65, 0x66, 0x69, 0x73, 0x74, 0x75, 0x77:  // c d e f i s t u w
            true
        default: false
        }
    }
}

extension Parser {
    /// The reserved word that stands here, if the word is one and nothing of it is quoted.
    func reservedWord() -> ReservedWord? { reservedWord(at: position) }

    func reservedWord(at start: Int) -> ReservedWord? {
        guard ReservedWord.mayStart(with: text[start]) else { return nil }
        var packed: UInt64 = 0
        var shift: UInt64 = 0
        var offset = start
        while !text[offset].endsWord {
            guard shift < 64 else { return nil }
            packed |= UInt64(text[offset]) << shift
            shift += 8
            offset = following(offset)
        }
        guard let word = ReservedWord.byPackedBytes[packed], !goesOn(offset, word) else {
            return nil
        }
        if let feature = word.feature, !features.contains(feature) { return nil }
        return word
    }

    /// Whether what ends the letters goes on with the word: `if<(…)`, or `!(…)` with `extglob`.
    private func goesOn(_ end: Int, _ word: ReservedWord) -> Bool {
        switch text[end] {
        case 0x3C, 0x3E: isProcessSubstitution(end)
        case 0x28: word == .bang && options.extendedGlob && features.contains(.extendedGlob)
        default: false
        }
    }

    /// The end of the reserved word at an offset.
    func endOfReservedWord(_ start: Int) -> Int {
        var offset = start
        while !text[offset].endsWord { offset = following(offset) }
        return offset
    }

    /// Goes behind a reserved word that must stand here.
    mutating func expect(_ word: ReservedWord) throws(Stop) {
        guard reservedWord() == word else { throw unexpected("`\(word.rawValue)`") }
        position = endOfReservedWord(position)
        acceptsReservedWord = true
    }
}
