internal import ShellSyntax

/// A part of the language of texts that an abstract text may become, or that a pattern is.
///
/// Paths are read as `/a/b`: a slash before each component, none at the end, so `/` is no byte at
/// all.
enum GlobToken: Hashable, Sendable {
    case text([UInt8])
    /// One byte of these.
    case one(ByteSet)
    /// Any number of bytes of these, none included.
    case many(ByteSet)
    /// Any number of components, each behind its slash: what is below a path, and the path itself.
    case below
}

extension ByteSet {
    static let slash = ByteSet(UInt8(ascii: "/"))
    static let integerStarts = ByteSet("-0123456789")
    static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
    /// The bytes of an unknown text of the shape `name`.
    static let nameBytes = ByteSet(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:+@%,=-"
    )
    /// What follows the first byte of a character beyond ASCII.
    static let continuations = ByteSet(0x80...0xbf)
    static let foreignStarts = ByteSet(0xc0...0xff)
}

/// Makes tokens of texts: of names, in which a slash is a byte as any other, or of paths.
struct GlobTokens {
    private(set) var tokens: [GlobToken] = []
    /// What a wildcard matches.
    private let wild: ByteSet
    /// All bytes of text that is known, and one for each other piece.
    private(set) var size = 0

    private init(wild: ByteSet) { self.wild = wild }

    /// The tokens of a name.
    static func name(_ text: AbstractText) -> GlobTokens {
        var tokens = GlobTokens(wild: .all)
        for piece in text.pieces { tokens.append(piece) }
        return tokens
    }

    /// The tokens of no path at all, to which components can be appended.
    static var path: GlobTokens { GlobTokens(wild: .all.subtracting(.slash)) }

    mutating func appendComponent(_ text: AbstractText) {
        if text.pieces.isEmpty { return }
        if text.pieces.allSatisfy(\.isUnknownText) {
            // It may be empty, and then its slash goes too.
            appendBelow()
            return
        }
        append(.text("/"))
        // A component is not empty, and no wildcard matches a dot at its beginning.
        if text.beginsVisibly { add(.one(wild.subtracting(ByteSet(UInt8(ascii: "."))))) }
        for piece in text.pieces { append(piece) }
    }

    mutating func appendBelow() { add(.below) }

    /// Puts text of any kind before everything else, into the first component too.
    ///
    /// What it holds may be anything, so the slash of the first component need not be there.
    static func anything(before components: some Collection<AbstractText>) -> GlobTokens {
        var tokens = GlobTokens.path
        tokens.add(.many(.all))
        for piece in components.first?.pieces ?? [] { tokens.append(piece) }
        for component in components.dropFirst() { tokens.appendComponent(component) }
        return tokens
    }

    private mutating func append(_ piece: AbstractText.Piece) {
        switch piece {
        case .text(let text): append(Array(text.utf8))
        case .wildcard(let wildcard): append(wildcard)
        case .unknown(let unknown): append(unknown.shape)
        case .directory: add(.many(.all))
        }
    }

    private mutating func append(_ bytes: [UInt8]) {
        if case .text(let earlier) = tokens.last {
            tokens[tokens.count - 1] = .text(earlier + bytes)
        } else {
            tokens.append(.text(bytes))
        }
        size += bytes.count
    }

    private mutating func append(_ wildcard: Wildcard) {
        switch wildcard {
        case .anyText: add(.many(wild))
        case .anyCharacter:
            add(.one(wild.subtracting(.continuations)))
            add(.many(.continuations))
        case .oneOf(let set):
            var bytes = set.hasOthers ? ByteSet.foreignStarts : .empty
            for byte in 0..<128 as Range<UInt8> where set.contains(byte) { bytes.insert(byte) }
            add(.one(bytes.intersection(wild)))
            if set.hasOthers { add(.many(.continuations)) }
        }
    }

    private mutating func append(_ shape: UnknownText.Shape) {
        switch shape {
        case .digits:
            add(.one(.digits))
            add(.many(.digits))
        case .integer:
            add(.one(.integerStarts))
            add(.many(.digits))
        case .name:
            add(.one(.nameBytes))
            add(.many(.nameBytes))
        case .relativePath:
            add(.one(.all.subtracting(.slash)))
            add(.many(.all.subtracting(.slash)))
            add(.below)
        case .text: add(.many(.all))
        }
    }

    private mutating func add(_ token: GlobToken) {
        tokens.append(token)
        size += 1
    }
}

extension AbstractText {
    /// Whether it begins with `*` that must match a character: nothing else is there, or a dot
    /// follows, which would be the first character of the name.
    fileprivate var beginsVisibly: Bool {
        guard pieces.first == .wildcard(.anyText) else { return false }
        if pieces.allSatisfy({ $0 == .wildcard(.anyText) }) { return true }
        if case .text(let next) = pieces[1] { return next.utf8.first == UInt8(ascii: ".") }
        return false
    }
}

extension AbstractText.Piece {
    fileprivate var isUnknownText: Bool {
        if case .unknown(let unknown) = self { unknown.shape == .text } else { false }
    }
}
