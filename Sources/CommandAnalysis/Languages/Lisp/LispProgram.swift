import ShellSyntax

/// Code of Emacs: what its calls run, write and delete, where their arguments are written out.
///
/// A list is a call of its first name, quoted or not: what is quoted may be evaluated later.
struct LispProgram {
    private enum Token {
        case open(Int)
        case close
        case name(ShellText)
        case string(AbstractText)
        /// A number, a quote, a character.
        case other
    }

    private var builder: FindingsBuilder
    private var tokens: [Token] = []
    private var hasFailed = false
    private var steps = 0

    /// LIMIT: tokens that are gone over for arguments of calls, once for each call around them; what is
    /// behind is not told.
    static let maximumSteps = 1 << 17

    static func read(_ code: CodeText) -> CodeReading {
        var program = LispProgram(builder: FindingsBuilder(code))
        program.lex(code)
        if program.hasFailed { program.builder.giveUp() }
        program.walk()
        return CodeReading(program.builder.findings, steps: code.bytes.count + program.steps)
    }

    private init(builder: FindingsBuilder) { self.builder = builder }

    // MARK: Tokens

    private mutating func lex(_ code: CodeText) {
        let bytes = code.bytes
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            switch byte {
            case 0x09, 0x0A, 0x0D, 0x20: place += 1
            case UInt8(ascii: ";"):
                while place < bytes.count, bytes[place] != 0x0A { place += 1 }
            case UInt8(ascii: "("), UInt8(ascii: "["):
                tokens.append(.open(place))
                place += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                tokens.append(.close)
                place += 1
            case UInt8(ascii: "\""): place = string(code, from: place + 1)
            case UInt8(ascii: "?"):
                // A character: `?(`, `?\n`.
                tokens.append(.other)
                place += place + 1 < bytes.count && bytes[place + 1] == UInt8(ascii: "\\") ? 3 : 2
            case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ","), UInt8(ascii: "@"):
                place += 1
            case UInt8(ascii: "#"):
                // `#'f` is a name; what else begins so is not read.
                if place + 1 < bytes.count, bytes[place + 1] != UInt8(ascii: "'") {
                    hasFailed = true
                }
                place += 1
            default:
                let start = place
                while place < bytes.count, !"()[]\"';`, \t\r\n".utf8.contains(bytes[place]) {
                    if bytes[place] == UInt8(ascii: "\\") { hasFailed = true }
                    place += 1
                }
                let word = code.shellText(start..<place)
                let isNumber = word.utf8.allSatisfy { $0.isDecimal || "-+.".utf8.contains($0) }
                tokens.append(isNumber ? .other : .name(word))
            }
        }
    }

    /// The text of a string; where it ends.
    private mutating func string(_ code: CodeText, from start: Int) -> Int {
        var text = AbstractText.empty
        var known: [UInt8] = []
        var place = start
        func flush() {
            text.append(.text(ShellText(known)))
            known = []
        }
        while place < code.bytes.count {
            let byte = code.bytes[place]
            if byte == UInt8(ascii: "\"") {
                flush()
                tokens.append(.string(text))
                return place + 1
            }
            if let unknown = code.unknown(at: place) {
                flush()
                text.append(.unknown(unknown))
            } else if byte == UInt8(ascii: "\\"), place + 1 < code.bytes.count {
                place += 1
                switch code.bytes[place] {
                case UInt8(ascii: "n"): known.append(0x0A)
                case UInt8(ascii: "t"): known.append(0x09)
                case UInt8(ascii: "\\"), UInt8(ascii: "\""): known.append(code.bytes[place])
                // A character by its number, and so on.
                default: hasFailed = true
                }
            } else {
                known.append(byte)
            }
            place += 1
        }
        hasFailed = true
        return place
    }

    // MARK: Calls

    private mutating func walk() {
        for index in tokens.indices {
            guard case .open(let place) = tokens[index] else { continue }
            guard index + 1 < tokens.count, case .name(let name) = tokens[index + 1],
                !Self.harmless.contains(name)
            else { continue }
            guard Self.calls.contains(name), steps < Self.maximumSteps else {
                builder.giveUp()
                continue
            }
            call(name, arguments(behind: index + 2), at: place..<place + 1)
        }
    }

    /// The arguments of a call that stand in it: nil where one is computed.
    private mutating func arguments(behind start: Int) -> [AbstractText?] {
        var arguments: [AbstractText?] = []
        var depth = 0
        for token in tokens[min(start, tokens.count)...] {
            steps += 1
            switch token {
            case .open:
                if depth == 0 { arguments.append(nil) }
                depth += 1
            case .close:
                if depth == 0 { return arguments }
                depth -= 1
            case .string(let text): if depth == 0 { arguments.append(text) }
            case .name, .other: if depth == 0 { arguments.append(nil) }
            }
        }
        return arguments
    }

    private mutating func call(
        _ name: ShellText,
        _ arguments: [AbstractText?],
        at range: Range<Int>
    ) {
        let texts = arguments.map { $0 ?? .notComputed }
        let first = texts.first ?? .notComputed
        let second = texts.count > 1 ? texts[1] : .notComputed
        switch name {
        case "shell-command", "shell-command-to-string", "async-shell-command", "compile",
            "process-lines-ignore-status", "call-process-shell-command":
            builder.add(.shell(first), at: range)
        case "start-process-shell-command": builder.add(.shell(texts.last ?? first), at: range)
        // The program; where it reads, prints and shows; its arguments.
        case "call-process": run(first, texts.dropFirst(4), at: range)
        // A name and a buffer; the program; its arguments.
        case "start-process":
            run(texts.count > 2 ? texts[2] : .notComputed, texts.dropFirst(3), at: range)
        case "process-lines": run(first, texts.dropFirst(), at: range)
        case "delete-file": builder.add(.deleteFile(first, isRecursive: false), at: range)
        case "delete-directory":
            builder.add(.deleteFile(first, isRecursive: texts.count > 1), at: range)
        case "rename-file":
            builder.add(.deleteFile(first, isRecursive: false), at: range)
            builder.add(.writeFile(second), at: range)
        case "copy-file", "copy-directory", "make-symbolic-link", "add-name-to-file":
            builder.add(.readFile(first), at: range)
            builder.add(.writeFile(second), at: range)
        case "write-file", "make-directory", "make-empty-file":
            builder.add(.writeFile(first), at: range)
        case "write-region", "append-to-file":
            builder.add(.writeFile(texts.count > 2 ? texts[2] : .notComputed), at: range)
        case "with-temp-file": builder.add(.writeFile(first), at: range)
        case "set-file-modes", "chmod": builder.add(.changePermission(first), at: range)
        case "insert-file-contents", "insert-file-contents-literally":
            builder.add(.readFile(first), at: range)
        default: builder.giveUp()
        }
    }

    private mutating func run(
        _ program: AbstractText,
        _ arguments: ArraySlice<AbstractText>,
        at range: Range<Int>
    ) {
        builder.add(.command(([program] + arguments).map { .one($0) }), at: range)
    }

    private static let calls: Set<ShellText> = [
        "shell-command", "shell-command-to-string", "async-shell-command", "compile",
        "process-lines-ignore-status", "call-process-shell-command",
        "start-process-shell-command", "call-process", "start-process", "process-lines",
        "delete-file", "delete-directory", "rename-file", "copy-file", "copy-directory",
        "make-symbolic-link", "add-name-to-file", "write-file", "make-directory",
        "make-empty-file", "write-region", "append-to-file", "with-temp-file", "set-file-modes",
        "chmod", "insert-file-contents", "insert-file-contents-literally",
    ]

    private static let harmless: Set<ShellText> = [
        "message", "princ", "print", "prin1", "format", "concat", "progn", "prog1", "let", "let*",
        "if", "when", "unless", "and", "or", "not", "+", "-", "*", "/", "=", "<", ">", "car", "cdr",
        "list", "length", "number-to-string", "emacs-version", "kill-emacs", "buffer-string",
        "with-temp-buffer", "insert", "getenv", "expand-file-name", "file-exists-p", "upcase",
        "downcase", "string-trim", "substring", "terpri", "current-time-string",
        "format-time-string", "user-login-name", "system-name", "point-min", "point-max",
    ]
}
