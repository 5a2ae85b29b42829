// Lists, and-or lists, pipelines (POSIX XCU 2.9.2, 2.9.3).

extension Parser {
    /// Reads a list that goes on over lines, up to what cannot start a command: a reserved word
    /// that ends a construct, `)`, `;;`, the end.
    mutating func parseCompoundList(allowsEmpty: Bool) throws(Stop) -> CommandList {
        try skipNewlines()
        let start = position
        var items: [ListItem] = []
        while !(try isAtListEnd()) {
            let andOr = try parseAndOrList()
            let end = position
            skipBlanks()
            let terminator = try parseTerminator()
            items.append(ListItem(andOr: andOr, terminator: terminator))
            if terminator == .none {
                guard try isAtListEnd(), acceptsReservedWord || !isAtReservedWord else {
                    throw unexpected("the end of the command")
                }
                position = max(position, end)
                break
            }
            try skipNewlines()
        }
        if items.isEmpty, !allowsEmpty { throw unexpected("a command") }
        return CommandList(items: items, range: range(from: start))
    }

    private mutating func parseTerminator() throws(Stop) -> ListTerminator {
        switch text[position] {
        case 0x0A where position < count:
            try consumeNewline()
            acceptsReservedWord = true
            return .newline
        case 0x3B:
            if text[following(position)] == 0x3B || isAtFallThrough { return .none }
            position += 1
            acceptsReservedWord = true
            return .semicolon
        case 0x26 where text[following(position)] != 0x26:
            position += 1
            acceptsReservedWord = true
            return .ampersand
        default:
            return .none
        }
    }

    /// Whether what stands here ends a list.
    private mutating func isAtListEnd() throws(Stop) -> Bool {
        try expandAliases()
        while text[position] == 0x0A {
            // An alias stood there for nothing, or for a comment.
            try skipNewlines()
            try expandAliases()
        }
        return switch text[position] {
        case 0x00: position >= count
        case 0x29: true
        case 0x3B: text[following(position)] == 0x3B || isAtFallThrough
        default: reservedWord()?.endsList ?? false
        }
    }

    /// Whether `;&` stands here in a dialect that has it.
    var isAtFallThrough: Bool {
        features.contains(.caseFallThrough) && text[following(position)] == 0x26
    }

    private var isAtReservedWord: Bool { reservedWord() != nil }

    mutating func parseAndOrList() throws(Stop) -> AndOrList {
        let first = try parsePipeline()
        var rest: [AndOrMember] = []
        while true {
            skipBlanks()
            let start = position
            let byte = text[position]
            guard byte == 0x26 || byte == 0x7C, text[following(position)] == byte else { break }
            position = following(position) + 1
            let isAnd = byte == 0x26
            open(.operator(isAnd ? "&&" : "||"), at: start)
            try skipNewlines()
            let pipeline = try parsePipeline()
            close()
            rest.append(AndOrMember(operator: isAnd ? .and : .or, pipeline: pipeline))
        }
        return AndOrList(first: first, rest: rest)
    }

    private mutating func parsePipeline() throws(Stop) -> Pipeline {
        try countNode()
        skipBlanks()
        let start = position
        let prefixes = try parsePrefixes()
        var operators: [PipeOperator] = []
        if let last = prefixes.last, isAtPipelineEnd(behind: last) {
            acceptsReservedWord = false
            return Pipeline(
                prefixes: prefixes,
                commands: [],
                operators: [],
                range: range(from: start)
            )
        }
        var commands = [try parseCommand()]
        while true {
            skipBlanks()
            let operatorStart = position
            guard text[position] == 0x7C else { break }
            let next = following(position)
            guard text[next] != 0x7C else { break }
            let joinsErrors = text[next] == 0x26 && features.contains(.pipeOfBoth)
            position = joinsErrors ? next + 1 : position + 1
            open(.operator(joinsErrors ? "|&" : "|"), at: operatorStart)
            let lines = try countNewlines()
            // bash takes `time` for a word behind `|` and on the line behind it.
            if lines > (joinsErrors ? 0 : 1), reservedWord() == .time {
                throw unexpected("a command")
            }
            commands.append(try parseCommand())
            close()
            operators.append(joinsErrors ? .outputAndError : .output)
        }
        return Pipeline(
            prefixes: prefixes,
            commands: commands,
            operators: operators,
            range: range(from: start).through(commands[commands.count - 1].range)
        )
    }

    /// Goes behind line feeds and says how many there were.
    private mutating func countNewlines() throws(Stop) -> Int {
        var lines = 0
        while true {
            skipBlanks()
            guard position < count, text[position] == 0x0A else { return lines }
            try consumeNewline()
            lines += 1
        }
    }

    /// Of bash: `!` and `time` need no command behind them.
    private func isAtPipelineEnd(behind prefix: PipelinePrefix) -> Bool {
        guard features.contains(.repeatedNegation) else { return false }
        switch text[position] {
        case 0x0A: return true
        case 0x00: return position >= count
        case 0x3B: return text[following(position)] != 0x3B && !isAtFallThrough
        case 0x29:
            // Only of `time`, and only where the parenthesis closes a substitution.
            switch openConstructs.last?.kind {
            case .commandSubstitution, .processSubstitution: return prefix != .negation
            default: return false
            }
        default: return false
        }
    }

    private mutating func parsePrefixes() throws(Stop) -> [PipelinePrefix] {
        var prefixes: [PipelinePrefix] = []
        while true {
            try expandAliases()
            switch reservedWord() {
            case .bang where prefixes.isEmpty || features.contains(.repeatedNegation):
                position = endOfReservedWord(position)
                prefixes.append(.negation)
            case .time where !options.isPOSIX || !isBeforeOption(endOfReservedWord(position)):
                position = endOfReservedWord(position)
                prefixes.append(.time(isPOSIX: skipTimeOptions()))
            default:
                return prefixes
            }
            try countNode()
            skipBlanks()
        }
    }

    /// Whether a `-` is the next byte that is no blank; `time` is an ordinary word there in POSIX
    /// mode.
    private func isBeforeOption(_ offset: Int) -> Bool {
        var offset = offset
        while text[offset].isBlank { offset += 1 }
        return text[offset] == 0x2D
    }

    /// Goes behind `-p` and `--` of `time`.
    private mutating func skipTimeOptions() -> Bool {
        var isPOSIX = false
        skipBlanks()
        if takeOption(0x70) {
            isPOSIX = true
            skipBlanks()
        }
        if takeOption(0x2D) { skipBlanks() }
        return isPOSIX
    }

    private mutating func takeOption(_ letter: UInt8) -> Bool {
        let second = following(position)
        guard text[position] == 0x2D, text[second] == letter, text[following(second)].endsWord
        else { return false }
        position = following(second)
        return true
    }
}
