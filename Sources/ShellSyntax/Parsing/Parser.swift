/// Reads a text one complete command at a time, as a shell does.
///
/// A shell reads a complete command, runs it, and reads the next one under the options and aliases
/// that then hold. So does this parser: whoever calls `next` says which options and aliases those
/// are. `Program` is the loop for a whole text.
///
/// A command with here-documents is read twice, because their text stands behind the line that
/// names them: the first time finds the texts, the second time makes the tree with them in their
/// places.
public struct Parser {
    /// What `next` found.
    public enum Outcome: Hashable, Sendable {
        /// A complete command: a line, or as many lines as its constructs need.
        case command(CommandList)
        /// More text could complete it.
        case incomplete(Incomplete)
        /// It cannot be read. The next call goes on behind its line, unless a limit was hit.
        case error(SyntaxError)
        /// No command is left.
        case end
    }

    /// Unwinds to `next`; `stop` says why.
    struct Stop: Error {}

    enum StopReason {
        case error(SyntaxError)
        case incomplete(Incomplete)
    }

    /// What is read, and two NULs behind it, so that looking ahead needs no care.
    var text: [UInt8]
    /// The number of bytes in `text` that count.
    var count: Int
    var position = 0
    var places: PlaceMapping
    /// Whether a backslash stands before a line feed anywhere.
    var hasContinuations: Bool

    let dialect: Dialect
    let features: Dialect.FeatureSet
    let limits: ParserLimits
    /// Whether no text can follow: then a here-document without its end is complete.
    let isFinal: Bool
    var options: ShellOptions
    var aliases = AliasTable()

    var nesting = 0
    var nodes = 0
    /// How many bytes were read again, because the first reading of them turned out wrong or too
    /// early.
    var rereadBytes = 0
    var openConstructs: [OpenConstruct] = []
    var stop: StopReason?
    /// Whether the last token was one behind which a reserved word may stand without `;`.
    var acceptsReservedWord = false
    /// How many `$(`, `<(` and their kind are around.
    var substitutionDepth = 0

    /// Whether the text is that of a substitution with the `)` that ends it.
    var endsWithParenthesis = false

    var hereDocuments = HereDocumentBook()
    var expansions = AliasExpansions()
    /// Offsets behind `((` and `$((` that turned out to be no arithmetic.
    var notArithmetic: Set<Int> = []
    /// Offsets of `(` that turned out to open no extended pattern.
    var notPatterns: Set<Int> = []

    public init(
        _ text: some Collection<UInt8>,
        dialect: Dialect,
        isFinal: Bool = true,
        limits: ParserLimits = ParserLimits()
    ) {
        let bytes = Array(text)
        var limits = limits
        limits.rereadBytes += ParserLimits.rereadTimes * bytes.count
        self.init(
            bytes: bytes,
            dialect: dialect,
            isFinal: isFinal,
            limits: limits,
            places: PlaceMapping(.same)
        )
        if let error = Self.error(in: bytes, limits) { stop = .error(error) }
    }

    init(
        bytes: [UInt8],
        dialect: Dialect,
        isFinal: Bool,
        limits: ParserLimits,
        places: PlaceMapping
    ) {
        count = bytes.count
        text = []
        text.reserveCapacity(bytes.count + 2)
        text += bytes
        text.append(0)
        text.append(0)
        self.dialect = dialect
        features = dialect.features
        self.limits = limits
        self.isFinal = isFinal
        self.places = places
        options = ShellOptions(dialect)
        hasContinuations = text.hasContinuations
    }

    /// Why the text as a whole cannot be read.
    private static func error(in bytes: [UInt8], _ limits: ParserLimits) -> SyntaxError? {
        if bytes.count > limits.inputBytes {
            return SyntaxError(
                kind: .limit(.inputBytes, maximum: limits.inputBytes),
                range: SourceRange(0, 0)
            )
        }
        return bytes.firstUnreadable
    }

