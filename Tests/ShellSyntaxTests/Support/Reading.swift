import ShellSyntax
import Testing

extension Program {
    /// What a text is read as; a text that is not accepted fails the test.
    static func accepted(
        _ text: String,
        _ dialect: Dialect = .bash,
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> Program {
        let program = Program(text.utf8, dialect: dialect)
        #expect(
            program.status == .accepted,
            "\(program.errors) \(String(describing: program.incomplete))",
            sourceLocation: sourceLocation
        )
        return program
    }
}
