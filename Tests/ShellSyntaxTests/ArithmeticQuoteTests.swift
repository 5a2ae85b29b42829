import ShellSyntax
import Testing

/// What bash 5.2 runs though it stands in quotes; each was tried with it.
@Suite struct `quotes that quote nothing` {
    @Test(arguments: [
        "echo $(( '$(rm)' ))", "echo \"$(( '`rm`' ))\"", "(( '$(rm)' ))", "echo $[ '$(rm)' ]",
        "echo ${a:'$(rm)':1}", "echo \"${a:'$(rm)'}\"", "for ((a='$(rm)'; 0; )); do b; done",
        "echo ${a['$(rm)']}", "echo \"${a['$(rm)']}\"", "echo ${#a['$(rm)']}", "a['$(rm)']=1",
        "a=(['$(rm)']=1)", "a['b$(rm)c']=1 d", "`echo $(( '$(rm)' ))`", "echo \"${a:-'$(rm)'}\"",
    ])
    func `hide no command from a visitor`(text: String) {
        var names = CommandNames()
        names.visit(.accepted(text))

        #expect(names.all.contains("rm"))
    }

    @Test(arguments: ["a[$'\\x24(rm)']=1", "echo ${a[$'\\x24(rm)']}", "a=([$'\\x60rm\\x60']=1)"])
    func `defer what would have to be decoded`(text: String) {
        var names = CommandNames()
        names.visit(.accepted(text))

        #expect(names.deferredErrors == 1)
    }

    @Test(arguments: [
        "echo \"${a:-$'\\x24(rm)'}\"", "echo \"${a:=${b:-$'\\x24(rm)'}}\"", "echo $(( $'1' ))",
        "echo \"${a:$'\\x31'}\"", "echo \"${a:-$\\\n'$(rm)'}\"", "echo \"${a:-$'}'}\"",
    ])
    func `refuse it where bash leaves the quotes away`(text: String) {
        #expect(Program(text.utf8, dialect: .bash).status == .rejected)
    }

    @Test func `leave a key in quotes one word`() throws {
        let program = Program.accepted("a['b c']=1")
        guard
            case .simple(let command)? = program.commands.first?.items.first?.andOr.first.commands
                .first
        else { throw NoSimpleCommand() }

        let word = try #require(command.assignments.first?.subscripting?.word)
        #expect(word.parts.count == 1)
        guard case .singleQuoted(let key) = word.parts[0] else { throw NoSimpleCommand() }
        #expect(key.text == "b c")
    }
}

private struct NoSimpleCommand: Error {}

private struct CommandNames: SyntaxVisitor {
    var all: [ShellText] = []
    var deferredErrors = 0

    mutating func visit(_ command: SimpleCommand) {
        if let name = command.words.first?.literal { all.append(name) }
        visitChildren(of: command)
    }

    mutating func visit(_ error: DeferredError) { deferredErrors += 1 }
}
