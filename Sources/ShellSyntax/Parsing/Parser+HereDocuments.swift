/// The here-documents of a complete command: named on a line, found behind it.
struct HereDocumentBook {
    struct Pending {
        /// The offset of the operator, which names the document.
        let key: Int
        let delimiter: [UInt8]
        let isQuoted: Bool
        let stripsTabs: Bool
        let range: SourceRange
    }

    struct Body {
        let parts: [WordPart]
        let range: SourceRange
        let isTerminated: Bool
    }

    fileprivate var pending: [Pending] = []
    fileprivate var bodies: [Int: Body] = [:]
    /// Where to go on behind a line feed: behind the documents that stand there.
    fileprivate var resumptions: [Int: Int] = [:]
    /// Whether all bodies are in the book, so that none is to be looked for.
    var areKnown = false

    var arePending: Bool { !pending.isEmpty }
    var areTerminated: Bool { bodies.values.allSatisfy(\.isTerminated) }
    var wereFound: Bool { !areKnown && !bodies.isEmpty }

    /// What is named in a substitution is not looked for behind the line around it.
    mutating func setAsidePending() -> [Pending] {
        defer { pending = [] }
        return pending
    }

    mutating func restorePending(_ outer: [Pending]) { pending = outer }

    func resumption(at offset: Int) -> Int? {
        resumptions.isEmpty ? nil : resumptions[offset]
    }
}

extension Parser {
    /// Reads what stands behind `<<` or `<<-`.
    mutating func parseHereDocument(
        stripsTabs: Bool,
        key: Int
    ) throws(Stop) -> HereDocument {
        skipBlanks()
        try expandAliasesOfNextWord()
        guard !isAtDescriptor else { throw unexpected("the delimiter of a here-document") }
        let start = position
        let delimiter = try parseWord(.hereDocumentDelimiter)
        guard !delimiter.parts.isEmpty else { throw unexpected("the delimiter of a here-document") }
        let (bytes, isQuoted) = delimiterText(start, position)
        let body: HereDocumentBook.Body
        if hereDocuments.areKnown {
            guard let known = hereDocuments.bodies[key] else {
                preconditionFailure("a here-document was named the second time only")
            }
            body = known
        } else {
            body = HereDocumentBook.Body(
                parts: [],
                range: delimiter.range,
                isTerminated: false
            )
            hereDocuments.pending.append(
                HereDocumentBook.Pending(
                    key: key,
                    delimiter: bytes,
                    isQuoted: isQuoted,
                    stripsTabs: stripsTabs,
                    range: delimiter.range
                )
            )
        }
        return HereDocument(
            delimiter: delimiter,
            terminator: ShellText(bytes),
            isQuoted: isQuoted,
            body: body.parts,
            bodyRange: body.range,
            isTerminated: body.isTerminated
        )
    }

    /// Reads the bodies of all that was named before the line feed where the parser is.
    mutating func gatherHereDocuments() throws(Stop) {
        let pending = hereDocuments.pending
        hereDocuments.pending = []
        let start = position
        for document in pending { try gather(document) }
        hereDocuments.resumptions[start] = position
    }

    /// At the end of the text no body can come.
    mutating func gatherAtEnd() throws(Stop) {
        guard hereDocuments.arePending else { return }
        try gatherHereDocuments()
    }

    private mutating func gather(_ document: HereDocumentBook.Pending) throws(Stop) {
        let start = position
        let lines = readLines(of: document)
        if !lines.isTerminated, !isFinal {
            openConstructs.append(
                OpenConstruct(
                    kind: .hereDocument(delimiter: ShellText(document.delimiter)),
                    range: document.range
                )
            )
            throw atEnd("the end of a here-document")
        }
        // Joined lines matter in what is read on its own, and cost the places.
        let isChanged = lines.areStripped || (lines.areJoined && lines.text.hasSubstitution)
        hereDocuments.bodies[document.key] = HereDocumentBook.Body(
            parts: try bodyParts(
                isChanged ? lines.text : Array(text[start..<lines.end]),
                of: document,
                at: isChanged ? .fixed(range(start, lines.end)) : nil,
                start
            ),
            range: range(start, lines.end),
            isTerminated: lines.isTerminated
        )
    }

