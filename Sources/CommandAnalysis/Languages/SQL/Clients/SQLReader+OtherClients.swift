import ShellSyntax

// The commands of `sqlcmd` and `cqlsh`: a line of their own.

extension SQLReader {
    // `:r file`, `:!! command`, `!! command`, `:out file`
    mutating func readSQLCommand(at token: SQLToken) -> Bool {
        guard token.isSymbol(":") || token.isSymbol("!"), text.isFirst(token.range) else {
            return false
        }
        let line = takeRestOfLine()
        let arguments = text.arguments(line)
        if text[line.lowerBound] == 0x21 {
            let command = line.lowerBound + (text[line.lowerBound + 1] == 0x21 ? 2 : 1)
            let rest = text.trimmed(command..<max(command, line.upperBound))
            addCommand(.shell(text.abstract(rest)), at: rest)
            return true
        }
        let name = arguments.first?.text.literal?.description.lowercased() ?? ""
        let operand = arguments.dropFirst().first?.text
        switch name {
        case "r": addScript(operand ?? .notComputed, at: token.range)
        case "out", "error", "perftrace":
            let standard = ["stdout", "stderr"]
            if let operand, !standard.contains(operand.literal?.description.lowercased() ?? "") {
                addCommand(.writeFile(operand), at: token.range)
            }
        case "ed":
            addCommand(.action(.codeRun, []), at: token.range)
            addUnreadable(at: token.range)
        case "setvar": lexer.isUncertain = true
        case "connect", "list", "listvar", "help", "reset", "quit", "serverlist", "on", "xml":
            addReading("sqlcmd", at: token.range)
        default: addUnreadable(at: token.range)
        }
        return true
    }

    // `SOURCE 'file'`, `CAPTURE 'file'`, `COPY t TO 'file'`
    mutating func readCQLShellCommand(at token: SQLToken) -> Bool {
        let commands: Set = [
            "source", "capture", "copy", "describe", "desc", "consistency", "serial", "tracing",
            "expand", "paging", "login", "show", "exit", "quit", "clear", "cls", "help", "unicode",
            "elapsed", "debug", "history",
        ]
        guard token.isWord(in: commands) else { return false }
        let line = takeCommandOfShell()
        let argument = text.arguments(line).first?.text
        switch token.word {
        case "source": addScript(argument ?? .notComputed, at: token.range)
        case "capture":
            if let argument, argument.literal?.description.lowercased() != "off" {
                addCommand(.writeFile(argument), at: token.range)
            }
        case "copy":
            tokens = [token]
            readNested("COPY " + text.abstract(line), at: 0)
            tokens.removeAll()
        default: addReading(token.word, at: token.range)
        }
        return true
    }

    /// Up to a semicolon outside of quotes, or the end of the line.
    private mutating func takeCommandOfShell() -> Range<Int> {
        let start = lexer.offset
        var quote: UInt8 = 0
        while lexer.offset < text.count, text[lexer.offset] != 0x0A {
            let byte = text[lexer.offset]
            if byte == QueryText.textMark { lexer.isUncertain = true }
            if quote == 0, byte == 0x3B { break }
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
}
