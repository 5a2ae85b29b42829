import ShellSyntax
import Testing

/// What bash runs under aliases; each was tried with `bash -O expand_aliases`.
@Suite struct `an alias` {
    private func lines(
        _ text: String,
        _ aliases: [ShellText: ShellText],
        _ dialect: Dialect = .bash
    ) -> [[String]] {
        var table = AliasTable()
        for (name, value) in aliases { table[name] = value }
        var options = ShellOptions(dialect)
        options.expandsAliases = true
        var parser = Parser(text.utf8, dialect: dialect)
        var lines: [[String]] = []
        while case .command(let list) = parser.next(options: options, aliases: table) {
            for item in list.items {
                guard case .simple(let command) = item.andOr.first.commands.first else { continue }
                lines.append(command.words.map { $0.literal?.description ?? "…" })
            }
        }
        return lines
    }

    @Test func `stands for its words`() {
        #expect(lines("ll x", ["ll": "ls -l"]) == [["ls", "-l", "x"]])
        #expect(lines("ll;ll", ["ll": "ls -l"]) == [["ls", "-l"], ["ls", "-l"]])
    }

    @Test(arguments: ["\\ll", "'ll'", "l\"\"l", "x ll", "./ll", "A=ll"])
    func `stands for nothing where it is quoted, or no command`(_ text: String) {
        #expect(lines(text, ["ll": "rm"]).joined().contains("rm") == false)
    }

    @Test func `with a blank at its end has the next word looked up too`() {
        let aliases: [ShellText: ShellText] = ["sudo": "sudo ", "ll": "ls -l"]
        #expect(lines("sudo ll ll", aliases) == [["sudo", "ls", "-l", "ll"]])
    }

    @Test func `is not looked up in its own text`() {
        #expect(lines("ls a", ["ls": "ls -F"]) == [["ls", "-F", "a"]])
        #expect(lines("a", ["a": "b x", "b": "a y"]) == [["a", "y", "x"]])
    }

    @Test func `may open a quote that the line closes`() {
        #expect(lines("q b\" c", ["q": "echo \"a"]).first?.count == 3)
    }

    @Test func `may be a reserved word, or make one`() {
        #expect(lines("if x", ["if": "echo"]) == [["echo", "x"]])
        #expect(lines("if x", ["if": "echo"], .posix) == [])
        let group = Program(
            "shopt -s expand_aliases\nalias begin={ end=}\nbegin a; end\n".utf8,
            dialect: .bash
        )
        #expect(group.status == .accepted)
        #expect(group.commands.count == 3)
    }

    @Test func `is looked up behind assignments and redirections`() {
        #expect(lines("A=1 ll", ["ll": "ls -l"]) == [["ls", "-l"]])
        #expect(lines(">f ll", ["ll": "ls -l"]) == [["ls", "-l"]])
    }

    @Test func `holds from the next line on`() {
        let text = "shopt -s expand_aliases\nalias x=y; x\nx\nunalias x\nx\n"
        let program = Program(text.utf8, dialect: .bash)
        let words = program.commands.flatMap(\.items).compactMap { item -> String? in
            guard case .simple(let command) = item.andOr.first.commands.first else { return nil }
            return command.words.first?.literal?.description
        }
        #expect(words == ["shopt", "alias", "x", "y", "unalias", "x"])
    }

    @Test func `leaves what comes out of it where its name stands`() throws {
        var table = AliasTable()
        table["ll"] = "ls -l | cat"
        var options = ShellOptions(.bash)
        options.expandsAliases = true
        var parser = Parser("a; ll  x; b".utf8, dialect: .bash)
        guard case .command(let list) = parser.next(options: options, aliases: table) else {
            Issue.record("no command")
            return
        }
        let ranges = list.items.flatMap { $0.andOr.first.commands.map(\.range) }
        #expect(
            ranges == [
                SourceRange(0, 1), SourceRange(3, 5), SourceRange(3, 8), SourceRange(10, 11),
            ]
        )
    }

    @Test(arguments: [
        "echo $(ll)", "echo `ll`", "cat <(ll)", "cat <<E\n$(ll)\nE\n", "echo \"$(ll)\"",
    ])
    func `holds in what a substitution runs`(_ text: String) {
        var table = AliasTable()
        table["ll"] = "ls -l"
        var options = ShellOptions(.bash)
        options.expandsAliases = true
        var parser = Parser(text.utf8, dialect: .bash)
        guard case .command(let list) = parser.next(options: options, aliases: table) else {
            Issue.record("no command")
            return
        }
        #expect("\(list)".contains("text: ls,"), "\(list)")
    }
}
