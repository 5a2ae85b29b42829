import ShellSyntax

/// Reads a script of sed command by command.
struct SedParser {
    var cursor: CodeCursor
    var builder: FindingsBuilder
    private(set) var hasFailed = false
    private var depth = 0

    init(_ code: CodeText) {
        cursor = CodeCursor(code)
        builder = FindingsBuilder(code)
    }

    var steps: Int { cursor.steps }
    var code: CodeText { cursor.code }

    mutating func fail() {
        hasFailed = true
        builder.giveUp()
    }

    mutating func parse() {
        while !hasFailed {
            cursor.skip { $0.isWhite || $0 == UInt8(ascii: ";") }
            if cursor.isAtEnd { break }
            command()
        }
        if depth > 0 { fail() }
    }

    private mutating func command() {
        guard addresses() else { return fail() }
        let start = cursor.position
        let name = cursor.next()
        switch name {
        case UInt8(ascii: "{"): depth += 1
        case UInt8(ascii: "}"):
            depth -= 1
            if depth < 0 { return fail() }
            end()
        case UInt8(ascii: "#"): cursor.skip { $0 != 0x0A }
        case UInt8(ascii: ":"), UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "T"),
            UInt8(ascii: "v"):
            label(isNeeded: name == UInt8(ascii: ":"))
        case UInt8(ascii: "="), UInt8(ascii: "d"), UInt8(ascii: "D"), UInt8(ascii: "F"),
            UInt8(ascii: "g"), UInt8(ascii: "G"), UInt8(ascii: "h"), UInt8(ascii: "H"),
            UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "p"), UInt8(ascii: "P"),
            UInt8(ascii: "x"), UInt8(ascii: "z"):
            end()
        case UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "q"), UInt8(ascii: "Q"):
            cursor.skip { $0.isGap }
            cursor.skip { $0.isDecimal || $0 == CodeText.unknownDigits }
            end()
        case UInt8(ascii: "a"), UInt8(ascii: "c"), UInt8(ascii: "i"): textLines()
        case UInt8(ascii: "e"): execute(from: start)
        case UInt8(ascii: "r"), UInt8(ascii: "R"): file(from: start, isWritten: false)
        case UInt8(ascii: "w"), UInt8(ascii: "W"): file(from: start, isWritten: true)
        case UInt8(ascii: "s"): substitute(from: start)
        case UInt8(ascii: "y"): transliterate()
        default: fail()
        }
    }

    /// Takes the end of a command: a semicolon, a line feed, or what begins or ends a group.
    mutating func end() {
        cursor.skip { $0.isGap || $0 == 0x0D }
        switch cursor.byte {
        case UInt8(ascii: ";"), 0x0A: cursor.advance()
        case UInt8(ascii: "}"), UInt8(ascii: "#"): break
        default: if !cursor.isAtEnd { fail() }
        }
    }

    /// Takes a label, which ends at a blank or a semicolon.
    private mutating func label(isNeeded: Bool) {
        cursor.skip { $0.isGap }
        let label = cursor.span {
            !$0.isWhite && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "}")
        }
        if isNeeded, label.isEmpty { fail() }
    }

    /// Takes the text of `a`, `c` and `i`: to the end of a line without a backslash.
    private mutating func textLines() {
        cursor.skip { $0.isGap }
        if cursor.isAtEnd || cursor.byte == 0x0A { return fail() }
        while !cursor.isAtEnd {
            let byte = cursor.next()
            if byte == 0x0A { return }
            if byte == UInt8(ascii: "\\") { cursor.advance() }
        }
    }

    /// Takes the command of `e`; without one, the line that sed holds is the command.
    private mutating func execute(from start: Int) {
        cursor.skip { $0.isGap }
        let range = cursor.span { $0 != 0x0A }
        builder.add(.shell(range.isEmpty ? .input : code.text(range)), at: start..<cursor.position)
    }

    /// Takes the name of a file, which ends at the end of the line.
    mutating func file(from start: Int, isWritten: Bool) {
        cursor.skip { $0.isGap }
        let range = cursor.span { $0 != 0x0A }
        if range.isEmpty { return fail() }
        let name = code.text(range)
        let place = start..<cursor.position
        if isWritten {
            if name.literal != "/dev/stdout", name.literal != "/dev/stderr" {
                builder.add(.writeFile(name), at: place)
            }
        } else if name.literal != "/dev/stdin" {
            builder.add(.readFile(name), at: place)
        }
    }
}
