import ShellSyntax
import TestSupport
import Testing

@Suite struct `the place of a node` {
    /// Inside of its parent, behind the node before, and there the text stands that made it.
    @Test(arguments: Dialect.allCases)
    func `is that of its text, all over the corpus`(dialect: Dialect) throws {
        var count = 0
        for text in try Corpus.texts where !text.contains("alias ") {
            var check = PlaceCheck(text.utf8)
            check.visit(Program(text.utf8, dialect: dialect))
            #expect(check.complaints.isEmpty, "\(text.debugDescription)")
            count += check.count
        }
        #expect(count > 10_000)
    }

    @Test(arguments: Dialect.allCases)
    func `is that of its text, whatever that is made of`(dialect: Dialect) throws {
        var generator = ProgramGenerator(seed: 5)
        for _ in 0..<3000 {
            let text = generator.next()
            var check = PlaceCheck(text.utf8)
            check.visit(Program(text.utf8, dialect: dialect))
            #expect(check.complaints.isEmpty, "\(text.debugDescription)")
        }
    }
}
