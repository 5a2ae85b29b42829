import ShellSyntax

/// Code of Ruby: what it runs, reads, writes and deletes.
struct RubyProgram: CodeWalker {
    static let joins: Set<ShellText> = ["+"]
    static let dots: Set<ShellText> = [".", "&.", "::"]

    var list = TokenList([])
    var builder: FindingsBuilder
    var steps = 0
    private var usesEnvironment = false

    static func read(_ code: CodeText, options: CodeOptions) -> CodeReading {
        var lexer = RubyLexer(code)
        lexer.lex()
        var program = RubyProgram(builder: FindingsBuilder(code))
        let areKnown = options.modules.allSatisfy {
            $0.literal.map(RubyNames.libraries.contains) == true
        }
        if lexer.hasFailed || !areKnown { program.builder.giveUp() }
        program.walk(lexer.streams)
        if program.usesEnvironment, program.builder.hasPrograms { program.builder.giveUp() }
        return CodeReading(program.builder.findings, steps: lexer.cursor.steps + program.steps)
    }

    private init(builder: FindingsBuilder) { self.builder = builder }

    mutating func name(_ name: ShellText, at place: Int) -> Int {
        let next = place + 1
        if name.utf8.first.map({ (0x41...0x5A).contains($0) }) == true, !isCall(at: next) {
            return constant(name, at: place)
        }
        if list.isSymbol("=", at: next) { return next }
        if name == "require" {
            require(at: next)
        } else if name == "open" {
            open(at: place)
        } else if let call = RubyFunctions.kernel[name] {
            perform(call, at: place, from: place)
        } else if RubyNames.denied.contains(name) {
            builder.giveUp()
        }
        return next
    }

    private mutating func require(at place: Int) {
        let argument = isCall(at: place) ? place + 1 : place
        guard let string = list[argument], string.kind == .string, let name = string.value.literal,
            RubyNames.libraries.contains(name)
        else { return builder.giveUp() }
    }

    /// Reads a constant with what follows it: `Net::HTTP.get`.
    private mutating func constant(_ first: ShellText, at start: Int) -> Int {
        var path = first
        var place = start + 1
        if first == "ENV" { usesEnvironment = true }
        if first == "ARGV", changesArguments(at: place) { builder.giveUp() }
        while list.isSymbol("::", at: place), let next = list[place + 1], next.kind == .name,
            next.text.utf8.first.map({ (0x41...0x5A).contains($0) }) == true
        {
            path = ShellText(path.description + "::" + next.text.description)
            place += 2
        }
        if RubyNames.constants.contains(path) { return place }
        if RubyNames.constants.contains(first), let last = list[place - 1],
            RubyNames.attributes.contains(last.text)
        {
            return place
        }
        let isErrno = path.utf8.starts(with: "Errno::".utf8)
        if isErrno || path == "BEGIN" || path == "END" { return place }
        guard let dot = list[place], isDot(dot), let method = list[place + 1], method.kind == .name
        else {
            // A constant of a class, or a class as a value.
            if !isListedValue(path) { builder.giveUp() }
            return place
        }
        let full = ShellText(path.description + "." + method.text.description)
        if path == "IO", method.text != "popen", method.text != "console",
            method.text != "copy_stream"
        {
            // `IO.read` runs what follows a bar.
            builder.giveUp()
        }
        perform(RubyFunctions.table[full] ?? .opaque, at: place + 1, from: start)
        return place + 2
    }

    /// Whether `gets` may read other files because of what is done with `ARGV`.
    private func changesArguments(at place: Int) -> Bool {
        if list.isSymbol("<<", at: place) || list.isSymbol("=", at: place) { return true }
        if list.isSymbol("[", at: place) { return list.isSymbol("=", at: list.behind(place)) }
        guard let dot = list[place], isDot(dot), let method = list[place + 1] else { return false }
        return !Self.argumentReaders.contains(method.text)
    }

    private static let argumentReaders = words(
        """
        first last map each each_with_index join length size count shift empty? any? include? fetch
        dig inspect to_s at sum
        """
    )

    private func isListedValue(_ path: ShellText) -> Bool {
        guard let colon = path.utf8.lastIndex(of: UInt8(ascii: ":")) else { return false }
        let owner = String(decoding: Array(path.utf8[..<colon].dropLast()), as: UTF8.self)
        let name = String(decoding: Array(path.utf8[colon...].dropFirst()), as: UTF8.self)
        return RubyFunctions.table[ShellText(owner + "." + name)] == .harmless
    }

