package import CommandAnalysis
package import ShellSyntax
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
    package let commandLine: ShellText
    package let expected: CaseFile.Expectation
    package let ruling: Ruling
    /// The lines of the explanation, or what kept the command from being decided.
    package let explanation: [String]

    package var description: String {
        let wanted = expected.text.map { "\(expected.ruling): \($0)" } ?? "\(expected.ruling)"
        let found = explanation.map { "\n  " + $0 }.joined()
        return "\(location): \(commandLine.description.quoted): expected \(wanted), "
            + "found \(ruling)\(found)"
    }
}

/// Asks a policy about the commands of a `.cases` file.
package struct CaseRunner {
    private let policies: ([String]) throws(RefusedFiles) -> Policy
    private let analyse: (ShellText, CaseSituation) -> CaseAnalysis

    /// - Parameters:
    ///   - policies: Reads the policy files that a case names, together.
    ///   - analyse: Finds the actions of a command line.
    package init(
        policies: @escaping ([String]) throws(RefusedFiles) -> Policy,
        analyse: @escaping (ShellText, CaseSituation) -> CaseAnalysis
    ) {
        self.policies = policies
        self.analyse = analyse
    }

    /// The cases that fail, in the order of the file.
    package func run(_ file: CaseFile) throws(RefusedFiles) -> [CaseFailure] {
        var deciders: [[String]: RuleDecider] = [:]
        var failures: [CaseFailure] = []
        for stanza in file.stanzas {
            let names = stanza.situation.policies
            let decider =
                if let known = deciders[names] {
                    known
                } else {
                    RuleDecider(policy: try policies(names))
                }
            deciders[names] = decider
            if let failure = judge(stanza, by: decider) { failures.append(failure) }
        }
        return failures
    }

    private func judge(_ stanza: CaseFile.Stanza, by decider: RuleDecider) -> CaseFailure? {
        let ruling: Ruling
        let lines: [String]
        switch analyse(stanza.commandLine, stanza.situation) {
        case .undecidable(let reason):
            ruling = .deny
            lines = ["undecidable: \(reason)"]
        case .actions(let actions):
            let verdict = decider.judge(actions, in: stanza.situation.context)
            ruling = verdict.ruling
            lines = Explanation(verdict, of: stanza.commandLine).lines
        }
        let isSaid = stanza.expectation.text.map { text in lines.contains { $0.contains(text) } }
        if ruling == stanza.expectation.ruling && isSaid ?? true { return nil }
        return CaseFailure(
            location: stanza.location,
            commandLine: stanza.commandLine,
            expected: stanza.expectation,
            ruling: ruling,
            explanation: lines
        )
    }
}
