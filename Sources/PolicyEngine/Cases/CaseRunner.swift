package import StrictYAML

/// A case whose answer is not the expected one.
package struct CaseFailure: Hashable, Sendable, CustomStringConvertible {
    package let location: SourceLocation
    package let commandLine: [UInt8]
    package let expected: CaseFile.Expectation
    package let ruling: Ruling
    /// The lines of the explanation, or what kept the command from being decided.
    package let explanation: [String]

    package var description: String {
        let found = explanation.map { "\n  " + $0 }.joined()
        let shown = String(decoding: commandLine, as: UTF8.self).quoted
        return "\(location): \(shown): expected \(expected), found \(ruling)\(found)"
    }
}

/// Asks a policy about the commands of a `.cases` file.
package struct CaseRunner {
    private let book: ([String]) throws(RefusedFiles) -> RuleBook

    /// - Parameter book: Reads the policy files that a case names, together, with the knowledge.
    package init(book: @escaping ([String]) throws(RefusedFiles) -> RuleBook) {
        self.book = book
    }

    /// The cases that fail, in the order of the file; steps of a task cannot.
    package func run(_ file: CaseFile) throws(RefusedFiles) -> [CaseFailure] {
        var failures: [CaseFailure] = []
        for (stanza, answer) in zip(file.stanzas, try answers(to: file)) {
            guard let expected = stanza.expectation else { continue }
            let isSaid = expected.text.map { text in answer.lines.contains { $0.contains(text) } }
            if expected.rulings.contains(answer.ruling) && isSaid ?? true { continue }
            failures.append(
                CaseFailure(
                    location: stanza.location,
                    commandLine: stanza.commandLine,
                    expected: expected,
                    ruling: answer.ruling,
                    explanation: answer.lines
                )
            )
        }
        return failures
    }

    /// What the policy says of one command.
    package struct Answer: Hashable, Sendable {
        package let ruling: Ruling
        /// The explanation.
        package let lines: [String]
    }

    /// What the policy says of each command.
    package func answers(to file: CaseFile) throws(RefusedFiles) -> [Answer] {
        var books: [[String]: RuleBook] = [:]
        var answers: [Answer] = []
        for stanza in file.stanzas {
            let names = stanza.situation.policies
            let book = if let known = books[names] { known } else { try self.book(names) }
            books[names] = book
            answers.append(Self.answer(to: stanza, by: book))
        }
        return answers
    }

    private static func answer(to stanza: CaseFile.Stanza, by book: RuleBook) -> Answer {
        let situation = stanza.situation.command
        let judgement = book.judge(stanza.commandLine, in: situation)
        let decision = Decision(on: judgement, grants: [], claims: situation.context.claims)
        if case .missingClaims = decision.denial, let denial = decision.denial {
            return Answer(ruling: .deny, lines: ["\(denial)"])
        }
        let explanation = Explanation(judgement.verdict, of: stanza.commandLine)
        return Answer(ruling: decision.ruling, lines: explanation.lines)
    }
}
