// Simple commands, functions, coprocesses, and what they are made of.

extension ShellPrinter {
    mutating func write(_ command: Command) {
        switch command {
        case .simple(let command): write(command, isCoprocess: false)
        case .compound(let command): write(command)
        case .function(let definition): write(definition)
        case .coprocess(let coprocess): write(coprocess)
        }
    }

    private mutating func write(_ command: SimpleCommand, isCoprocess: Bool) {
        let redirections = command.redirections
        let (first, middle) = command.redirectionsInFront(endsLinesEarly, isCoprocess: isCoprocess)
        var isFirst = true
        write(redirections[..<first], &isFirst)
        for assignment in command.assignments {
            begin(&isFirst)
            write(assignment)
        }
        write(redirections[first..<(first + middle)], &isFirst)
        for word in command.words {
            begin(&isFirst)
            write(word)
        }
        write(redirections[(first + middle)...], &isFirst)
    }

    private mutating func begin(_ isFirst: inout Bool) {
        if !isFirst { separate() }
        isFirst = false
    }

    private mutating func write(
        _ redirections: ArraySlice<Redirection>,
        _ isFirst: inout Bool
    ) {
        for redirection in redirections {
            begin(&isFirst)
            write(redirection)
        }
    }

    private mutating func write(_ coprocess: Coprocess) {
        append("coproc ")
        if let name = coprocess.name {
            write(name)
            append(" ")
        }
        if case .simple(let command) = coprocess.command {
            write(command, isCoprocess: true)
        } else {
            write(coprocess.command)
        }
    }

    // MARK: functions

    private mutating func write(_ definition: FunctionDefinition) {
        if definition.form != .parentheses { append("function ") }
        write(definition.name)
        if definition.form != .keyword { append("()") }
        separate(mayBreak: true)
        if let command = definition.body.bareCommand {
            write(command)
        } else {
            write(definition.body)
        }
    }

    // MARK: redirections

    mutating func write(_ redirection: Redirection) {
        switch redirection.descriptor {
        case .number(let number): append(String(number))
        case .variable(let name): append("{\(name)}")
        case nil: break
        }
        append(redirection.operator.rawValue)
        switch redirection.target {
        case .word(let word):
            if !redirection.operator.touchesTarget || word.beginsWithSubstitution { append(" ") }
            write(word)
        case .hereDocument(let document):
            if redirection.operator == .hereDocument, document.delimiter.beginsWithMinus {
                append(" ")
            }
            write(document.delimiter)
            pending.append(
                PendingDocument(
                    document: document,
                    stripsTabs: redirection.operator == .hereDocumentStrippingTabs
                )
            )
        }
    }

    // MARK: assignments

    private mutating func write(_ assignment: Assignment) {
        append(assignment.name)
        if let subscripting = assignment.subscripting { write(subscripting) }
        append(assignment.appends ? "+=" : "=")
        switch assignment.value {
        case .word(let word): write(word)
        case .array(let array): write(array)
        }
    }

    mutating func write(_ array: ArrayLiteral) {
        append("(")
        join()
        for element in array.elements {
            separate(mayBreak: true)
            if let subscripting = element.subscripting {
                write(subscripting)
                append(element.appends ? "+=" : "=")
            }
            write(element.value)
        }
        if mustEndLine { endLine() }
        append(")")
    }

    mutating func write(_ subscripting: Subscript) {
        append("[")
        write(subscripting.word)
        append("]")
    }
}

