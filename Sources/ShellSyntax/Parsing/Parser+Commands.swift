// One command: which kind it is, and the simple ones (POSIX XCU 2.9.1).

extension Parser {
    mutating func parseCommand() throws(Stop) -> Command {
        skipBlanks()
        try expandAliases()
        let start = position
        switch text[position] {
        case 0x28:
            try enter()
            defer { leave() }
            return .compound(try parseParenthesized())
        case 0x21, 0x5B, 0x5D, 0x7B, 0x7D, 0x63...0x77:
            guard let word = reservedWord() else { break }
            if let command = try parseReserved(word, at: start) { return command }
        default: break
        }
        return try parseSimpleCommand()
    }

    /// Puts the text of aliases in the place of the first word, again and again.
    mutating func expandAliases() throws(Stop) {
        guard options.expandsAliases, !aliases.isEmpty else { return }
        while !features.contains(.aliasesAfterReservedWords) || reservedWord() == nil {
            guard try expandAlias() else { return }
            skipBlanks()
        }
    }

    private mutating func parseReserved(
        _ word: ReservedWord,
        at start: Int
    ) throws(Stop) -> Command? {
        switch word {
        case .time:
            // Behind `|` it is an ordinary word.
            return nil
        case .bang, .then, .elif, .else, .fi, .do, .done, .esac, .in, .closeBrace,
            .closeConditional:
            throw unexpected("a command")
        case .function:
            try enter()
            defer { leave() }
            return .function(try parseKeywordFunction())
        case .coproc:
            try enter()
            defer { leave() }
            return .coprocess(try parseCoprocess())
        case .if, .for, .while, .until, .select, .case, .openBrace, .openConditional:
            try enter()
            defer { leave() }
            return .compound(try parseCompound(word))
        }
    }

    // MARK: simple commands

    private mutating func parseSimpleCommand() throws(Stop) -> Command {
        try countNode()
        let start = position
        var assignments: [Assignment] = []
        var words: [Word] = []
        var redirections: [Redirection] = []
        var takesArrays = false
        var end = start
        while true {
            if let redirection = try parseRedirection() {
                redirections.append(redirection)
                end = position
                skipBlanks()
                continue
            }
            guard isAtWord else { break }
            if words.isEmpty {
                if let assignment = try parseAssignment() {
                    assignments.append(assignment)
                    end = position
                    skipBlanks()
                    continue
                }
                if !assignments.isEmpty || !redirections.isEmpty, try expandAlias() {
                    skipBlanks()
                    continue
                }
            } else if followsExpandingAlias, try expandAlias() {
                skipBlanks()
                continue
            }
            let wordStart = position
            let word =
                words.isEmpty && isAtSubscriptedName
                ? try parseSubscriptedWord(nameEnd: endOfName(position))
                : try parseWord(takesArrays ? .declaredArgument : .argument)
            end = position
            if words.isEmpty {
                skipBlanks()
                if text[position] == 0x28, assignments.isEmpty, redirections.isEmpty {
                    return .function(try parseFunction(named: word, at: start))
                }
                takesArrays = features.contains(.arrays) && takesAssignments(wordStart, end)
            }
            words.append(word)
            skipBlanks()
        }
        guard end > start else { throw unexpected("a command") }
        acceptsReservedWord = false
        return .simple(
            SimpleCommand(
                assignments: assignments,
                words: words,
                redirections: redirections,
                range: range(start, end)
            )
        )
    }

    /// Whether a word starts here.
    var isAtWord: Bool {
        let byte = text[position]
        if !byte.endsWord { return true }
        return isAtProcessSubstitution
    }

    var isAtProcessSubstitution: Bool { isProcessSubstitution(position) }

    func isProcessSubstitution(_ offset: Int) -> Bool {
        let byte = text[offset]
        return (byte == 0x3C || byte == 0x3E) && features.contains(.processSubstitution)
            && !options.isPOSIX && text[following(offset)] == 0x28
    }

    /// Whether a command with this name takes `name=(…)` among its arguments, as bash decides while
    /// it reads: the built-ins that assign, spelled without quotes, and `eval` and `let`.
    private func takesAssignments(_ start: Int, _ end: Int) -> Bool {
        let length = end - start
        guard length >= 3, length <= 8 else { return false }
        return Self.assigning.contains(ReservedWord.packed(text[start..<end]))
    }

    private static let assigning = Set(
        ["alias", "declare", "export", "local", "readonly", "typeset", "eval", "let"]
            .map { ReservedWord.packed($0.utf8) }
    )

    // MARK: functions and coprocesses

    private mutating func parseFunction(named name: Word, at start: Int) throws(Stop)
        -> FunctionDefinition
    {
        guard features.contains(.anyFunctionName) || name.literal.map(\.isName) == true else {
            throw unexpected("the end of the command")
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

    private mutating func expectParentheses() throws(Stop) {
        position += 1
        skipBlanks()
        guard text[position] == 0x29 else { throw unexpected("`)`") }
        position += 1
    }

    private mutating func parseKeywordFunction() throws(Stop) -> FunctionDefinition {
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
    private func spaceless(_ offset: Int) -> Int {
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

    private mutating func parseCoprocess() throws(Stop) -> Coprocess {
        let start = position
        position = endOfReservedWord(position)
        open(.coprocess, at: start)
        skipBlanks()
        var name: Word?
        if !isAtCompound, isAtWord {
            let wordStart = position
            let nodesBefore = nodes
            let word = try parseWord(.argument)
            skipBlanks()
            if isAtCompound, word.literal?.isAssignment != true {
                name = word
            } else {
                position = wordStart
                nodes = nodesBefore
            }
        }
        let command = try parseCoprocessCommand()
        close()
        return Coprocess(name: name, command: command, range: range(from: start))
    }

    private mutating func parseCoprocessCommand() throws(Stop) -> Command {
        if text[position] == 0x28 { return .compound(try parseParenthesized()) }
        if let word = reservedWord(), word.startsCompound {
            return .compound(try parseCompound(word))
        }
        if let word = reservedWord(), word != .time { throw unexpected("a command") }
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

    /// `name=` and more.
    fileprivate var isAssignment: Bool {
        guard let equals = utf8.firstIndex(of: 0x3D) else { return false }
        return ShellText(Array(utf8[..<equals])).isName
    }
}
