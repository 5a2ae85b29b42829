import ShellSyntax

// The commands of `psql`: a backslash anywhere outside of quotes.

extension SQLReader {
    mutating func readPsqlCommand(at token: SQLToken) {
        let start = lexer.offset
        let byte = text[start]
        if byte == 0x3B {  // `\;`
            lexer.offset += 1
            return finishStatement()
        }
        if byte == 0x5C {  // `\\` ends the arguments of a command
            lexer.offset += 1
            return
        }
        var end = start
        while end < text.count, text[end].isPartOfPsqlName { end += 1 }
        if byte == 0x21 || byte == 0x3F { end = start + 1 }
        let name =
            text.bytes[start..<end].allSatisfy { $0 < 0x80 }
            ? String(decoding: text.bytes[start..<end], as: UTF8.self) : ""
        lexer.offset = end
        if name == "!" || name == "copy" {
            let rest = takeRestOfLine()
            if name == "!" { return addCommand(.shell(text.abstract(rest)), at: rest) }
            return readPsqlCopy(rest)
        }
        let line = takePsqlArguments()
        runPsqlCommand(name, line, at: token.range.lowerBound..<end)
    }

    /// Up to the end of the line or the next command; `` `command` `` among them runs.
    private mutating func takePsqlArguments() -> Range<Int> {
        let start = lexer.offset
        var quote: UInt8 = 0
        var opening = start
        while lexer.offset < text.count, text[lexer.offset] != 0x0A {
            let byte = text[lexer.offset]
            if byte == QueryText.textMark { lexer.isUncertain = true }
            if quote == 0, byte == 0x5C { break }
            if quote == 0, byte == 0x27 || byte == 0x22 || byte == 0x60 {
                quote = byte
                opening = lexer.offset
            } else if byte == 0x5C, quote == 0x27 {
                lexer.offset += 1
            } else if byte == quote {
                if quote == 0x60 {
                    let inner = opening + 1..<lexer.offset
                    addCommand(.shell(text.abstract(inner)), at: inner)
                }
                quote = 0
            }
            lexer.offset += 1
        }
        lexer.offset = min(lexer.offset, text.count)
        lexer.count(lexer.offset - start)
        return text.trimmed(start..<lexer.offset)
    }

    private mutating func runPsqlCommand(_ name: String, _ line: Range<Int>, at place: Range<Int>) {
        let arguments = text.arguments(line)
        let first = arguments.first?.text
        switch name {
        case "i", "ir", "include", "include_relative":
            addScript(first ?? .notComputed, at: place)
        case "o", "out":
            if first != nil { addOutput(pipe(arguments, line), at: place) }
            addReading("psql", at: place)
        case "w", "write":
            addOutput(pipe(arguments, line), at: place)
        case "g", "gx":
            finishStatement()
            let target = arguments.first { $0.text.knownPrefix.utf8.first != 0x28 }
            if let target {
                let whole = text.abstract(target.range.lowerBound..<line.upperBound)
                addOutput(
                    target.text.knownPrefix.utf8.first == 0x7C ? whole : target.text,
                    at: place
                )
            }
        case "gexec": readGeneratedStatements()
        case "gset", "gdesc", "crosstabview", "watch", "r", "reset", "bind", "parse",
            "close_prepared":
            finishStatement()
        case "e", "edit", "ef", "ev":
            addCommand(.action(.codeRun, []), at: place)
            addUnreadable(at: place)
        case "s":
            if let first { addCommand(.writeFile(first), at: place) }
        case "lo_import":
            addCommand(.readFile(first ?? .notComputed), at: place)
            addClientAction(.databaseWrite, "lo_import", bounded: true, at: place)
        case "lo_export":
            addCommand(.writeFile(arguments.dropFirst().first?.text ?? .notComputed), at: place)
        case "lo_unlink": addClientAction(.databaseWrite, "lo_unlink", bounded: true, at: place)
        case "password": addClientAction(.databaseAdminister, "password", at: place)
        case "setenv":
            addCommand(.action(.codeRun, []), at: place, .possible)
        default:
            if Self.harmlessPsql.contains(name) || name.utf8.first == 0x64
                || name.utf8.first == 0x6C
            {
                addReading("psql", at: place)
            } else {
                addUnreadable(at: place)
            }
        }
    }

    /// Commands that show, set how results are shown, or choose what runs.
    ///
    /// Those that begin with `d` or `l` list objects.
    private static let harmlessPsql: Set<String> = [
        "a", "c", "C", "connect", "conninfo", "copyright", "echo", "qecho", "warn", "elif",
        "else",
        "encoding",
        "endif", "errverbose", "f", "getenv", "h", "H", "help", "html", "if", "p", "print",
        "prompt",
        "pset", "q", "quit", "set", "unset", "sf", "sf+", "sv", "sv+", "t", "T", "timing", "x", "z",
        "?",
        "sendpipeline", "startpipeline", "endpipeline", "restrict", "unrestrict",
    ]

    /// A file name, or `|` and all that follows.
    private func pipe(_ arguments: [(text: AbstractText, range: Range<Int>)], _ line: Range<Int>)
        -> AbstractText
    {
        guard let first = arguments.first else { return .empty }
        return first.text.knownPrefix.utf8.first == 0x7C ? text.abstract(line) : first.text
    }

    /// `\gexec` runs each value of the result as a statement.
    private mutating func readGeneratedStatements() {
        let generators = tokens
        finishStatement()
        guard let first = generators.first else { return }
        tokens = generators
        certainty = .possible
        for index in tokens.indices where tokens[index].kind == .string {
            readNested(content(at: index), at: index)
        }
        certainty = .certain
        tokens.removeAll()
        addUnreadable(at: first.range)
    }

    // `\copy t from 'file'`, `\copy (query) to program 'command'`
    private mutating func readPsqlCopy(_ rest: Range<Int>) {
        let statement: AbstractText = "COPY " + text.abstract(rest)
        tokens = [SQLToken(kind: .word, word: "copy", range: rest)]
        readNested(statement, at: 0)
        tokens.removeAll()
    }
}

extension UInt8 {
    fileprivate var isPartOfPsqlName: Bool {
        isQueryLetter || isQueryDigit || self == 0x5F || self == 0x2B || self == 0x53
    }
}
