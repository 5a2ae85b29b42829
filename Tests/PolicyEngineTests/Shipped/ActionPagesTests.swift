import CommandAnalysis
import PolicyEngine
import ShellSyntax
import StrictYAML
import TestSupport
import Testing

/// Holds the page of each action against the shipped knowledge and the reader of policies.
@Suite struct `the pages of actions` {
    /// The lines of the first block of code under a heading.
    private func block(under heading: String, of action: Action) throws -> [String] {
        let lines = try RepositoryFile("docs/actions/\(action.rawValue).md").lines
        let place = try #require(lines.firstIndex(of: heading))
        let block = lines[place...].drop { !$0.hasPrefix("```") }.dropFirst()
        return Array(block.prefix { !$0.hasPrefix("```") })
    }

    private func actions(of line: String, _ action: Action) -> [ForeseenAction] {
        let request = AnalysisRequest(
            login: "deploy",
            hasTerminal: action == .terminalInteractive
        )
        let analysis = Interpreter.analyze(
            Array(line.utf8),
            for: request,
            with: Shipped.knowledge
        )
        #expect(analysis.failure == nil, "\(line)")
        return analysis.actions
    }

    @Test(arguments: Action.allCases)
    func `have command lines that have the action`(_ action: Action) throws {
        let lines = try block(under: "## Command lines that have it", of: action)
        #expect((3...4).contains(lines.count))
        for line in lines {
            let found = actions(of: line, action).filter { $0.action == action }
            #expect(found.contains { $0.certainty == .certain }, "\(line)")
        }
    }

    @Test(arguments: Action.allCases)
    func `have a near miss that has not the action`(_ action: Action) throws {
        let lines = try block(under: "## One that has not", of: action)
        #expect(lines.count == 1)
        for line in lines {
            let found = actions(of: line, action)
            #expect(!found.isEmpty && !found.contains { $0.action == action }, "\(line)")
        }
    }

    @Test(arguments: Action.allCases)
    func `have a rule about the action that is accepted as it stands`(_ action: Action) throws {
        let lines = try block(under: "## A rule", of: action)
        let file = PolicySamples.file(lines.joined(separator: "\n"))
        let accepted = try Policy.read([file])
        #expect(accepted.warnings == [])
        #expect(accepted.value.rules.map(\.actions) == [[action]])
    }
}
