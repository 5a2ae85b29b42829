import ShellSyntax
import Testing

/// `bash --pretty-print` says what bash read, and runs nothing: read again, it is the same commands.
@Suite struct `what bash read` {
    @Test func `is what the tree says, all over the corpus`() async throws {
        let texts = try Corpus.texts.filter { !$0.contains("shopt") && !$0.contains("alias") }
        let differing = try await Self.differing(texts)

        for text in differing where !Self.printedOtherwise.contains(text) {
            Issue.record("\(text.debugDescription)")
        }
        for text in Self.printedOtherwise where !differing.contains(text) {
            Issue.record("\(text.debugDescription) differs no more")
        }
    }

    @Test func `is what the tree says of generated programs`() async throws {
        var generator = ProgramGenerator(seed: 9)
        let differing = try await Self.differing((0..<1500).map { _ in generator.next() })

        for text in differing { Issue.record("\(text.debugDescription)") }
    }

    /// The texts that bash read otherwise than the parser, of those that both can read.
    private static func differing(_ texts: [String]) async throws -> [String] {
        let read = texts.map { ($0 + "\n", Program(($0 + "\n").utf8, dialect: .bash)) }
            .filter { $0.1.status == .accepted && !$0.1.isPrintedAnew }
        var compared = 0
        var differing: [String] = []
        let prints = try await ShellJudge(dialect: .bash).prints(of: read.map(\.0))
        for ((text, program), printed) in zip(read, prints) {
            guard let printed else { continue }
            let again = Program(printed.utf8, dialect: .bash)
            // bash prints `function if { a; }` and `a[ > b` as what it cannot read itself.
            guard again.status == .accepted else { continue }
            compared += 1
            let shape = CommandShape.text(of: program)
            if shape != CommandShape.text(of: again) { differing.append(text) }
        }
        #expect(compared > read.count * 3 / 4, "most of them can be compared")
        return differing
    }

    /// What bash prints is not what it read.
    private static let printedOtherwise: Set<String> = [
        // The name `COPROC` that it prints makes the assignment a word.
        "coproc a=b c\n",
        // Redirections come last, so that here a command begins behind the assignments.
        "2>c a=1 2>d b[1 2]=3\n", "a=1 2>d b[1 2]=3\n", "a=1 2>c b[1;2]=2\n",
        // The last line feeds are lost.
        "cat <<''\na\n\n",
        // The quotes are left away, around what is in quotes.
        "\"${a:-$'b c'}\"\n", "\"${a[$'b']}\"\n",
        // It prints U+0001 twice.
        "echo $'\\x41\\u0041\\101\\cA\\e'\n",
    ]
}

extension Program {
    /// Whether bash prints another program.
    fileprivate var isPrintedAnew: Bool {
        var search = PrintedAnew()
        search.visit(self)
        return search.isFound
    }
}

/// Looks for what bash prints as another program: a word behind a redirection that is reserved in front of
/// it, and a here-document without its end.
private struct PrintedAnew: SyntaxVisitor {
    var isFound = false

    mutating func visit(_ command: SimpleCommand) {
        if command.assignments.isEmpty, !command.redirections.isEmpty,
            ["!", "time"].contains(command.words.first?.literal)
        {
            isFound = true
        }
        visitChildren(of: command)
    }

    mutating func visit(_ document: HereDocument) {
        if !document.isTerminated { isFound = true }
        visitChildren(of: document)
    }
}
