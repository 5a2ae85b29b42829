import ShellSyntax

/// A language of an editor or debugger: commands on lines.
protocol EditorLanguage {
    init()
    /// Reads the command that starts at the reader's place.
    mutating func command(_ reader: inout EditorReader)
}

/// Goes over lines of commands and notes what they do.
struct EditorReader {
    /// LIMIT: `g/x/g/y/` and its like go down by calls.
    static let maximumDepth = 8

    private(set) var cursor: CodeCursor
    private var builder: FindingsBuilder
    private var nested: [CodeReading] = []
    private var depth = 0

    static func read<Language: EditorLanguage>(_ code: CodeText, _ type: Language.Type)
        -> CodeReading
    {
        var reader = EditorReader(cursor: CodeCursor(code), builder: FindingsBuilder(code))
        var language = Language()
        while !reader.cursor.isAtEnd {
            reader.depth = 0
            let start = reader.cursor.position
            language.command(&reader)
            reader.cursor.skip { $0 == 0x0A || $0 == 0x0D }
            if reader.cursor.position == start { reader.cursor.advance() }
        }
        let outer = reader.builder.findings
        var effects = outer.effects
        for effect in reader.nested.flatMap(\.findings.effects) {
            let certainty = code.isCut ? Certainty.possible : effect.certainty
            effects.append(CodeEffect(effect.kind, certainty, at: nil))
        }
        let findings = CodeFindings(
            effects: effects,
            isComplete: outer.isComplete && reader.nested.allSatisfy(\.findings.isComplete)
        )
        let steps = reader.nested.reduce(reader.cursor.steps) { $0 + $1.steps }
        return CodeReading(findings, steps: steps)
    }

    private init(cursor: CodeCursor, builder: FindingsBuilder) {
        self.cursor = cursor
        self.builder = builder
    }

    private var code: CodeText { cursor.code }

    mutating func giveUp() {
        builder.giveUp()
        skipLine()
    }

    mutating func skip(while isSuch: (UInt8) -> Bool) { cursor.skip(while: isSuch) }

    mutating func skipBlanks() { cursor.skip { $0.isGap } }

    private mutating func skipLine() { cursor.skip { $0 != 0x0A } }

    mutating func advance(_ count: Int = 1) { cursor.advance(count) }

    mutating func note(_ kind: CodeEffect.Kind, from start: Int) {
        builder.add(kind, at: start..<cursor.position)
    }

    mutating func note(_ reading: CodeReading) { nested.append(reading) }

    /// Takes the rest of the line.
    mutating func rest() -> Range<Int> {
        skipBlanks()
        return cursor.span { $0 != 0x0A && $0 != 0x0D }
    }

    /// Takes the lines that a command is for: `1,$`, `%`, `'a`, `/x/`.
    mutating func skipRange() {
        depth += 1
        if depth > Self.maximumDepth { return giveUp() }
        while !cursor.isAtEnd {
            switch cursor.byte {
            case UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: "."), UInt8(ascii: "$"),
                UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), CodeText.unknownDigits, 0x20, 0x09:
                cursor.advance()
            case UInt8(ascii: "'"): cursor.advance(2)
            case UInt8(ascii: "/"), UInt8(ascii: "?"):
                let delimiter = cursor.next()
                cursor.skip { $0 != delimiter && $0 != 0x0A }
                _ = cursor.take(delimiter)
            default: return
            }
        }
    }

    /// Whether `!` comes, which is taken.
    mutating func takesShell() -> Bool {
        skipBlanks()
        return cursor.take(UInt8(ascii: "!"))
    }

    /// Takes the rest of the line as a command for a shell.
    mutating func shell(hasInput: Bool = false) {
        let start = cursor.position
        let range = rest()
        // These stand for names of files and the last command.
        let isPlain = !code.bytes[range].contains { "%#!".utf8.contains($0) }
        let text = isPlain && !range.isEmpty ? code.text(range) : .notComputed
        builder.add(hasInput ? .shellWithInput(text) : .shell(text), at: start..<cursor.position)
    }

    /// Takes the name of a command, with its exclamation mark.
    mutating func word() -> ShellText {
        skipBlanks()
        let start = cursor.position
        let symbols = "<>=&".utf8
        if symbols.contains(cursor.byte) {
            cursor.skip { symbols.contains($0) }
        } else {
            cursor.skip { $0.isIdentifier || $0 == UInt8(ascii: "-") }
            if cursor.byte == UInt8(ascii: "!") { cursor.advance() }
        }
        return code.shellText(start..<cursor.position)
    }

    mutating func letter() -> ShellText {
        if cursor.isAtEnd || cursor.byte == 0x0A { return "" }
        let start = cursor.position
        cursor.advance()
        return code.shellText(start..<cursor.position)
    }

    /// Whether the command ends here; otherwise nothing is known of it.
    mutating func endOfCommand() {
        skipBlanks()
        if cursor.isAtEnd || cursor.byte == 0x0A || cursor.byte == 0x0D { return }
        giveUp()
    }

    /// Takes arguments that are words and numbers.
    mutating func simpleArguments() {
        cursor.skip {
            $0.isIdentifier || $0.isGap || $0.isUnknown || "$/*.,-+%'=".utf8.contains($0)
        }
        endOfCommand()
    }

    /// Takes an expression in which nothing is called.
    mutating func expression() {
        let start = cursor.position
        let range = rest()
        let bytes = code.bytes[range]
        if let open = bytes.firstIndex(of: UInt8(ascii: "(")) {
            let name = code.shellText(range.lowerBound..<open)
            let argument = bytes[open...].dropFirst().drop(while: \.isGap)
            if name.description.split(separator: " ").last == "system",
                argument.first == UInt8(ascii: "\""),
                let end = bytes.lastIndex(of: UInt8(ascii: "\"")),
                end > argument.startIndex
            {
                let text = code.text(argument.startIndex + 1..<end)
                builder.add(.shell(text), at: start..<cursor.position)
            }
            builder.giveUp()
        } else if bytes.contains(UInt8(ascii: "=")) {
            builder.giveUp()
        }
    }
}
