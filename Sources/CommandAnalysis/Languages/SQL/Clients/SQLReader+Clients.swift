import ShellSyntax

// Commands that a client reads itself, between and in the statements.

extension SQLReader {
    /// Reads a command of the client that begins with this token; false where it is none.
    mutating func readClientCommand(at token: SQLToken) -> Bool {
        switch client {
        case .mysql: readMySQLCommand(at: token)
        case .sqlite3:
            token.isSymbol(".") && text.isFirst(token.range) && readDotCommand(at: token)
        case .cqlsh: readCQLShellCommand(at: token)
        case .sqlcmd: readSQLCommand(at: token)
        case .psql, nil: false
        }
    }

    /// Reads a backslash outside of quotes.
    mutating func readBackslash(at token: SQLToken) {
        switch client {
        case .psql: readPsqlCommand(at: token)
        case .mysql: readMySQLBackslash(at: token)
        case .sqlite3, .sqlcmd, .cqlsh, nil:
            // To a server it is an error, to a client that nobody knows perhaps a command.
            append(token)
            addUnreadable(at: token.range)
        }
    }

    /// Takes the rest of the line; what is not known may end it.
    mutating func takeRestOfLine() -> Range<Int> {
        let line = lexer.takeLine()
        if text.bytes[line].contains(QueryText.textMark) { lexer.isUncertain = true }
        return text.trimmed(line)
    }

    /// Adds what a command of the client does.
    mutating func addCommand(
        _ kind: CodeEffect.Kind,
        at range: Range<Int>,
        _ limit: Certainty = .certain
    ) {
        let isCertain = limit == .certain && !lexer.isUncertain
        collector.add(kind, isCertain ? .certain : .possible, at: text.place(range))
    }

    mutating func addReading(_ name: String, at range: Range<Int>) {
        addClientAction(.databaseRead, name, at: range)
    }

    mutating func addClientAction(
        _ action: Action,
        _ statement: String,
        bounded: Bool? = nil,
        at range: Range<Int>,
        _ limit: Certainty = .certain
    ) {
        var effect = DatabaseEffect(action, engine: engine.rawValue, statement)
        effect.isBounded = bounded
        addCommand(effect.kind, at: range, limit)
    }

    /// A file whose statements run.
    mutating func addScript(_ path: AbstractText, at range: Range<Int>) {
        addCommand(.readFile(path), at: range)
        addUnreadable(at: range)
    }

    /// A file that is written, or a command that gets the output: `|command`.
    mutating func addOutput(
        _ target: AbstractText,
        at range: Range<Int>,
        _ limit: Certainty = .certain
    ) {
        if target.knownPrefix.utf8.first == 0x7C {
            addCommand(.shell(target.droppingFirst(1)), at: range, limit)
        } else if !target.pieces.isEmpty {
            addCommand(.writeFile(target), at: range, limit)
        }
    }
}

extension QueryText {
    /// Without the blanks on both sides.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, bytes[first].isQueryBlank {
            range = first + 1..<range.upperBound
        }
        while let last = range.last, bytes[last].isQueryBlank { range = range.lowerBound..<last }
        return range
    }

    /// Whether nothing but blanks stands before it on its line.
    func isFirst(_ range: Range<Int>) -> Bool {
        var before = range.lowerBound - 1
        while before >= 0, bytes[before] != 0x0A {
            guard bytes[before].isQueryBlank else { return false }
            before -= 1
        }
        return true
    }

    // LIMIT: the arguments of one command of a client.
    static let maximumArguments = 64

    /// The arguments of a client's command: words, or texts in quotes.
    func arguments(_ range: Range<Int>) -> [(text: AbstractText, range: Range<Int>)] {
        var arguments: [(AbstractText, Range<Int>)] = []
        var index = range.lowerBound
        while index < range.upperBound, arguments.count < Self.maximumArguments {
            if bytes[index].isQueryBlank {
                index += 1
                continue
            }
            let start = index
            var content: [UInt8] = []
            var quote: UInt8 = 0
            while index < range.upperBound, quote != 0 || !bytes[index].isQueryBlank {
                let byte = bytes[index]
                if quote == 0, byte == 0x27 || byte == 0x22 || byte == 0x60 {
                    quote = byte
                } else if byte == quote {
                    quote = 0
                } else {
                    content.append(byte)
                }
                index += 1
            }
            let text = decoded(content, firstMark: firstMark(from: start))
            arguments.append((text, start..<index))
        }
        return arguments
    }
}

extension AbstractText {
    /// Without the first bytes, all of them known.
    func droppingFirst(_ count: Int) -> AbstractText {
        guard case .text(let first) = pieces.first else { return self }
        let rest = AbstractText(ShellText(first.utf8.dropFirst(count)))
        return rest + AbstractText(pieces.dropFirst())
    }
}
