// Compound commands (POSIX XCU 2.9.4; bash manual, *Compound Commands*).

extension Parser {
    /// Reads a compound command whose first reserved word stands here.
    mutating func parseCompound(_ word: ReservedWord) throws(Stop) -> CompoundCommand {
        try countNode()
        let start = position
        position = endOfReservedWord(position)
        open(.compoundCommand(ShellText(word.rawValue)), at: start)
        let body: CompoundBody
        switch word {
        case .openBrace:
            body = .braceGroup(try parseCompoundList(allowsEmpty: false))
            try expect(.closeBrace)
        case .if:
            body = .ifClause(try parseIf())
        case .while:
            body = .whileLoop(try parseConditionLoop())
        case .until:
            body = .untilLoop(try parseConditionLoop())
        case .for:
            body = try parseFor()
        case .select:
            body = .selectLoop(try parseForLoop())
        case .case:
            body = .caseClause(try parseCase())
        case .openConditional:
            body = .conditional(try parseConditional())
        default:
            preconditionFailure("`\(word)` begins no compound command")
        }
        close()
        return try finish(body, at: start)
    }

    private mutating func finish(_ body: CompoundBody, at start: Int) throws(Stop)
        -> CompoundCommand
    {
        acceptsReservedWord = true
        let redirections = try parseRedirections()
        return CompoundCommand(
            body: body,
            redirections: redirections,
            range: range(from: start)
        )
    }

    /// Reads a subshell, or of bash an arithmetic command.
    mutating func parseParenthesized() throws(Stop) -> CompoundCommand {
        try countNode()
        let start = position
        let next = following(position)
        if text[next] == 0x28, features.contains(.arithmeticCommand) {
            let isKnown = notArithmetic.contains(next + 1)
            let arithmetic = try parseArithmetic(
                openedAt: start,
                from: next + 1,
                joinsLines: false
            )
            if let arithmetic { return try finish(.arithmetic(arithmetic), at: start) }
            // bash, going back to read a subshell, loses the line feed.
            if !isKnown,
                text[position + 1] == 0x0A || skippingContinuations(position + 1) > position + 1
            {
                position += 1
                throw unexpected("`)`")
            }
        }
        position = start + 1
        open(.compoundCommand("("), at: start)
        let list = try parseCompoundList(allowsEmpty: false)
        guard text[position] == 0x29 else { throw unexpected("`)`") }
        position += 1
        close()
        return try finish(.subshell(list), at: start)
    }

    private mutating func parseIf() throws(Stop) -> IfClause {
        var branches: [IfClause.Branch] = []
        var otherwise: CommandList?
        while true {
            let condition = try parseCompoundList(allowsEmpty: false)
            try expect(.then)
            let body = try parseCompoundList(allowsEmpty: false)
            branches.append(IfClause.Branch(condition: condition, body: body))
            if reservedWord() == .elif {
                position = endOfReservedWord(position)
                continue
            }
            if reservedWord() == .else {
                position = endOfReservedWord(position)
                otherwise = try parseCompoundList(allowsEmpty: false)
            }
            try expect(.fi)
            return IfClause(branches: branches, otherwise: otherwise)
        }
    }

    private mutating func parseConditionLoop() throws(Stop) -> ConditionLoop {
        let condition = try parseCompoundList(allowsEmpty: false)
        try expect(.do)
        let body = try parseCompoundList(allowsEmpty: false)
        try expect(.done)
        return ConditionLoop(condition: condition, body: body)
    }

    // MARK: case

    private mutating func parseCase() throws(Stop) -> CaseClause {
        skipBlanks()
        try expandAliasesOfNextWord()
        guard isAtWord else { throw unexpected("a word") }
        let subject = try parseWord(.assignmentValue)
        try skipNewlines()
        try expect(.in)
        var items: [CaseItem] = []
        while true {
            try skipNewlines()
            if reservedWord() == .esac { break }
            let item = try parseCaseItem()
            items.append(item)
            if item.ending == .none { break }
        }
        try expect(.esac)
        return CaseClause(subject: subject, items: items)
    }

    private mutating func parseCaseItem() throws(Stop) -> CaseItem {
        try countNode()
        let start = position
        if text[position] == 0x28 {
            position += 1
            skipBlanks()
        }
        var patterns: [Word] = []
        try expandAliasesOfNextWord()
        while true {
            guard isAtWord, !isAtBraceOfGroup else { throw unexpected("a pattern") }
            patterns.append(try parseWord(.pattern))
            skipBlanks()
            guard text[position] == 0x7C else { break }
            position += 1
            skipBlanks()
        }
        guard text[position] == 0x29 else { throw unexpected("`)`") }
        position += 1
        acceptsReservedWord = true
        let list = try parseCompoundList(allowsEmpty: true)
        let ending = takeCaseEnding()
        return CaseItem(
            patterns: patterns,
            list: list,
            ending: ending,
            range: range(from: start)
        )
    }

    /// bash takes a `}` for the end of a group that is open, even where a pattern stands.
    private var isAtBraceOfGroup: Bool {
        reservedWord() == .closeBrace && features.contains(.caseFallThrough)
            && openConstructs.contains { $0.kind == .compoundCommand("{") }
    }

    private mutating func takeCaseEnding() -> CaseItem.Ending {
        guard text[position] == 0x3B else { return .none }
        let second = following(position)
        if text[second] == 0x26, features.contains(.caseFallThrough) {
            position = second + 1
            return .fallThrough
        }
        guard text[second] == 0x3B else { return .none }
        let third = following(second)
        if text[third] == 0x26, features.contains(.caseFallThrough) {
            position = third + 1
            return .testNext
        }
        position = second + 1
        return .leave
    }
}
