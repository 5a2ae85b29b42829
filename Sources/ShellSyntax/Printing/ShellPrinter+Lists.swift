// Lists, and-or lists, pipelines.

extension ShellPrinter {
    mutating func write(_ list: CommandList) {
        var last: ListTerminator?
        for item in list.items {
            if let last { separate(mayBreak: last != .none) }
            write(item.andOr)
            switch item.terminator {
            case .none: break
            case .semicolon: append(";")
            case .ampersand: append(" &")
            case .newline: endLine()
            }
            last = item.terminator
        }
    }

    /// Writes a list between two reserved words.
    mutating func write(_ opening: String, _ list: CommandList) {
        append(opening)
        separate(mayBreak: true)
        write(list)
        separate(behind: list)
    }

    /// A blank, or a line feed where it is no terminator that the list does not have.
    mutating func separate(behind list: CommandList) {
        separate(mayBreak: list.items.last?.terminator != ListTerminator.none)
    }

    /// Writes a list between an opening parenthesis that was written and its twin.
    ///
    /// - Parameters:
    ///   - list: What stands between.
    ///   - isSubstitution: Whether no here-document may be pending behind it.
    mutating func writeClosed(_ list: CommandList, isSubstitution: Bool) {
        join()
        // `((` and `$((` begin arithmetic.
        if list.beginsWithParenthesis { output.append(0x20) }
        if isSubstitution { writeText(list) } else { write(list) }
        if mustEndLine || (isSubstitution && !pending.isEmpty) { endLine() }
        append(")")
    }

    private mutating func write(_ andOr: AndOrList) {
        write(andOr.first)
        for member in andOr.rest {
            append(member.operator == .and ? " &&" : " ||")
            separate(mayBreak: true)
            write(member.pipeline)
        }
    }

    private mutating func write(_ pipeline: Pipeline) {
        for (index, prefix) in pipeline.prefixes.enumerated() {
            if index > 0 { separate() }
            switch prefix {
            case .negation: append("!")
            case .time(let isPOSIX): append(isPOSIX ? "time -p" : "time")
            }
        }
        if case .time? = pipeline.prefixes.last, pipeline.beginsWithTimeOption { append(" --") }
        if !pipeline.prefixes.isEmpty, !pipeline.commands.isEmpty { separate() }
        for (index, command) in pipeline.commands.enumerated() {
            if index > 0 {
                append(pipeline.operators[index - 1] == .output ? " |" : " |&")
                separate(mayBreak: true)
            }
            write(command)
        }
    }
}

extension CommandList {
    fileprivate var beginsWithParenthesis: Bool {
        guard let pipeline = items.first?.andOr.first, pipeline.prefixes.isEmpty,
            case .compound(let command)? = pipeline.commands.first
        else { return false }
        switch command.body {
        case .subshell, .arithmetic: return true
        case .braceGroup, .forLoop, .caseClause, .ifClause, .whileLoop, .untilLoop, .selectLoop,
            .arithmeticFor, .conditional:
            return false
        }
    }
}

extension Pipeline {
    /// Whether the name of the command is what `time` would take for its own option.
    fileprivate var beginsWithTimeOption: Bool {
        guard case .simple(let command)? = commands.first, command.assignments.isEmpty,
            let name = command.words.first?.literal
        else { return false }
        return name == "-p" || name == "--"
    }
}
