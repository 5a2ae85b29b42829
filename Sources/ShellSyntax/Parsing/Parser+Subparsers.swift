// Text inside of the text that the shell reads on its own: back-quoted substitutions and
// here-documents.

extension Parser {
    /// A parser for a part of this one's text, with what is left of its limits.
    func subparser(_ bytes: [UInt8], at place: PlaceMapping.Kind) -> Parser {
        var parser = Parser(
            bytes: bytes,
            dialect: dialect,
            isFinal: true,
            limits: limits,
            places: PlaceMapping(place)
        )
        parser.options = options
        parser.aliases = aliases
        parser.expansions = expansions.rest
        parser.nesting = nesting
        parser.nodes = nodes
        parser.rereadBytes = rereadBytes
        return parser
    }

    /// Where a part of the text that is read as it is begins.
    func subplace(_ start: Int) -> PlaceMapping.Kind {
        let place = range(start, start + 1)
        // Where an alias brought the part in, all of it stands at the name.
        return place.upperBound - place.lowerBound == 1
            ? .offset(Int(place.lowerBound)) : .fixed(place)
    }

    mutating func take(from parser: borrowing Parser) {
        nodes = parser.nodes
        rereadBytes = parser.rereadBytes
        expansions.spend(parser.expansions)
    }

    /// A part that the shell will not be able to read; a limit is this parser's own error.
    mutating func deferred(
        _ construct: DeferredError.Construct,
        _ parser: borrowing Parser,
        _ range: SourceRange,
        _ text: ShellText
    ) throws(Stop) -> WordPart {
        rereadBytes = parser.rereadBytes
        let error: SyntaxError
        switch parser.stop {
        case .error(let found) where found.isLimit || features.contains(.eagerSubstitutions):
            stop = .error(found)
            throw Stop()
        case .error(let found): error = found
        case .incomplete(let incomplete):
            error = SyntaxError(
                kind: .unexpectedEnd(of: ShellText(incomplete.description)),
                range: incomplete.open.last?.range ?? range
            )
            if features.contains(.eagerSubstitutions) {
                stop = .error(error)
                throw Stop()
            }
        case nil: preconditionFailure("a parser stopped without a reason")
        }
        return .deferredError(
            DeferredError(construct: construct, text: text, error: error, range: range)
        )
    }

    /// Reads all of the text as commands.
    mutating func parseAll() throws(Stop) -> CommandList {
        let start = position
        var items: [ListItem] = []
        let saved = self
        items = try parseAllItems()
        guard hereDocuments.wereFound else {
            return CommandList(items: items, range: range(start, count))
        }
        try restart(saved)
        items = try parseAllItems()
        return CommandList(items: items, range: range(start, count))
    }

    /// Begins anew, with the here-documents that were found and what was spent.
    private mutating func restart(_ saved: Parser) throws(Stop) {
        let spent = rereadBytes
        var book = hereDocuments
        book.areKnown = true
        self = saved
        hereDocuments = book
        rereadBytes = spent
        try countReread(count)
    }

    private var commandsEnd: Int { endsWithParenthesis ? count - 1 : count }

    private mutating func parseAllItems() throws(Stop) -> [ListItem] {
        try skipNewlines()
        guard position < commandsEnd else { return [] }
        let list = try parseCompoundList(allowsEmpty: false)
        guard position >= commandsEnd else { throw unexpected("the end of the command") }
        try gatherAtEnd()
        return list.items
    }

    /// Reads all of the text as quoted text: the body of a here-document, for one.
    mutating func parseWholeText(_ context: QuotedContext) throws(Stop) -> [WordPart] {
        let saved = self
        let parts = try parseQuotedParts(context)
        guard hereDocuments.wereFound else { return parts }
        try restart(saved)
        return try parseQuotedParts(context)
    }
}
