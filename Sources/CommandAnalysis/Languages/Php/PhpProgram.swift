import ShellSyntax

/// Code of PHP: what it runs, reads, writes and deletes.
///
/// Any text can be called as a function in PHP, so only names are.
struct PhpProgram: CodeWalker {
    static let joins: Set<ShellText> = ["."]
    static let dots: Set<ShellText> = ["->", "?->", "::"]

    var list = TokenList([])
    var builder: FindingsBuilder
    var steps = 0

    static func read(_ code: CodeText, options: CodeOptions) -> CodeReading {
        var lexer = PhpLexer(code)
        lexer.lex()
        var program = PhpProgram(builder: FindingsBuilder(code))
        if lexer.hasFailed || !options.modules.isEmpty { program.builder.giveUp() }
        program.walk(lexer.streams)
        return CodeReading(program.builder.findings, steps: lexer.cursor.steps + program.steps)
    }

    private init(builder: FindingsBuilder) { self.builder = builder }

    mutating func name(_ written: ShellText, at place: Int) -> Int {
        let next = place + 1
        let name = lowered(written)
        if name == "new" {
            guard let type = list[next], type.kind == .name,
                PhpFunctions.classes.contains(lowered(type.text))
            else {
                builder.giveUp()
                return next
            }
            return next + 1
        }
        if name == "function" {
            // A function with a name may not be the one that is called by it.
            if !isCall(at: next) { builder.giveUp() }
            return next
        }
        if PhpFunctions.denied.contains(name) { builder.giveUp() }
        if PhpFunctions.keywords.contains(name) || !isCall(at: next) { return next }
        call(name, from: place, in: next)
        return next
    }

    private func lowered(_ name: ShellText) -> ShellText {
        ShellText(name.utf8.map(\.lowercasedASCII))
    }

    private mutating func call(_ name: ShellText, from start: Int, in open: Int) {
        if let place = PhpFunctions.callers[name] {
            let ranges = list.arguments(in: open)
            let function = place < ranges.count ? list[ranges[place].lowerBound] : nil
            let isAbsent = name == "array_filter" && ranges.count == 1
            if !isAbsent, function?.isName("fn") != true, function?.isName("function") != true {
                builder.giveUp()
            }
        }
        if PhpFunctions.harmless.contains(name) { return }
        guard let call = PhpFunctions.acting[name] else {
            if name == "preg_replace" { return replace(in: open) }
            return builder.giveUp()
        }
        if PhpFunctions.unclear.contains(name) { builder.giveUp() }
        if case .file(.read, _) = call { return file(call, from: start, in: open) }
        if call == .open { return file(call, from: start, in: open) }
        perform(call, from: start, in: open)
    }

    /// Reads a call with the name of a file, which can be an address.
    private mutating func file(_ call: KnownCall, from start: Int, in open: Int) {
        let all = arguments(in: open)
        let range = span(start, call: open)
        guard let name = all.first?.text else { return builder.giveUp() }
        let prefix = Array(name.knownPrefix.utf8)
        let scheme = prefix.prefix { $0.isIdentifier || $0 == UInt8(ascii: ".") }
        guard prefix.dropFirst(scheme.count).starts(with: "://".utf8) else {
            if prefix.starts(with: "data:".utf8) { return }
            return perform(call, all, at: range)
        }
        switch String(decoding: scheme, as: UTF8.self) {
        case "http", "https":
            url(name, at: range)
            // A context can make another request of it.
            if all.count > 2 { builder.giveUp() }
        case "php":
            let stream = prefix.dropFirst(6).prefix(while: \.isIdentifier)
            let known = words("stdin stdout stderr output input memory temp")
            if !known.contains(ShellText(stream)) { builder.giveUp() }
        default: builder.giveUp()
        }
    }

    /// Old versions run the replacement of an expression with the flag `e`.
    private mutating func replace(in open: Int) {
        guard let pattern = arguments(in: open).first?.text.literal,
            let delimiter = pattern.utf8.first?.closing,
            let end = pattern.utf8.lastIndex(of: delimiter)
        else { return builder.giveUp() }
        if pattern.utf8[end...].contains(UInt8(ascii: "e")) { builder.giveUp() }
    }

    mutating func attribute(_ name: ShellText, at place: Int) -> Int {
        let isMethod = isCall(at: place + 1)
        let isKnown = PhpFunctions.methods.contains(lowered(name))
        if isMethod, !isKnown || list.isSymbol("::", at: place - 1) { builder.giveUp() }
        return place + 1
    }

    mutating func other(_ token: CodeToken, at place: Int) -> Int {
        let next = place + 1
        switch token.kind {
        case .string:
            // Addresses of which reading is running something.
            let prefix = token.value.knownPrefix.utf8
            if prefix.starts(with: "phar:".utf8) || prefix.starts(with: "expect:".utf8) {
                builder.giveUp()
            }
        case .command: builder.add(.shell(token.value), at: token.range)
        case .symbol where isDot(token):
            if list[next]?.kind != .name { builder.giveUp() }
        case .symbol where token.text == "(":
            // A call of what a value holds.
            if let last = list[place - 1], last.kind != .name, last.endsOperand { builder.giveUp() }
        case .name, .variable, .number, .regex, .symbol, .newline, .unknown: break
        }
        return next
    }
}