    /// Reads the next complete command.
    ///
    /// - Parameters:
    ///   - options: The options that hold now.
    ///   - aliases: The aliases that hold now.
    /// - Returns: The command, or why there is none.
    public mutating func next(options: ShellOptions, aliases: AliasTable) -> Outcome {
        if case .error(let error) = stop {
            position = count
            stop = nil
            return .error(error)
        }
        self.options = options
        self.aliases = aliases
        do throws(Stop) {
            return try parseCompleteCommand().map { .command($0) } ?? .end
        } catch {
            return recover()
        }
    }

    /// Goes behind the line that could not be read.
    private mutating func recover() -> Outcome {
        let reason = stop
        let wasOpen = !openConstructs.isEmpty
        stop = nil
        reset()
        switch reason {
        case .incomplete(let incomplete):
            position = count
            return .incomplete(incomplete)
        case .error(let error):
            // Inside of a construct nobody knows where the next command starts.
            if wasOpen || error.isLimit { position = count } else { skipLine() }
            return .error(error)
        case nil:
            preconditionFailure("a parser stopped without a reason")
        }
    }

    private mutating func skipLine() {
        while position < count, text[position] != 0x0A { position += 1 }
    }

    private mutating func reset() {
        nesting = 0
        openConstructs.removeAll()
        hereDocuments = HereDocumentBook()
        acceptsReservedWord = false
        substitutionDepth = 0
    }
}

extension SyntaxError {
    var isLimit: Bool { if case .limit = kind { true } else { false } }
}

// MARK: the complete command

extension Parser {
    /// - Returns: Nil at the end of the text.
    private mutating func parseCompleteCommand() throws(Stop) -> CommandList? {
        repeat {
            try skipNewlines()
            try expandAliases()
        } while text[position] == 0x0A
        guard position < count else { return nil }
        let start = position
        let saved = SavedText(self)
        let list = try parseLine()
        guard hereDocuments.wereFound else { return list }

        // The second time all texts of here-documents are known.
        let end = position
        let endText = SavedText(self)
        saved.restore(&self)
        position = start
        hereDocuments.areKnown = true
        let complete = try parseLine()
        precondition(position == end, "a command was read in two ways")
        endText.restore(&self)
        position = end
        hereDocuments = HereDocumentBook()
        return complete
    }

    /// The text before aliases changed it.
    private struct SavedText {
        let text: [UInt8]
        let count: Int
        let places: PlaceMapping
        let expansions: AliasExpansions

        init(_ parser: borrowing Parser) {
            text = parser.text
            count = parser.count
            places = parser.places
            expansions = parser.expansions
        }

        func restore(_ parser: inout Parser) {
            parser.text = text
            parser.count = count
            parser.places = places
            parser.expansions = expansions
        }
    }

    private mutating func parseLine() throws(Stop) -> CommandList {
        let start = position
        var items: [ListItem] = []
        while true {
            let andOr = try parseAndOrList()
            skipBlanks()
            let terminator = try parseLineTerminator()
            items.append(ListItem(andOr: andOr, terminator: terminator))
            if terminator == .newline || terminator == .none { break }
            skipBlanks()
            try expandAliases()
            if position >= count { break }
            if text[position] == 0x0A {
                try consumeNewline()
                break
            }
        }
        if position >= count { try gatherAtEnd() }
        return CommandList(items: items, range: range(from: start))
    }

    /// What stands behind an and-or list of a line, where a line feed ends the command.
    private mutating func parseLineTerminator() throws(Stop) -> ListTerminator {
        guard position < count else { return .none }
        switch text[position] {
        case 0x0A:
            try consumeNewline()
            return .newline
        case 0x3B where text[following(position)] != 0x3B && !isAtFallThrough:
            position += 1
            return .semicolon
        case 0x26 where text[following(position)] != 0x26:
            position += 1
            return .ampersand
        default:
            throw unexpected("the end of the command")
        }
    }
}