extension SimpleCommand {
    /// How many redirections must stand in front of the assignments, and how many more in front of
    /// the words.
    ///
    /// `> x if` runs a program `if`, which is a reserved word without the redirection, and so is
    /// the second word of `coproc`; nor is `a[` the beginning of a subscript in `b= > x a[ c`. A
    /// backslash that ends the text quotes nothing, but would quote a blank. And where lines end
    /// early, the line feed inside of an array may be the only one that may stand.
    fileprivate func redirectionsInFront(_ endsLinesEarly: Bool, isCoprocess: Bool) -> (Int, Int) {
        let count = redirections.count
        let isReserved =
            assignments.isEmpty && words.prefix(isCoprocess ? 2 : 1).contains(where: \.isReserved)
        let needsOne =
            isReserved || (!assignments.isEmpty && words.first?.beginsWithBracket == true)
        if endsWithBackslash { return needsOne ? (0, count) : (count, 0) }
        if endsLinesEarly, hasArray, redirections.contains(where: \.isHereDocument) {
            return (count, 0)
        }
        guard needsOne else { return (0, 0) }
        return (0, min(1, redirections.last?.endsWithBackslash == true ? count - 1 : count))
    }

    private var endsWithBackslash: Bool {
        if let word = words.last { return word.endsWithBackslash }
        guard case .word(let word)? = assignments.last?.value else { return false }
        return word.endsWithBackslash
    }

    private var hasArray: Bool {
        words.contains(where: \.hasArray)
            || assignments.contains {
                switch $0.value {
                case .array: true
                case .word(let word): word.hasArray
                }
            }
    }
}

extension Redirection {
    fileprivate var isHereDocument: Bool {
        if case .hereDocument = target { true } else { false }
    }

    fileprivate var endsWithBackslash: Bool {
        switch target {
        case .word(let word): word.endsWithBackslash
        case .hereDocument(let document): document.delimiter.endsWithBackslash
        }
    }
}

extension CompoundCommand {
    /// The command that is the body of a function without being a compound command, as dash has it.
    fileprivate var bareCommand: Command? {
        guard case .braceGroup(let list) = body, list.items.count == 1,
            let item = list.items.first, item.terminator == .none,
            let command = item.andOr.first.commands.first
        else { return nil }
        switch command {
        case .simple: return command
        case .function(let definition):
            // Behind redirections no `}` could stand, and behind a bare command neither.
            let isBare = definition.body.bareCommand != nil
            return isBare || !definition.body.redirections.isEmpty ? command : nil
        case .compound, .coprocess: return nil
        }
    }
}

extension RedirectionOperator {
    /// Whether its word is written without a blank: `2>&1`.
    fileprivate var touchesTarget: Bool {
        switch self {
        case .duplicateInput, .duplicateOutput: true
        case .input, .output, .append, .clobber, .inputOutput, .hereDocument,
            .hereDocumentStrippingTabs, .hereString, .outputAndError, .appendOutputAndError:
            false
        }
    }
}

extension Word {
    /// Whether it begins with `name[` without that being the beginning of a subscript.
    fileprivate var beginsWithBracket: Bool {
        guard case .literal(let literal)? = parts.first,
            let bracket = literal.text.utf8.firstIndex(of: 0x5B),
            ShellText(literal.text.utf8[..<bracket]).isName
        else { return false }
        let isAlone = literal.text.utf8.index(after: bracket) == literal.text.utf8.endIndex
        return !isAlone || parts.count == 1
    }

    fileprivate var hasArray: Bool {
        parts.contains { if case .array = $0 { true } else { false } }
    }

    fileprivate var isReserved: Bool {
        literal.map { ReservedWord(rawValue: $0.description) != nil } ?? false
    }

    /// Whether the text ends with a backslash that quotes nothing, because nothing is behind it.
    fileprivate var endsWithBackslash: Bool {
        if case .literal(let literal)? = parts.last {
            literal.text.utf8.last == 0x5C
        } else {
            false
        }
    }

    fileprivate var beginsWithSubstitution: Bool {
        if case .processSubstitution? = parts.first { true } else { false }
    }

    /// Whether `<<` in front of it would be `<<-`.
    fileprivate var beginsWithMinus: Bool {
        if case .literal(let literal)? = parts.first {
            literal.text.utf8.first == 0x2D
        } else {
            false
        }
    }
}
