package import CommandAnalysis
package import StrictYAML

/// What an analysis makes of a command line.
package enum CaseAnalysis: Hashable, Sendable {
    case actions([ForeseenAction])
    /// It cannot be analysed, which is a denial.
    case undecidable(String)
}

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
    private let policies: ([String]) throws(RefusedFiles) -> Policy
    private let analyse: ([UInt8], CaseSituation) -> CaseAnalysis

    /// - Parameters:
    ///   - policies: Reads the policy files that a case names, together.
    ///   - analyse: Finds the actions of a command line.
    package init(
        policies: @escaping ([String]) throws(RefusedFiles) -> Policy,
        analyse: @escaping ([UInt8], CaseSituation) -> CaseAnalysis
    ) {
        self.policies = policies
        self.analyse = analyse
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
        var deciders: [[String]: RuleDecider] = [:]
        var answers: [Answer] = []
        for stanza in file.stanzas {
            let names = stanza.situation.policies
            let decider =
                if let known = deciders[names] {
                    known
                } else {
                    RuleDecider(policy: try policies(names))
                }
            deciders[names] = decider
            answers.append(answer(to: stanza, by: decider))
        }
        return answers
    }

    private func answer(to stanza: CaseFile.Stanza, by decider: RuleDecider) -> Answer {
        switch analyse(stanza.commandLine, stanza.situation) {
        case .undecidable(let reason):
            return Answer(ruling: .deny, lines: ["undecidable: \(reason)"])
        case .actions(let actions):
            let verdict = decider.judge(actions, in: stanza.situation.context)
            let explanation = Explanation(verdict, of: stanza.commandLine)
            return Answer(ruling: verdict.ruling, lines: explanation.lines)
        }
    }
}
