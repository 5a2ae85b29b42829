import ShellSyntax

/// A script of ed, one command on each line.
struct EdCommands: EditorLanguage {
    static let edits = words("d p n l j m t k H h P q Q u z = x y")

    mutating func command(_ reader: inout EditorReader) {
        reader.skipRange()
        if reader.takesShell() { return reader.shell() }
        let name = reader.letter()
        switch name {
        case "": reader.endOfCommand()
        case "a", "i", "c": reader.textLines()
        case "s": reader.substitution(endsAtBar: false)
        case "g", "v":
            if reader.pattern() { command(&reader) } else { reader.giveUp() }
        case "r": reader.read()
        case "w", "W": reader.write()
        // `e` among them: what is written after it goes to the other file.
        default:
            if Self.edits.contains(name) { reader.simpleArguments() } else { reader.giveUp() }
        }
    }
}
