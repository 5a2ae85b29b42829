// Bytes, blanks, line feeds, and the bookkeeping of all constructs.

extension Parser {
    /// The offset of the character behind the one at an offset; line continuations do not count.
    @inline(__always)
    func following(_ offset: Int) -> Int {
        hasContinuations ? skippingContinuations(offset + 1) : offset + 1
    }

    func skippingContinuations(_ offset: Int) -> Int {
        var offset = offset
        while text[offset] == 0x5C, text[offset + 1] == 0x0A { offset += 2 }
        return offset
    }

    /// Goes behind blanks, line continuations, and a comment.
    mutating func skipBlanks() {
        while true {
            switch text[position] {
            case 0x20, 0x09: position += 1
            case 0x5C where text[position + 1] == 0x0A: position += 2
            case 0x23 where options.hasComments:
                while position < count, text[position] != 0x0A { position += 1 }
                return
            default: return
            }
        }
    }

    /// Goes behind blanks, comments and line feeds.
    mutating func skipNewlines() throws(Stop) {
        while true {
            skipBlanks()
            guard position < count, text[position] == 0x0A else { return }
            try consumeNewline()
        }
    }

    /// Goes behind a line feed and the here-documents that stand behind it.
    mutating func consumeNewline() throws(Stop) {
        forgetAliasBefore()
        if hereDocuments.arePending, isOfAlias(position) {
            // bash looks for it behind the line, not in the alias.
            throw unexpected("the text of a here-document behind the line")
        }
        position += 1
        if hereDocuments.arePending { try gatherHereDocuments() }
        if let resumed = hereDocuments.resumption(at: position) { position = resumed }
    }

    /// A range of the source from an offset of `text` to where the parser is.
    @inline(__always)
    func range(from start: Int) -> SourceRange { places.range(start, position) }

    @inline(__always)
    func range(_ start: Int, _ end: Int) -> SourceRange { places.range(start, end) }

    func slice(_ start: Int, _ end: Int) -> ShellText { ShellText(text[start..<end]) }

    // MARK: limits

    @inline(__always)
    mutating func countNode() throws(Stop) {
        nodes += 1
        if nodes > limits.nodes { throw exceeded(.nodes, limits.nodes) }
    }

    mutating func countReread(_ bytes: Int) throws(Stop) {
        rereadBytes += bytes
        if rereadBytes > limits.rereadBytes { throw exceeded(.rereadBytes, limits.rereadBytes) }
    }

    mutating func enter() throws(Stop) {
        nesting += 1
        if nesting > limits.nesting { throw exceeded(.nesting, limits.nesting) }
    }

    @inline(__always)
    mutating func leave() { nesting -= 1 }

    mutating func exceeded(_ limit: ParserLimit, _ maximum: Int) -> Stop {
        fail(.limit(limit, maximum: maximum), range(position, min(position + 1, count)))
    }

    // MARK: what is open

    mutating func open(_ kind: OpenConstruct.Kind, at start: Int) {
        openConstructs.append(OpenConstruct(kind: kind, range: range(from: start)))
    }

    mutating func close() { openConstructs.removeLast() }

    // MARK: stopping

    /// Stops at what stands here, or asks for more text where there is none.
    mutating func unexpected(_ expected: ShellText) -> Stop {
        guard position < count else { return atEnd(expected) }
        let end = tokenEnd(at: position)
        return fail(
            .unexpected(found: slice(position, end), expected: expected),
            range(position, end)
        )
    }

    /// Stops because the text ends: incomplete where something is open.
    mutating func atEnd(_ expected: ShellText) -> Stop {
        if openConstructs.isEmpty {
            return fail(.unexpected(found: "", expected: expected), range(count, count))
        }
        stop = .incomplete(Incomplete(open: openConstructs))
        return Stop()
    }

    mutating func fail(_ kind: SyntaxError.Kind, _ range: SourceRange) -> Stop {
        stop = .error(SyntaxError(kind: kind, range: range))
        return Stop()
    }

    /// The end of the operator or word at an offset, for messages.
    private func tokenEnd(at start: Int) -> Int {
        var end = start
        let first = text[start]
        if first == 0x0A { return start + 1 }
        if first.isMeta {
            while end < count, end < start + 3, text[end] == first { end += 1 }
            return end
        }
        while end < count, !text[end].endsWord { end += 1 }
        return max(end, start + 1)
    }
}
