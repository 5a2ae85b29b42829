import ShellSyntax
import Testing

/// Single quotes in `"${name:-'…'}"` quote nothing, though bash looks for their twin.
@Suite struct `single quotes in an operand in double quotes` {
    @Test(arguments: ["`rm`", "$(rm)"])
    func `hide no substitution`(_ substitution: String) throws {
        let program = Program("echo \"${a:-'\(substitution)'}\"".utf8, dialect: .bash)
        var tree = ""
        dump(program, to: &tree)

        #expect(program.status == .accepted)
        #expect(tree.contains("CommandSubstitution"))
    }

    @Test func `end a substitution that is open, which fails when it is expanded`() throws {
        let program = Program("echo \"${a:-'$('}\"; b".utf8, dialect: .bash)
        var tree = ""
        dump(program, to: &tree)

        #expect(program.status == .accepted)
        #expect(tree.contains("DeferredError"))
        #expect(program.commands.first?.items.count == 2)
    }
}
