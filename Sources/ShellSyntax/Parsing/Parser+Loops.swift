// `for` and `select` (POSIX XCU 2.9.4; bash manual, *Looping Constructs*).

extension Parser {
    mutating func parseFor() throws(Stop) -> CompoundBody {
        skipBlanks()
        let start = position
        let next = following(position)
        if text[position] == 0x28, text[next] == 0x28, features.contains(.arithmeticCommand) {
            return .arithmeticFor(try parseArithmeticFor(openedAt: start, from: next + 1))
        }
        return .forLoop(try parseForLoop())
    }

    mutating func parseForLoop() throws(Stop) -> ForLoop {
        skipBlanks()
        try expandAliasesOfNextWord()
        guard isAtWord else { throw unexpected("the name of a variable") }
        let name = try parseWord(.assignmentValue)
        guard features.contains(.anyFunctionName) || name.literal?.isName == true else {
            throw unexpected("the name of a variable")
        }
        var words: [Word]?
        skipBlanks()
        if text[position] == 0x3B {
            guard text[following(position)] != 0x3B else { throw unexpected("`do`") }
            position += 1
            try skipNewlines()
        } else {
            let nameEnd = position
            try skipNewlines()
            if reservedWord() == .in {
                position = endOfReservedWord(position)
                words = try parseForWords()
            } else if position == nameEnd, reservedWord() == .openBrace {
                throw unexpected("`do`")
            }
        }
        // Where `in` was read, `do` is a word like another one to bash.
        if words != nil { try expandAliases() }
        return ForLoop(name: name, words: words, body: try parseLoopBody())
    }

    private mutating func parseForWords() throws(Stop) -> [Word] {
        var words: [Word] = []
        skipBlanks()
        // Behind any `in` of a `case`, bash takes this word for its end.
        if isInCase, reservedWord() == .esac { throw unexpected("a word") }
        while true {
            skipBlanks()
            try expandAliasesOfNextWord()
            guard isAtWord, !isAtDescriptor else { break }
            words.append(try parseWord(.argument))
        }
        switch text[position] {
        case 0x3B where text[following(position)] != 0x3B: position += 1
        case 0x0A where position < count: break
        default: throw unexpected("`;` or the end of the line")
        }
        try skipNewlines()
        return words
    }

    /// Whether a `case` is around, in the same substitution.
    private var isInCase: Bool {
        guard features.contains(.caseFallThrough) else { return false }
        for construct in openConstructs.reversed() {
            switch construct.kind {
            case .compoundCommand("case"): return true
            case .commandSubstitution, .processSubstitution: return false
            default: continue
            }
        }
        return false
    }

    private mutating func parseLoopBody() throws(Stop) -> LoopBody {
        if features.contains(.bracedLoopBody), reservedWord() == .openBrace {
            position = endOfReservedWord(position)
            let list = try parseCompoundList(allowsEmpty: false)
            try expect(.closeBrace)
            return LoopBody(list: list, isBraced: true)
        }
        try expect(.do)
        let list = try parseCompoundList(allowsEmpty: false)
        try expect(.done)
        return LoopBody(list: list, isBraced: false)
    }

    private mutating func parseArithmeticFor(openedAt start: Int, from inner: Int) throws(Stop)
        -> ArithmeticForLoop
    {
        position = inner
        open(.arithmetic, at: start)
        var parts: [Arithmetic?] = []
        while true {
            let partStart = position
            let read = try parseQuotedParts(.arithmeticFor)
            try demandNoTranslation(read)
            let arithmetic = try makeArithmetic(read, range(from: partStart))
            if case .empty = arithmetic.reading {
                parts.append(nil)
            } else {
                parts.append(arithmetic)
            }
            guard text[position] == 0x3B, parts.count < 3 else { break }
            position += 1
        }
        guard parts.count == 3, text[position] == 0x29, text[position + 1] == 0x29 else {
            throw unexpected(parts.count == 3 ? "`))`" : "`;`")
        }
        position += 2
        close()
        skipBlanks()
        if text[position] == 0x3B, text[following(position)] != 0x3B { position += 1 }
        try skipNewlines()
        let body = try parseLoopBody()
        return ArithmeticForLoop(
            start: parts[0],
            condition: parts[1],
            step: parts[2],
            body: body
        )
    }
}
