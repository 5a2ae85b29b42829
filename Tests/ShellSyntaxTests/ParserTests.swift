import ShellSyntax
import Testing

@Suite struct `a parser that is pulled` {
    @Test func `gives one complete command at a time`() {
        var parser = Parser("a; b\n\nc".utf8, dialect: .bash)
        let options = ShellOptions(.bash)

        #expect(parser.next(options: options, aliases: AliasTable()).words == ["a", "b"])
        #expect(parser.next(options: options, aliases: AliasTable()).words == ["c"])
        #expect(parser.next(options: options, aliases: AliasTable()) == .end)
    }

    @Test func `reads each command under the options that hold then`() {
        var parser = Parser("echo @(a|b)\necho @(a|b)\n".utf8, dialect: .bash)
        var options = ShellOptions(.bash)
        options.extendedGlob = true

        guard case .command = parser.next(options: options, aliases: AliasTable()) else {
            Issue.record("extglob is on and the pattern is refused")
            return
        }
        options.extendedGlob = false
        guard case .error = parser.next(options: options, aliases: AliasTable()) else {
            Issue.record("extglob is off and the pattern is taken")
            return
        }
    }

    @Test func `goes on behind the line that cannot be read`() {
        var parser = Parser("a )\nb".utf8, dialect: .bash)
        let options = ShellOptions(.bash)

        guard case .error(let error) = parser.next(options: options, aliases: AliasTable()) else {
            Issue.record("a parenthesis without its twin is taken")
            return
        }
        #expect(error.description == "unexpected `)`, expected the end of the command")
        #expect(error.range == SourceRange(2, 3))
        #expect(parser.next(options: options, aliases: AliasTable()).words == ["b"])
    }
}

extension Parser.Outcome {
    /// The first words of the simple commands of a list.
    fileprivate var words: [String] {
        guard case .command(let list) = self else { return [] }
        return list.items.compactMap { item in
            guard case .simple(let command) = item.andOr.first.commands.first else { return nil }
            return command.words.first?.literal?.description
        }
    }
}
