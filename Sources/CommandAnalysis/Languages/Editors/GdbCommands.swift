import ShellSyntax

/// Commands of gdb, one on each line: `gdb -ex`.
struct GdbCommands: EditorLanguage {
    static let queries = words(
        """
        bt backtrace where info i frame f up down list l quit q detach continue c echo show help
        directory x display undisplay disassemble disas print p ptype whatis thread
        """
    )

    static let settings = words(
        "pagination confirm width height verbose print language charset"
    )

    mutating func command(_ reader: inout EditorReader) {
        if reader.takesShell() { return reader.shell() }
        let name = reader.word()
        switch name {
        case "": reader.endOfCommand()
        case "shell": reader.shell()
        case "python", "py", "pi": reader.python()
        case "gcore", "generate-core-file": reader.write()
        case "set":
            let what = reader.word()
            if Self.settings.contains(what) { reader.simpleArguments() } else { reader.giveUp() }
        case "call", "print", "p", "output", "inspect", "eval":
            // A call of a function of the program that is looked at.
            reader.expression()
        case "thread":
            if reader.word() == "apply" { threads(&reader) } else { reader.simpleArguments() }
        default:
            if Self.queries.contains(name) { reader.simpleArguments() } else { reader.giveUp() }
        }
    }

    /// Reads the command of `thread apply all`.
    private mutating func threads(_ reader: inout EditorReader) {
        reader.skipBlanks()
        reader.skip { !$0.isWhite }
        command(&reader)
    }
}
