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
        while !keepsReservedWord {
            guard try expandAlias(startsCommand: true) else { return }
            skipBlanks()
        }
    }

    /// Whether a reserved word stands here that no alias can replace.
    private var keepsReservedWord: Bool {
        guard let word = reservedWord() else { return false }
        if options.isPOSIX || features.contains(.aliasesAfterReservedWords) { return true }
        return word == .closeBrace
            && openConstructs.contains { $0.kind == .compoundCommand("{") }
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

    mutating func parseSimpleCommand() throws(Stop) -> Command {
        try countNode()
        let start = position
        var assignments: [Assignment] = []
        var words: [Word] = []
        var redirections: [Redirection] = []
        var takesArrays = false
        // To bash no command starts behind an assignment and a redirection: it reads no subscripts and
        // no arrays there, and looks for no alias.
        var startsCommand = true
        var end = start
        while true {
            if let redirection = try parseRedirection() {
                redirections.append(redirection)
                startsCommand = assignments.isEmpty || !features.contains(.arrays)
                takesArrays = false
                end = position
                skipBlanks()
                continue
            }
            guard isAtWord else { break }
            if words.isEmpty {
                if let assignment = try parseAssignment(takesSubscripts: startsCommand) {
                    assignments.append(assignment)
                    end = position
                    skipBlanks()
                    continue
                }
                if !assignments.isEmpty || !redirections.isEmpty,
                    try expandAlias(startsCommand: startsCommand)
                {
                    skipBlanks()
                    continue
                }
            } else if try expandAlias(startsCommand: false) {
                skipBlanks()
                continue
            }
            let wordStart = position
            // To bash, the operator at its beginning ends what `declare` takes.
            if text[position] == 0x3C || text[position] == 0x3E { takesArrays = false }
            let word =
                words.isEmpty && startsCommand && isAtSubscriptedName
                ? try parseSubscriptedWord(nameEnd: endOfName(position))
                : try parseWord(takesArrays ? .declaredArgument : .argument)
            end = position
            try demandPlainDescriptor(wordStart, end)
            if words.isEmpty {
                skipBlanks()
                if text[position] == 0x28, assignments.isEmpty, redirections.isEmpty {
                    return .function(try parseFunction(named: word, at: start))
                }
                takesArrays =
                    startsCommand && features.contains(.arrays)
                    && takesAssignments(wordStart, end)
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
            && text[following(offset)] == 0x28
    }

    /// Whether a command with this name takes `name=(…)` among its arguments, as bash decides while
    /// it reads: the built-ins that assign, spelled without quotes, and `eval` and `let`.
    private func takesAssignments(_ start: Int, _ end: Int) -> Bool {
        var name: [UInt8] = []
        var offset = start
        while offset < end, name.count <= 8 {
            name.append(text[offset])
            offset = following(offset)
        }
        guard name.count >= 3, name.count <= 8 else { return false }
        return Self.assigning.contains(ReservedWord.packed(name))
    }

    private static let assigning = Set(
        ["alias", "declare", "export", "local", "readonly", "typeset", "eval", "let"]
            .map { ReservedWord.packed($0.utf8) }
    )
}