    /// The lines of a here-document, as the shell takes them.
    private struct Lines {
        /// Without tabs and joined, where those are what the shell does.
        var text: [UInt8] = []
        /// The offset behind the last of them.
        var end: Int
        var areStripped = false
        var areJoined = false
        var isTerminated = false
    }

    /// Reads up to the delimiter, and goes behind it.
    private mutating func readLines(of document: HereDocumentBook.Pending) -> Lines {
        let joinsLines = !document.isQuoted && features.contains(.joinedHereDocuments)
        var lines = Lines(end: position)
        while position < count {
            let lineStart = position
            let line = readLine(joiningLines: !document.isQuoted)
            var content = line[...]
            if document.stripsTabs {
                content = content.drop { $0 == 0x09 }
                if content.count < line.count { lines.areStripped = true }
            }
            let feed: [UInt8] = text[position - 1] == 0x0A ? [0x0A] : []
            let isJoined = line.count + feed.count < position - lineStart
            // dash takes no joined lines for the delimiter.
            lines.isTerminated =
                content.elementsEqual(document.delimiter)
                && (!isJoined || features.contains(.joinedHereDocuments))
            if lines.isTerminated { break }
            if endsInSubstitution(content, document.delimiter) {
                lines.isTerminated = true
                position = lineStart + (line.count - content.count) + document.delimiter.count
                break
            }
            lines.end = position
            if joinsLines {
                lines.text += content + feed
                lines.areJoined = lines.areJoined || isJoined
            } else if document.stripsTabs {
                lines.text +=
                    text[
                        withoutTabs(lineStart, isQuoted: document.isQuoted)..<position
                    ]
            }
        }
        return lines
    }

    /// The offset behind the tabs that `<<-` takes away from a line; continuations do not count.
    private func withoutTabs(_ lineStart: Int, isQuoted: Bool) -> Int {
        var offset = lineStart
        while true {
            if !isQuoted { offset = skippingContinuations(offset) }
            guard text[offset] == 0x09 else { return offset }
            offset += 1
        }
    }

    /// `EOF)` ends a here-document in `$(…)` too, as bash has it.
    private func endsInSubstitution(_ line: ArraySlice<UInt8>, _ delimiter: [UInt8]) -> Bool {
        substitutionDepth > 0 && features.contains(.ansiCQuoting) && line.starts(with: delimiter)
            && line.dropFirst(delimiter.count).contains(0x29)
    }

    /// Reads a line, without its line feed, and goes behind it.
    private mutating func readLine(joiningLines: Bool) -> [UInt8] {
        var line: [UInt8] = []
        while position < count {
            let byte = text[position]
            position += 1
            if byte == 0x0A { break }
            if joiningLines, byte == 0x5C, position < count {
                let next = text[position]
                position += 1
                if next == 0x0A { continue }
                line.append(byte)
                line.append(next)
                continue
            }
            line.append(byte)
        }
        return line
    }

    private mutating func bodyParts(
        _ body: [UInt8],
        of document: HereDocumentBook.Pending,
        at fixed: PlaceMapping.Kind?,
        _ start: Int
    ) throws(Stop) -> [WordPart] {
        let whole = fixed.map { PlaceMapping($0).range(0, 0) } ?? range(start, start + body.count)
        if body.isEmpty { return [] }
        if document.isQuoted {
            return [.literal(Literal(text: ShellText(body), range: whole))]
        }
        var parser = subparser(body, at: fixed ?? subplace(start))
        parser.nesting += limits.hereDocumentNesting
        do throws(Stop) {
            let parts = try parser.parseWholeText(.hereDocument)
            take(from: parser)
            return parts
        } catch {
            return [try deferred(.commandSubstitution, parser, whole, ShellText(body))]
        }
    }
}

extension [UInt8] {
    /// Whether a character stands in it that could begin a substitution.
    fileprivate var hasSubstitution: Bool { contains { $0 == 0x24 || $0 == 0x60 } }
}
