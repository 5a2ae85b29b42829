import ShellSyntax

extension EditorReader {
    /// Takes what `r` reads: a file, or the output of a command.
    mutating func read() {
        if takesShell() { return shell() }
        file { .readFile($0) }
    }

    /// Takes where `w` writes: a file, or the input of a command; without one the file that is edited.
    mutating func write() {
        if takesShell() { return shell(hasInput: true) }
        skip { $0 == UInt8(ascii: ">") }
        file { .writeFile($0) }
    }

    /// Takes the file that is edited from now on; what is in it can set options.
    mutating func edit() {
        if takesShell() { return shell() }
        file { .readFile($0) }
    }

    private mutating func file(_ effect: (AbstractText) -> CodeEffect.Kind) {
        let start = cursor.position
        let range = rest()
        if range.isEmpty { return }
        // Behind a plus stands a command.
        if cursor.code.bytes[range].first == UInt8(ascii: "+") { return giveUp() }
        let isPlain = !cursor.code.bytes[range].contains { "%#|`$*?".utf8.contains($0) }
        note(effect(isPlain ? cursor.code.text(range) : .notComputed), from: start)
        if !isPlain { giveUp() }
    }

    /// Takes `/pattern/replacement/flags`.
    mutating func substitution(endsAtBar: Bool) {
        guard pattern(keepsDelimiter: true) else { return giveUp() }
        // `\=` makes an expression of the replacement.
        let starts = (cursor.peek(1), cursor.peek(2))
        if starts.0 == UInt8(ascii: "\\"), starts.1 == UInt8(ascii: "=") { return giveUp() }
        guard pattern(keepsDelimiter: false, isLast: true) else { return giveUp() }
        skip { $0.isIdentifier || $0 == UInt8(ascii: "&") }
        if endsAtBar, cursor.byte == UInt8(ascii: "|") { return giveUp() }
        endOfCommand()
    }

    /// Takes a pattern between delimiters.
    mutating func pattern() -> Bool { pattern(keepsDelimiter: false) }

    private mutating func pattern(keepsDelimiter: Bool, isLast: Bool = false) -> Bool {
        let delimiter = cursor.byte
        guard delimiter > 0x20, delimiter < 0x7F, !delimiter.isIdentifier,
            !"\"|\\".utf8.contains(delimiter)
        else { return false }
        advance()
        while !cursor.isAtEnd, cursor.byte != 0x0A {
            if cursor.byte == delimiter {
                if !keepsDelimiter { advance() }
                return true
            }
            if CodeText.unknown(cursor.byte, mayHold: delimiter) { return false }
            advance(cursor.byte == UInt8(ascii: "\\") ? 2 : 1)
        }
        return isLast
    }

    /// Takes the options of `set`.
    mutating func settings(_ harmless: Set<ShellText>) {
        let range = rest()
        let words = cursor.code.bytes[range].split(whereSeparator: \.isWhite)
        for word in words {
            let name = word.prefix { $0.isIdentifier }
            if !harmless.contains(ShellText(name)) || word.contains(UInt8(ascii: "|")) {
                return giveUp()
            }
        }
    }

    /// Takes the lines of a text, up to a line with a dot alone.
    mutating func textLines() {
        endOfCommand()
        while !cursor.isAtEnd {
            advance()
            let start = cursor.position
            skip { $0 != 0x0A }
            if cursor.code.bytes[start..<cursor.position].elementsEqual([UInt8(ascii: ".")]) {
                return
            }
        }
    }

    /// Takes the rest of the line as code of Python.
    mutating func python() {
        let range = rest()
        guard let code = CodeText(cursor.code.text(range)) else { return giveUp() }
        note(PythonProgram.read(code, options: .none))
    }

    /// Takes the rest of the line as code of a language in which the editor itself can be spoken to.
    mutating func code(in language: CodeLanguage) {
        if language == .python { return python() }
        note(CodeReading(cursor.code.text(rest()), in: language))
        giveUp()
    }

    /// Takes the rest of the line as an expression of Vim, of which calls with a text are read.
    mutating func script() {
        let start = cursor.position
        let bytes = cursor.code.bytes[rest()]
        for open in bytes.indices where bytes[open] == UInt8(ascii: "(") {
            let name = bytes[..<open].reversed().prefix(while: \.isIdentifier).reversed()
            let texts = strings(in: bytes[open...])
            guard let first = texts.first.map({ AbstractText($0) }) else { continue }
            switch ShellText(Array(name)) {
            case "system", "systemlist", "job_start", "jobstart", "term_start", "termopen":
                note(.shell(first), from: start)
            case "delete": note(.deleteFile(first, isRecursive: texts.count > 1), from: start)
            case "writefile": note(.writeFile(AbstractText(texts[texts.count - 1])), from: start)
            default: continue
            }
        }
        giveUp()
    }

    /// The texts that stand in quotes; no more than a call of these has.
    private func strings(in bytes: ArraySlice<UInt8>) -> [ShellText] {
        var texts: [ShellText] = []
        var rest = bytes
        while texts.count < 4,
            let quote = rest.firstIndex(where: { $0 == 0x22 || $0 == 0x27 }),
            let end = rest[(quote + 1)...].firstIndex(of: rest[quote])
        {
            texts.append(ShellText(Array(rest[(quote + 1)..<end])))
            rest = rest[(end + 1)...]
        }
        return texts
    }
}
