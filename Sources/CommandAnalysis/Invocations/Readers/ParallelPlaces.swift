/// Tells of each place in a text for a shell whether a quoted word is part of a word there.
///
/// Where that is hard to tell, in here-documents, arithmetic and the like, no place of the text is one.
struct ParallelPlaces {
    private var hasMark = false
    private var isMarkQuoted = false
    private var isDoubtful = false
    private var quote: UInt8?
    private var isEscaped = false
    private var previous: UInt8?
    private var lessThans = 0

    /// Whether each mark that was read is part of a word.
    var areWords: Bool { !hasMark || !isMarkQuoted && !isDoubtful && quote == nil && !isEscaped }

    mutating func readMark() {
        hasMark = true
        // Behind `$`, quotes are others.
        if quote != nil || isEscaped || previous == UInt8(ascii: "$")
            || previous == UInt8(ascii: "~")
            || lessThans == 2
        {
            isMarkQuoted = true
        }
        lessThans = 0
        // What stands behind it belongs to the same word.
        previous = UInt8(ascii: "x")
    }

    mutating func read(_ byte: UInt8) {
        defer { previous = byte }
        if isEscaped {
            isEscaped = false
            return
        }
        switch quote {
        case UInt8(ascii: "'"):
            if byte == UInt8(ascii: "'") { quote = nil }
        case UInt8(ascii: "\""):
            readQuoted(byte)
        default: readUnquoted(byte)
        }
    }

    private mutating func readQuoted(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): quote = nil
        case UInt8(ascii: "\\"): isEscaped = true
        case UInt8(ascii: "`"): isDoubtful = true
        case UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["):
            // Quotes in there are others.
            if previous == UInt8(ascii: "$") { isDoubtful = true }
        default: break
        }
    }

    private mutating func readUnquoted(_ byte: UInt8) {
        if byte == UInt8(ascii: "<") {
            lessThans += 1
            return
        }
        // The body of a here-document is text.
        if lessThans == 2 { isDoubtful = true }
        lessThans = 0
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            if previous == UInt8(ascii: "$") { isDoubtful = true }
            quote = byte
        case UInt8(ascii: "\\"): isEscaped = true
        case UInt8(ascii: "`"): isDoubtful = true
        case UInt8(ascii: "{"):
            if previous == UInt8(ascii: "$") { isDoubtful = true }
        case UInt8(ascii: "("):
            if previous == byte { isDoubtful = true }
        case UInt8(ascii: "["):
            // An index is computed.
            if let previous, !Self.isSeparator(previous), previous != byte { isDoubtful = true }
        case UInt8(ascii: "#"):
            // A line feed in an argument ends a comment.
            if previous.map(Self.isSeparator) ?? true { isDoubtful = true }
        default: break
        }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { " \t\n;&|()!".utf8.contains(byte) }
}
