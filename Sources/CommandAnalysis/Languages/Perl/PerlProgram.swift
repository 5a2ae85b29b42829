import ShellSyntax

/// Code of Perl: what it runs, reads, writes and deletes.
struct PerlProgram: CodeWalker {
    static let joins: Set<ShellText> = ["."]
    static let dots: Set<ShellText> = ["->"]

    var list = TokenList([])
    var builder: FindingsBuilder
    var steps = 0
    /// Functions that the code defines.
    private var subroutines: Set<ShellText> = []
    private var usesEnvironment = false
    /// Whether files are opened whose names are the arguments of the code: `<>`, `-n`.
    private var readsArguments: Bool
    private var changesArguments = false

    static func read(_ code: CodeText, options: CodeOptions) -> CodeReading {
        var lexer = PerlLexer(code)
        lexer.lex(isLoop: options.isLoop)
        var program = PerlProgram(code, options)
        if lexer.hasFailed { program.builder.giveUp() }
        for module in options.modules where !PerlModules.isHarmless(module) {
            program.builder.giveUp()
        }
        for stream in lexer.streams { program.collect(stream) }
        program.walk(lexer.streams)
        program.finish()
        return CodeReading(program.builder.findings, steps: lexer.cursor.steps + program.steps)
    }

    private init(_ code: CodeText, _ options: CodeOptions) {
        builder = FindingsBuilder(code)
        readsArguments = options.isLoop
    }

    private mutating func collect(_ list: TokenList) {
        for place in 0..<list.count where list.isName("sub", at: place) {
            guard let name = list[place + 1], name.kind == .name else { continue }
            subroutines.insert(name.text)
        }
    }

    private mutating func finish() {
        if usesEnvironment, builder.hasPrograms { builder.giveUp() }
        if readsArguments, changesArguments { builder.giveUp() }
    }

    mutating func name(_ name: ShellText, at place: Int) -> Int {
        let next = place + 1
        switch name {
        case "open" where !list.isSymbol("=>", at: next): open(at: place)
        case "use", "no", "require": return module(at: place)
        case "eval", "do":
            if !list.isSymbol("{", at: next) { builder.giveUp() }
        case "kill":
            let range = list.place(place..<next)
            perform(.signal(.signalFirst), operands(behind: place), at: range)
        case "sub", "package":
            if list[next]?.kind == .name { return next + 1 }
        default: function(name, at: place)
        }
        return next
    }

    private mutating func function(_ name: ShellText, at place: Int) {
        if let call = PerlFunctions.table[name] {
            if PerlFunctions.foreign.contains(name) { builder.giveUp() }
            if subroutines.contains(name) { builder.giveUp() }
            perform(call, operands(behind: place), at: span(of: place))
            // `system {$program} @arguments`
            if list.isSymbol("{", at: place + 1) { builder.giveUp() }
            return
        }
        if PerlNames.denied.contains(name) { return builder.giveUp() }
        if PerlNames.builtins.contains(name) || PerlNames.operandWords.contains(name)
            || PerlNames.functions.contains(name) || subroutines.contains(name)
            || PerlNames.isHarmless(qualified: name)
        {
            return
        }
        // The name of an open file, or a constant.
        let isUpper = name.utf8.allSatisfy { $0 < 0x61 && $0 != UInt8(ascii: ":") }
        if isUpper, !isCall(at: place + 1) { return }
        builder.giveUp()
    }

    /// The operands of a function, in parentheses or up to the end of the expression.
    func operandRanges(behind place: Int) -> [Range<Int>] {
        if isCall(at: place + 1) { return list.arguments(in: place + 1) }
        return list.elements(in: place + 1..<end(of: place))
    }

    private func end(of place: Int) -> Int {
        list.find(from: place + 1) {
            $0.isSymbol(";") || ($0.kind == .name && Self.lowOperators.contains($0.text))
        }
    }

    func span(of place: Int) -> Range<Int> {
        list.place(place..<(isCall(at: place + 1) ? list.behind(place + 1) : end(of: place)))
    }

    /// Words that take no other file to the arguments behind them.
    private static let argumentReaders = words("shift pop scalar print exec system if unless while")

    private static let lowOperators = words("or and if unless while until for foreach xor")

    mutating func operands(behind place: Int) -> [CallArgument] {
        limited(operandRanges(behind: place)).map { argument($0) }
    }

    /// Reads `use MODULE LIST`; the list is code like any other.
    private mutating func module(at place: Int) -> Int {
        guard let name = list[place + 1], !name.isSymbol(";") else {
            builder.giveUp()
            return place + 1
        }
        let isVersion =
            name.kind == .number
            || (name.utf8First == UInt8(ascii: "v")
                && name.text.utf8.dropFirst().allSatisfy(\.isDecimal))
        if !isVersion, name.kind != .name || !PerlNames.modules.contains(name.text) {
            builder.giveUp()
        }
        return place + 2
    }

    mutating func attribute(_ name: ShellText, at place: Int) -> Int {
        if !PerlNames.methods.contains(name) { builder.giveUp() }
        return place + 1
    }

    mutating func other(_ token: CodeToken, at place: Int) -> Int {
        let next = place + 1
        switch token.kind {
        case .command: builder.add(.shell(token.value), at: token.range)
        case .variable: variable(token.text, at: place)
        case .string where token.text == "<>": readsArguments = true
        case .symbol where token.text == "&name" || token.text == "*name": builder.giveUp()
        case .symbol where token.text == "->":
            // A call of what a value holds, or of a method whose name is one.
            let isCalled =
                isCall(at: next) || list[next]?.kind == .variable
                || list.isSymbol("$", at: next) || list.isSymbol("&name", at: next)
            if isCalled { builder.giveUp() }
        case .symbol where token.text == "~~": builder.giveUp()
        case .name, .number, .string, .regex, .symbol, .newline, .unknown: break
        }
        return next
    }

    private mutating func variable(_ name: ShellText, at place: Int) {
        switch name {
        case "@INC", "%INC", "$INC", "$^I", "$^P": builder.giveUp()
        case "%ENV", "$ENV": usesEnvironment = true
        case "@ARGV":
            let previous = list[place - 1]
            let isRead =
                previous?.kind == .name && Self.argumentReaders.contains(previous?.text ?? "")
            if !isRead { changesArguments = true }
        case "$ARGV":
            guard list.isSymbol("[", at: place + 1) else { return }
            let next = list[list.behind(place + 1)]
            let isAssigned =
                next?.kind == .symbol && next?.text != "==" && next?.text != "=>"
                && next?.text.utf8.last == UInt8(ascii: "=")
            let isPassed = list.isSymbol("(", at: place - 1) || list.isSymbol("\\", at: place - 1)
            let isMatched = next?.isSymbol("=~") == true
            if isAssigned || isPassed || isMatched { changesArguments = true }
        default: break
        }
    }
}

extension CodeToken {
    fileprivate var utf8First: UInt8? { text.utf8.first }
}
