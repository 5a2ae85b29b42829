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
        var command = PendingCommand(end: start)
        while true {
            if let redirection = try parseRedirection() {
                command.append(redirection, features)
            } else {
                guard isAtWord else { break }
                if try takeAlias(in: command) { continue }
                if let assignment = try parseLeadingAssignment(in: command) {
                    command.assignments.append(assignment)
                } else {
                    let word = try parseWord(in: &command)
                    if command.isEmpty, text[spaceless(position)] == 0x28 {
                        skipBlanks()
                        return .function(try parseFunction(named: word, at: start))
                    }
                    command.append(word)
                }
            }
            command.end = position
            skipBlanks()
        }
        guard command.end > start else { throw unexpected("a command") }
        acceptsReservedWord = false
        return .simple(
            SimpleCommand(
                assignments: command.assignments,
                words: command.words,
                redirections: command.redirections,
                range: range(start, command.end)
            )
        )
    }

    /// What was read of a simple command.
    private struct PendingCommand {
        var assignments: [Assignment] = []
        var words: [Word] = []
        var redirections: [Redirection] = []
        /// To bash no command starts behind an assignment and a redirection: it reads no subscripts
        /// and no arrays there, and looks for no alias.
        var startsCommand = true
        /// Whether an argument may be `name=(…)`.
        var takesArrays = false
        var end: Int

        init(end: Int) { self.end = end }

        var isEmpty: Bool { assignments.isEmpty && words.isEmpty && redirections.isEmpty }

        mutating func append(_ word: Word) {
            // As many as most commands have.
            if words.isEmpty { words.reserveCapacity(6) }
            words.append(word)
        }

        mutating func append(_ redirection: Redirection, _ features: Dialect.FeatureSet) {
            redirections.append(redirection)
            startsCommand = assignments.isEmpty || !features.contains(.arrays)
            takesArrays = false
        }
    }

    private mutating func parseLeadingAssignment(in command: PendingCommand) throws(Stop)
        -> Assignment?
    {
        guard command.words.isEmpty else { return nil }
        return try parseAssignment(takesSubscripts: command.startsCommand)
    }

    /// Puts the text of an alias in the place of its name; the first word of all was looked up
    /// already.
    private mutating func takeAlias(in command: PendingCommand) throws(Stop) -> Bool {
        guard !command.isEmpty else { return false }
        let startsCommand = command.words.isEmpty && command.startsCommand
        guard try expandAlias(startsCommand: startsCommand) else { return false }
        skipBlanks()
        return true
    }

    private mutating func parseWord(in command: inout PendingCommand) throws(Stop) -> Word {
        let start = position
        let startsCommand = command.words.isEmpty && command.startsCommand
        // To bash, the operator at its beginning ends what `declare` takes.
        if text[start] == 0x3C || text[start] == 0x3E { command.takesArrays = false }
        let word =
            startsCommand && isAtSubscriptedName
            ? try parseSubscriptedWord(nameEnd: endOfName(start))
            : try parseWord(command.takesArrays ? .declaredArgument : .argument)
        try demandPlainDescriptor(start, position)
        if command.words.isEmpty {
            command.takesArrays =
                startsCommand && features.contains(.arrays) && takesAssignments(start, position)
        }
        return word
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
        var packed: UInt64 = 0
        var shift: UInt64 = 0
        var offset = start
        while offset < end {
            guard shift < 64 else { return false }
            packed |= UInt64(text[offset]) << shift
            shift += 8
            offset = following(offset)
        }
        // Compared one by one, which takes less than hashing.
        return Self.assigning.contains(packed)
    }

    private static let assigning =
        ["alias", "declare", "export", "local", "readonly", "typeset", "eval", "let"]
        .map { ReservedWord.packed($0.utf8) }
}
