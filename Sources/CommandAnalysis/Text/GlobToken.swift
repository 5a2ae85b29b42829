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
    /// The same, where the first one is no dot: what a shell's `*` at the start of a name matches.
    case visible(ByteSet)
    /// Any number of components, each behind its slash: what is below a path, and the path itself.
    case below
}

extension ByteSet {
    static let slash = ByteSet(UInt8(ascii: "/"))
    /// The bytes of a component of a path.
    static let inName = ByteSet.all.subtracting(.slash)
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
    private var finished: [GlobToken] = []
    /// The text behind them, to which more is appended mostly.
    private var text: [UInt8] = []
    /// What a wildcard matches.
    private let wild: ByteSet
    /// All bytes of text that is known, and one for each other piece.
    private(set) var size = 0

    private init(wild: ByteSet) { self.wild = wild }

    var tokens: [GlobToken] {
        if text.isEmpty { return finished }
        var tokens: [GlobToken] = []
        tokens.reserveCapacity(finished.count + 1)
        tokens += finished
        tokens.append(.text(text))
        return tokens
    }

    /// The tokens of a name.
    static func name(_ text: AbstractText) -> GlobTokens {
        var tokens = GlobTokens(wild: .all)
        for piece in text.pieces { tokens.append(piece) }
        return tokens
    }

    /// The tokens of no path at all, to which components can be appended.
    static var path: GlobTokens { GlobTokens(wild: .inName) }

    /// Appends a component of a path, whose wildcards a shell expands to names of files.
    ///
    /// Such a name begins with a dot only where the dot is written: the analysis does not let a
    /// wildcard stand where the shell was told otherwise.
    mutating func appendExpanded(_ text: AbstractText) {
        guard case .wildcard(let first) = text.pieces.first else {
            appendComponent(text)
            return
        }
        appendSlash()
        let visible = wild.subtracting(ByteSet(UInt8(ascii: ".")))
        switch first {
        case .anyText: appendVisible(text.pieces.drop { $0 == .wildcard(.anyText) }, visible)
        case .anyCharacter, .oneOf:
            append(first, of: visible)
            for piece in text.pieces.dropFirst() { append(piece) }
        }
    }

    /// What follows a `*` at the start of a name, and the `*`.
    private mutating func appendVisible(
        _ rest: ArraySlice<AbstractText.Piece>,
        _ visible: ByteSet
    ) {
        var rest = rest
        var mayBeEmpty = true
        switch rest.first {
        case nil: mayBeEmpty = false
        case .text(let text)?: mayBeEmpty = text.utf8.first != UInt8(ascii: ".")
        case .wildcard?:
            // One of both stands for the first character.
            mayBeEmpty = false
            rest = rest.dropFirst()
        case .unknown?, .directory?: break
        }
        if mayBeEmpty {
            add(.visible(wild))
        } else {
            add(.one(visible))
            add(.many(wild))
        }
        for piece in rest { append(piece) }
    }

    mutating func appendComponent(_ text: AbstractText) {
        if text.pieces.isEmpty { return }
        if text.pieces.allSatisfy(\.isUnknownText) {
            // It may be empty, and then its slash goes too.
            appendBelow()
            return
        }
        appendSlash()
        // A component is not empty.
        if text.pieces.allSatisfy({ $0 == .wildcard(.anyText) }) { add(.one(wild)) }
        for piece in text.pieces { append(piece) }
    }

    mutating func appendBelow() { add(.below) }

    /// Appends components that are written out, each behind its slash.
    mutating func append(_ bytes: [UInt8]) {
        text = text.isEmpty ? bytes : text + bytes
        size += bytes.count
    }

    /// Puts text of any kind before everything else, into the first component too.
    ///
    /// What it holds may be anything, so the slash of the first component need not be there.
    static func anything(before components: some Collection<AbstractText>) -> GlobTokens {
        var tokens = GlobTokens.path
        tokens.add(.many(.all))
        for piece in components.first?.pieces ?? [] { tokens.append(piece) }
        for component in components.dropFirst() { tokens.appendExpanded(component) }
        return tokens
    }

    private mutating func append(_ piece: AbstractText.Piece) {
        switch piece {
        case .text(let text): append(text)
        case .wildcard(let wildcard): append(wildcard, of: wild)
        case .unknown(let unknown): append(unknown.shape)
        case .directory: add(.many(.all))
        }
    }

    private mutating func append(_ bytes: ShellText) {
        makeRoom()
        text.append(contentsOf: bytes.utf8)
        size += bytes.utf8.count
    }

    private mutating func appendSlash() {
        makeRoom()
        text.append(UInt8(ascii: "/"))
        size += 1
    }

    /// Most paths have fewer bytes than these between two wildcards.
    private mutating func makeRoom() {
        if text.isEmpty { text.reserveCapacity(32) }
    }

    private mutating func append(_ wildcard: Wildcard, of allowed: ByteSet) {
        switch wildcard {
        case .anyText: add(.many(allowed))
        case .anyCharacter:
            add(.one(allowed.subtracting(.continuations)))
            add(.many(.continuations))
        case .oneOf(let set):
            var bytes = set.hasOthers ? ByteSet.foreignStarts : .empty
            for byte in 0..<128 as Range<UInt8> where set.contains(byte) { bytes.insert(byte) }
            add(.one(bytes.intersection(allowed)))
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
            add(.one(.inName))
            add(.many(.inName))
            add(.below)
        case .text: add(.many(.all))
        }
    }

    private mutating func add(_ token: GlobToken) {
        if !text.isEmpty {
            finished.append(.text(text))
            text = []
        }
        finished.append(token)
        size += 1
    }
}

extension AbstractText.Piece {
    fileprivate var isUnknownText: Bool {
        if case .unknown(let unknown) = self { unknown.shape == .text } else { false }
    }
}
