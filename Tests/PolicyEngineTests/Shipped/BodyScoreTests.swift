import CommandAnalysis
import Foundation
import PolicyEngine
import ShellSyntax
import StrictYAML
import TestSupport
import Testing

/// The score on commands of others, which nothing was written for.
@Suite struct `the score on real commands` {
    private struct Command: Decodable {
        let id: String
        let command: String
    }

    private struct Labelled: Decodable {
        let id: String
        let label: String
    }

    private func lines<Value: Decodable>(_ name: String, of type: Value.Type) throws -> [Value] {
        try RepositoryFile("Tests/Fixtures/commands/\(name)").lines.filter { !$0.isEmpty }
            .map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
    }

    @Test func `permits nothing that is labelled deny, and agrees with most labels`() throws {
        let labels = Dictionary(
            uniqueKeysWithValues: try lines("labels.jsonl", of: Labelled.self).map {
                ($0.id, $0.label)
            }
        )
        let header = "policy: production.yaml\nprincipal: agent:copilot on behalf of human:ana\n\n"
        let head = try CaseFile.read(Array((header + "$ true\npermit\n").utf8), name: "body")
        let situation = try #require(head.stanzas.first?.situation)
        let decider = RuleDecider(
            policy: try Policy.read([
                SourceFile(
                    name: "production.yaml",
                    bytes: try Shipped.bytes(of: "policies/production.yaml")
                )
            ]).value
        )
        var agreeing = 0
        let commands = try lines("body.jsonl", of: Command.self)
        for command in commands {
            let analysis = Interpreter.analyze(
                Array(command.command.utf8),
                for: AnalysisRequest(login: ShellText("deploy"), input: .nothing),
                with: Shipped.knowledge
            )
            let ruling: Ruling =
                analysis.failure == nil
                ? decider.judge(analysis.actions, in: situation.command.context).ruling : .deny
            let label = try #require(labels[command.id])
            if "\(ruling)" == label { agreeing += 1 }
            #expect(label != "deny" || ruling != .permit, "\(command.id)")
        }
        #expect(agreeing * 100 >= commands.count * 80, "\(agreeing) of \(commands.count)")
    }
}
