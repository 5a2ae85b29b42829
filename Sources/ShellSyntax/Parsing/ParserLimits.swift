/// What a parser takes before it gives up.
///
/// Each limit that is hit is a `SyntaxError`.
public struct ParserLimits: Hashable, Sendable {
    // LIMIT: a program of the shell, not an archive: what a person or a tool sends in one piece.
    public var inputBytes = 16 << 20
    // LIMIT: constructs in constructs. Scripts of Debian stay below 30; the parser's stack and
    // those of all that walk the tree grow with it, to 2 MiB at most in a release build.
    public var nesting = 100
    // LIMIT: words, parts, commands and what else has a place in the tree; bounds its memory.
    public var nodes = 4 << 20
    // LIMIT: bytes that aliases bring in, 64 more for each use of one, and a 128th of what moves
    // behind it: a few lines of aliases of aliases would be read for seconds.
    public var aliasBytes = 4 << 20
    // LIMIT: bytes that are read again in one text: what looked like arithmetic and is commands,
    // and here-documents in substitutions. Each may stand in another one, and the work doubles with
    // each.
    public var rereadBytes = 1 << 16
    /// How often as much as the text itself may be read again, beyond `rereadBytes`: a long script
    /// reads much again, none of it often.
    static let rereadTimes = 4
    // LIMIT: how many levels of nesting a here-document in a here-document counts for: all of the
    // outer one's text is read once more for each.
    public var hereDocumentNesting = 10
    // LIMIT: errors that are collected before the rest of the text is not looked at.
    public var errors = 16

    public init() {}
}

public enum ParserLimit: String, Hashable, Sendable {
    case inputBytes = "the length of the text in bytes"
    case nesting = "the nesting of constructs"
    case nodes = "the number of nodes"
    case rereadBytes = "the text that is read again, in bytes"
    case aliasBytes = "the text that aliases bring in, in bytes"
}
