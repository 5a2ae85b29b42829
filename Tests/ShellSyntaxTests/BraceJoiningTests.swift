import ShellSyntax
import Testing

/// bash expands braces in the text, before it looks for parameters and tildes.
@Suite struct `braces that join names` {
    @Test(arguments: [
        "$x{1,2}", "$x{1..2}", "{a,$x}b", "$x{,b}c", "~{a,b}", "{~,a}", "{$,b}c", "{$,b}'c'",
        "a=:~{b,c}",
        "$x{a,{b,1}}",
    ])
    func `are a deferred error`(_ word: String) {
        #expect(word.secondWord?.isDeferred == true)
    }

    @Test(arguments: [
        "${x}{1,2}", "$x{,.b}", "$1{a,b}", "$x\"\"{a,b}", "\"$x\"{1,2}", "{a,${x}}b", "{a,$x}/b",
        "~/{a,b}", "a{~,b}", "'$'{a,b}", "$x{a", "$x{}", "~x",
    ])
    func `are none where nothing is joined`(_ word: String) {
        #expect(word.secondWord?.isDeferred == false)
    }
}

extension String {
    /// Read as the argument of a command.
    fileprivate var secondWord: Word? {
        let program = Program("p \(self)".utf8, dialect: .bash)
        guard
            case .simple(let command)? = program.commands.first?.items.first?.andOr.first.commands
                .first
        else { return nil }
        return command.words.last
    }
}

extension Word {
    fileprivate var isDeferred: Bool {
        parts.contains { if case .deferredError = $0 { true } else { false } }
    }
}
