import ShellSyntax

/// A complete command, and the options under which it was read.
struct ReadCommand {
    let list: CommandList
    let options: ShellOptions

    /// Those of a text that is accepted; nil of another one.
    static func all(of text: some Collection<UInt8>, _ dialect: Dialect) -> [ReadCommand]? {
        var parser = Parser(text, dialect: dialect)
        var settings = ShellSettings(dialect)
        var commands: [ReadCommand] = []
        while true {
            let options = settings.options
            switch parser.next(options: options, aliases: settings.aliases) {
            case .command(let list):
                settings.follow(list)
                commands.append(ReadCommand(list: list, options: options))
            case .end: return commands
            case .error, .incomplete: return nil
            }
        }
    }

    /// How what the printer makes of the command differs from it when it is read; nil where it
    /// does not.
    func difference(_ dialect: Dialect) -> String? {
        let printed = ShellPrinter.text(of: list)
        var parser = Parser(printed.utf8, dialect: dialect)
        let outcome = parser.next(options: options, aliases: AliasTable())
        guard case .command(let again) = outcome else { return "`\(printed)`: \(outcome)" }
        let tree = TreeOutline.text(of: list, lines: nil)
        let treeAgain = TreeOutline.text(of: again, lines: nil)
        guard tree == treeAgain else { return "`\(printed)`\n\(tree)\n\(treeAgain)" }
        // The outline leaves out the blanks of arithmetic.
        let twice = ShellPrinter.text(of: again)
        guard twice == printed else { return "`\(printed)` and `\(twice)`" }
        let end = parser.next(options: options, aliases: AliasTable())
        return end == .end ? nil : "`\(printed)`: \(end) behind it"
    }
}