    /// Notes what the method at a place does, whose arguments have parentheses or not.
    private mutating func perform(_ call: KnownCall, at place: Int, from start: Int) {
        if call == .harmless { return }
        if call == .opaque { return builder.giveUp() }
        let ranges = operands(behind: place)
        let range = list.place(start..<(ranges.last?.upperBound ?? place + 1))
        perform(call, arguments(ranges), at: range)
    }

    private func operands(behind place: Int) -> [Range<Int>] {
        if isCall(at: place + 1) { return list.arguments(in: place + 1) }
        let end = list.find(from: place + 1) {
            $0.kind == .newline || $0.isSymbol(";") || $0.isSymbol("{")
                || $0.isSymbol("&&") || $0.isSymbol("||")
                || ($0.kind == .name && Self.ends.contains($0.text))
        }
        return list.elements(in: place + 1..<max(end, place + 1))
    }

    private static let ends = words("if unless while until rescue and or do then")

    /// The arguments of a call without its options, some of which change what is done.
    private mutating func arguments(_ ranges: [Range<Int>]) -> [CallArgument] {
        var arguments: [CallArgument] = []
        for range in limited(ranges) {
            let tokens = list.tokens[range].prefix(TokenList.maximumFold)
            let isOption =
                tokens.first?.text == "label" || tokens.first?.isSymbol("{") == true
                || tokens.contains { $0.isSymbol("=>") } || tokens.first?.isSymbol("*") == true
            if isOption { builder.giveUp() } else { arguments.append(argument(range)) }
        }
        return arguments
    }

    /// Reads `open`, which runs what follows a bar.
    private mutating func open(at place: Int) {
        let ranges = operands(behind: place)
        let all = arguments(ranges)
        let range = list.place(place..<(ranges.last?.upperBound ?? place + 1))
        guard let name = all.first?.text else { return builder.giveUp() }
        let prefix = name.knownPrefix
        if prefix.utf8.first == UInt8(ascii: "|") {
            let command = name.literal.map { AbstractText(ShellText($0.utf8.dropFirst())) }
            return builder.add(.shellWithInput(command ?? .notComputed), at: range)
        }
        if prefix.utf8.starts(with: "http".utf8) { return url(name, at: range) }
        if prefix.isEmpty {
            builder.add(.shell(.notComputed), at: range)
            builder.giveUp()
        }
        perform(.open, all, at: range)
    }

    mutating func attribute(_ name: ShellText, at place: Int) -> Int {
        let next = place + 1
        if !RubyNames.attributes.contains(name) { builder.giveUp() }
        if name == "inject" || name == "reduce" {
            // The name of a method may be an argument.
            for range in operands(behind: place) where !isSafeFold(list.tokens[range]) {
                builder.giveUp()
            }
        }
        return next
    }

    private func isSafeFold(_ argument: ArraySlice<CodeToken>) -> Bool {
        guard let first = argument.first else { return true }
        if first.isSymbol("{") || first.kind == .number { return true }
        guard argument.count == 1, first.text == ":", let literal = first.value.literal else {
            return false
        }
        return !literal.utf8.contains(where: \.isIdentifier)
    }

    mutating func other(_ token: CodeToken, at place: Int) -> Int {
        let next = place + 1
        switch token.kind {
        case .command: builder.add(.shell(token.value), at: token.range)
        case .variable:
            let denied = [
                "$:", "$\"", "$LOAD_PATH", "$LOADED_FEATURES", "$-I", "$-i", "$-r", "$-p",
            ]
            if denied.contains(where: { token.text == ShellText($0) }) { builder.giveUp() }
        case .symbol where token.text == "&":
            blockPass(at: next)
        case .symbol where isDot(token) && isCall(at: next): builder.giveUp()
        case .name, .number, .string, .regex, .symbol, .newline, .unknown: break
        }
        return next
    }

    /// Reads what a block is made of: `&:upcase`.
    ///
    /// Spaced on both sides it is an operator.
    private mutating func blockPass(at place: Int) {
        guard let token = list[place], !token.isSpaced else { return }
        if token.kind == .string, token.text == ":", let name = token.value.literal,
            RubyNames.attributes.contains(name), name != "inject", name != "reduce"
        {
            return
        }
        builder.giveUp()
    }
}
