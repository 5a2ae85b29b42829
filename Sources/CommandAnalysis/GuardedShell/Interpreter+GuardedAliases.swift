import ShellSyntax

// Aliases: the parser expands them, so that what a line means with them is always seen. What is
// left is their names, and texts that only make sense together with what stands behind.

extension Interpreter {
    mutating func guardAliases(
        _ arguments: [Argument],
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        for argument in arguments {
            guard let word = argument.literal else {
                // Of a text that is not known yet the parser cannot expand anything either.
                emit(.commandDynamic, frame, program: "alias", at: range)
                continue
            }
            guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let name = ShellText(Array(word.utf8[..<equals]))
            if ShellVocabulary.isTaken(name) {
                emit(.commandName, frame, program: "alias", at: range)
            }
            let body = Array(word.utf8[word.utf8.index(after: equals)...])
            try guardAlias(body, state, frame, at: range)
        }
    }

    /// A body of more than one simple command is judged as if it ran now.
    ///
    /// All but the last of its commands runs whatever stands behind the alias. A blank at the end is
    /// left to the parser, which then expands the next word too.
    private mutating func guardAlias(
        _ body: [UInt8],
        _ state: ShellState,
        _ frame: Frame,
        at range: SourceRange
    ) throws(AnalysisProblem) {
        var parser = Parser(body, dialect: frame.dialect)
        var commands = 0
        var isSimple = true
        while true {
            switch parser.next(options: state.options, aliases: AliasTable()) {
            case .command(let list):
                commands += 1
                isSimple = isSimple && commands == 1 && list.isOneSimpleCommand
            case .error, .incomplete:
                emit(.aliasText, frame, program: "alias", at: range)
                return
            case .end:
                // A comment takes away what stands behind the alias.
                if isSimple, !body.contains(UInt8(ascii: "#")) { return }
                var other = state
                _ = try runNested(
                    AbstractText(ShellText(body)),
                    &other,
                    frame.wrapped(by: "alias"),
                    at: range
                )
                return
            }
        }
    }
}

extension CommandList {
    /// Whether it is a command of words alone, so that what stands behind are its arguments.
    fileprivate var isOneSimpleCommand: Bool {
        guard items.count == 1, items[0].terminator == .none, items[0].andOr.rest.isEmpty,
            items[0].andOr.first.commands.count == 1,
            case .simple(let command) = items[0].andOr.first.commands[0]
        else { return false }
        return command.redirections.isEmpty
    }
}
