import ShellSyntax

// The commands of `mysql`: a word at the beginning of a statement, or a backslash and a letter.

extension SQLReader {
    mutating func readMySQLCommand(at token: SQLToken) -> Bool {
        guard token.kind == .word, Self.mysqlCommands.contains(token.word) else { return false }
        if token.word == "delimiter" {
            readDelimiter(takeRestOfLine())
            return true
        }
        let rest = takeMySQLArgument()
        let argument = text.arguments(rest).first?.text
        switch token.word {
        case "system": addCommand(.shell(text.abstract(rest)), at: rest)
        case "source": addScript(argument ?? .notComputed, at: token.range)
        case "tee": addCommand(.writeFile(argument ?? .notComputed), at: token.range)
        case "pager":
            if !rest.isEmpty { addCommand(.shell(text.abstract(rest)), at: rest) }
        case "edit":
            addCommand(.action(.codeRun, []), at: token.range)
            addUnreadable(at: token.range)
        default: addReading(token.word, at: token.range)
        }
        return true
    }

    private static let mysqlCommands: Set<String> = [
        "system", "source", "tee", "notee", "pager", "nopager", "delimiter", "edit", "use",
        "status",
        "exit", "quit", "warnings", "nowarning", "print", "prompt", "rehash", "help", "ego",
        "clear",
        "connect", "charset", "resetconnection", "go",
    ]

    /// Up to the end of the line or of the statement on it.
    private mutating func takeMySQLArgument() -> Range<Int> {
        let start = lexer.offset
        let end = lexer.delimiter.isEmpty ? [0x3B] : lexer.delimiter
        var quote: UInt8 = 0
        while lexer.offset < text.count, text[lexer.offset] != 0x0A {
            let byte = text[lexer.offset]
            if byte == QueryText.textMark { lexer.isUncertain = true }
            if quote == 0, text.bytes[lexer.offset...].starts(with: end) { break }
            if quote == 0, byte == 0x27 || byte == 0x22 {
                quote = byte
            } else if byte == quote {
                quote = 0
            }
            lexer.offset += 1
        }
        lexer.count(lexer.offset - start)
        return text.trimmed(start..<lexer.offset)
    }

    /// Only signs are taken for a delimiter: one of letters or quotes would cut words in two.
    private mutating func readDelimiter(_ line: Range<Int>) {
        let delimiter = text.bytes[line].prefix { !$0.isQueryBlank }
        let signs = Array("/$;|&^%!~".utf8)
        guard !delimiter.isEmpty, delimiter.allSatisfy(signs.contains) else {
            lexer.isUncertain = true
            return
        }
        lexer.delimiter = delimiter.elementsEqual([0x3B]) ? [] : Array(delimiter)
    }

    mutating func readMySQLBackslash(at token: SQLToken) {
        let letter = text[lexer.offset]
        lexer.offset += 1
        switch letter {
        case 0x67, 0x47, 0x63: finishStatement()  // \g \G \c
        case 0x21:  // \!
            let rest = takeRestOfLine()
            addCommand(.shell(text.abstract(rest)), at: rest)
        case 0x2E:  // \.
            let rest = takeRestOfLine()
            addScript(text.arguments(rest).first?.text ?? .notComputed, at: token.range)
        case 0x54:  // \T
            let rest = takeRestOfLine()
            addCommand(
                .writeFile(text.arguments(rest).first?.text ?? .notComputed),
                at: token.range
            )
        case 0x50:  // \P
            let rest = takeRestOfLine()
            if !rest.isEmpty { addCommand(.shell(text.abstract(rest)), at: rest) }
        case 0x64: readDelimiter(takeRestOfLine())  // \d
        case 0x65:  // \e
            addCommand(.action(.codeRun, []), at: token.range)
            addUnreadable(at: token.range)
        case 0x75, 0x52, 0x43:  // \u \R \C
            _ = takeMySQLArgument()
            addReading("use", at: token.range)
        case 0x73, 0x74, 0x6E, 0x70, 0x71, 0x72, 0x77, 0x57, 0x78, 0x68, 0x3F, 0x23:
            addReading("mysql", at: token.range)
        default: addUnreadable(at: token.range)
        }
    }
}
