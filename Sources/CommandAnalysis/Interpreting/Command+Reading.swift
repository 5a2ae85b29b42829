import ShellSyntax

// What a command does with what it reads, as far as its text tells.

extension Command {
    /// Whether it does nothing where there is nothing to read: a shell that runs it, a loop that reads
    /// lines; not what reads and goes on.
    func readsAsWhole(_ state: ShellState) -> Bool {
        switch self {
        case .simple(let command):
            let words = command.words.compactMap(\.parts.plainText)
            guard words.count == command.words.count, let name = words.first,
                state.functions[name] == nil
            else { return false }
            return !words.contains { $0 == "eval" || $0.mayBeOptionForText }
        case .compound(let command):
            guard case .whileLoop(let loop) = command.body else { return false }
            return loop.condition.readsLine
        case .function, .coprocess: return false
        }
    }

    /// Whether it is `xargs`, perhaps as somebody else.
    var dividesAtNull: Bool {
        guard case .simple(let command) = self else { return false }
        return command.words.prefix(3).contains { word in
            ["xargs", "gxargs"].contains(word.parts.plainText)
        }
    }
}

extension ShellText {
    /// Whether it may be the `-c` of a shell.
    fileprivate var mayBeOptionForText: Bool {
        utf8.first == UInt8(ascii: "-") && utf8.contains(UInt8(ascii: "c"))
    }
}
