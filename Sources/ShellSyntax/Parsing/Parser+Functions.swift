// Functions and coprocesses (POSIX XCU 2.9.5; bash manual, *Coprocesses*).

extension Parser {
    mutating func parseFunction(named name: Word, at start: Int) throws(Stop)
        -> FunctionDefinition
    {
        guard features.contains(.anyFunctionName) || name.literal.map(\.isName) == true else {
            throw unexpected("the end of the command")
        }
        if features.contains(.noSpecialFunctionNames), let literal = name.literal,
            Self.specialBuiltIns.contains(literal)
        {
            throw unexpected("the end of the command: `\(literal)` is a special built-in")
        }
        try enter()
        defer { leave() }
        try expectParentheses()
        let body = try parseFunctionBody(at: start)
        return FunctionDefinition(
            name: name,
            form: .parentheses,
            body: body,
            range: range(from: start)
        )
    }

    /// What dash defines no function for (POSIX XCU 2.14, and `local`).
    private static let specialBuiltIns: Set<ShellText> = [
        "break", "continue", "eval", "exec", "exit", "export", "local", "readonly", "return",
        "set", "shift", "times", "trap", "unset",
    ]

    private mutating func expectParentheses() throws(Stop) {
        position += 1
        skipBlanks()
        guard text[position] == 0x29 else { throw unexpected("`)`") }
        position += 1
    }

    mutating func parseKeywordFunction() throws(Stop) -> FunctionDefinition {
        let start = position
        position = endOfReservedWord(position)
        open(.function, at: start)
        skipBlanks()
        guard isAtWord else { throw unexpected("the name of a function") }
        let name = try parseWord(.functionName)
        skipBlanks()
        let hasParentheses = text[position] == 0x28 && text[spaceless(position + 1)] == 0x29
        if hasParentheses { try expectParentheses() }
        close()
        let body = try parseFunctionBody(at: start)
        return FunctionDefinition(
            name: name,
            form: hasParentheses ? .keywordAndParentheses : .keyword,
            body: body,
            range: range(from: start)
        )
    }

    /// The offset of what is no blank.
    func spaceless(_ offset: Int) -> Int {
        var offset = skippingContinuations(offset)
        while text[offset].isBlank { offset = following(offset) }
        return offset
    }

    private mutating func parseFunctionBody(at start: Int) throws(Stop) -> CompoundCommand {
        open(.function, at: start)
        defer { if stop == nil { close() } }
        try skipNewlines()
        if text[position] == 0x28 { return try parseParenthesized() }
        if let word = reservedWord(), word.startsCompound { return try parseCompound(word) }
        guard features.contains(.anyFunctionBody) else {
            throw unexpected("the body of a function")
        }
        let bodyStart = position
        let command = try parseCommand()
        let group = CommandList(
            items: [
                ListItem(
                    andOr: AndOrList(
                        first: Pipeline(
                            prefixes: [],
                            commands: [command],
                            operators: [],
                            range: command.range
                        ),
                        rest: []
                    ),
                    terminator: .none
                )
            ],
            range: command.range
        )
        return CompoundCommand(
            body: .braceGroup(group),
            redirections: [],
            range: range(from: bodyStart)
        )
    }

    mutating func parseCoprocess() throws(Stop) -> Coprocess {
        let start = position
        position = endOfReservedWord(position)
        open(.coprocess, at: start)
        skipBlanks()
        try expandAliases()
        let name = isAtCompound ? nil : try takeCoprocessName()
        let command = try parseCoprocessCommand()
        close()
        return Coprocess(name: name, command: command, range: range(from: start))
    }

    /// The word before a compound command.
    private mutating func takeCoprocessName() throws(Stop) -> Word? {
        if let word = reservedWord(), word != .time { throw unexpected("a command") }
        guard isAtWord, !isAtDescriptor, !isAtSubscriptedName, !looksLikeAssignment(position) else {
            return nil
        }
        let start = position
        let nodesBefore = nodes
        let word = try parseWord(.argument)
        skipBlanks()
        try expandAliases()
        if isAtCompound { return word }
        if reservedWord() != nil, reservedWord() != .time { throw unexpected("a word") }
        // To bash all up to `]` belongs to this word too.
        if isAtSubscriptedName { throw unexpected("a word without a subscript") }
        position = start
        nodes = nodesBefore
        return nil
    }

    private mutating func parseCoprocessCommand() throws(Stop) -> Command {
        if text[position] == 0x28 { return .compound(try parseParenthesized()) }
        if let word = reservedWord(), word.startsCompound {
            return .compound(try parseCompound(word))
        }
        return try parseSimpleCommand()
    }

    private var isAtCompound: Bool {
        text[position] == 0x28 || reservedWord()?.startsCompound == true
    }
}

extension ReservedWord {
    var startsCompound: Bool {
        switch self {
        case .if, .for, .while, .until, .select, .case, .openBrace, .openConditional: true
        default: false
        }
    }
}

extension ShellText {
    /// A name as POSIX XBD 3.216 has it.
    var isName: Bool {
        guard let first = utf8.first, first.isNameStart else { return false }
        return utf8.allSatisfy(\.isName)
    }
}
