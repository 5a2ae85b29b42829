/// A word of a statement, with comments and blanks gone.
struct SQLToken: Hashable, Sendable {
    enum Kind: UInt8, Hashable, Sendable {
        /// A keyword or a name without quotes.
        case word
        case quotedName
        case string
        case number
        /// `@x`, `@@x`, `$1`, `?`
        case variable
        case symbol
        /// A semicolon, or whatever the client was told to end statements with.
        case end
        /// A backslash outside of quotes, where a client reads commands of its own.
        case prompt
        /// Text that is not known and may hold any tokens at all.
        case hole
    }

    let kind: Kind
    /// A word in small letters where all of it is ASCII and known; the characters of a symbol; else
    /// empty.
    ///
    /// So it can be compared as a `String`: nothing that is canonically equivalent to ASCII and is
    /// not ASCII gets here.
    let word: String
    let range: Range<Int>
    /// Whether it stands in a comment that some versions run and some do not.
    var isConditional = false
    /// Whether something before it may make it mean something else.
    var isUncertain = false

    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && word == symbol }

    func isWord(_ name: String) -> Bool { kind == .word && word == name }

    func isWord(in names: Set<String>) -> Bool { kind == .word && names.contains(word) }

    var isName: Bool { kind == .word || kind == .quotedName }
}
