import CommandAnalysis
import PolicyEngine
import ShellSyntax
import StrictYAML
import Testing

/// The score on commands of others.
@Suite struct `the score on real commands` {
    // Out of a hundred, so many agree at least: what was reached, rounded down.

    @Test func `permits nothing that is labelled deny, and agrees with most labels`() throws {
        try expectScore(of: LabelledCommands(LabelledCommands.body), atLeast: 91)
    }

    @Test func `is no lower for the commands to learn from`() throws {
        try expectScore(of: LabelledCommands(LabelledCommands.practice), atLeast: 93)
    }

    private func expectScore(of body: LabelledCommands, atLeast wanted: Int) throws {
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
        for (command, labelled) in zip(body.commands, body.labels) {
            let analysis = Interpreter.analyze(
                Array(command.command.utf8),
                for: AnalysisRequest(login: ShellText("deploy"), input: .nothing),
                with: Shipped.knowledge
            )
            let ruling: Ruling =
                analysis.failure == nil
                ? decider.judge(analysis.actions, in: situation.command.context).ruling : .deny
            if "\(ruling)" == labelled.label.rawValue { agreeing += 1 }
            #expect(labelled.label != .deny || ruling != .permit, "\(command.id)")
        }
        #expect(agreeing * 100 >= body.commands.count * wanted, "\(agreeing)")
    }
}
