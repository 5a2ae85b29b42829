import ShellSyntax
import Testing

/// Hand-written texts, each construct beside its nearest neighbour that is none, judged by the shells.
@Suite struct `the corpus` {
    @Test(arguments: Dialect.allCases)
    func `is read as the shell reads it`(_ dialect: Dialect) async throws {
        let texts = try Corpus.texts
        let verdicts = try await ShellJudge(dialect: dialect).verdicts(on: .texts(texts))

        let differing = zip(texts, verdicts).filter { text, verdict in
            let status = Program(text.utf8, dialect: dialect).status
            return (status == .accepted) != (verdict == .accepted)
        }
        let excepted = KnownDifference.all.filter { $0.dialect == dialect }
        for (text, verdict) in differing where !excepted.contains(where: { $0.text == text }) {
            Issue.record("\(text.debugDescription) is \(verdict) by the shell, not by the parser")
        }
        for known in excepted where !differing.contains(where: { $0.0 == known.text }) {
            Issue.record("\(known.text.debugDescription) differs no more: \(known.reason)")
        }
    }

    @Test func `has what is accepted and what is rejected in each dialect`() throws {
        for dialect in Dialect.allCases {
            let statuses = try Corpus.texts.map { Program($0.utf8, dialect: dialect).status }

            #expect(statuses.count { $0 == .accepted } > 1000)
            #expect(statuses.count { $0 == .rejected } > 400)
            #expect(statuses.count { $0 == .incomplete } > 100)
        }
    }

    @Test func `has typical command lines that bash and the parser accept`() async throws {
        let texts = try Corpus.typical
        let verdicts = try await ShellJudge(dialect: .bash).verdicts(on: .texts(texts))

        for (text, verdict) in zip(texts, verdicts) {
            #expect(verdict == .accepted, "\(text.debugDescription)")
            #expect(Program(text.utf8, dialect: .bash).status == .accepted)
        }
    }

    @Test func `has an error of one line for each text that is rejected`() throws {
        for text in try Corpus.texts {
            for error in Program(text.utf8, dialect: .bash).errors {
                #expect(!error.description.contains { $0.isNewline }, "\(text.debugDescription)")
            }
        }
    }
}
