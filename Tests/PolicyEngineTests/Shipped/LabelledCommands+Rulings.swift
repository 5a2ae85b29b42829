import CommandAnalysis
import PolicyEngine
import ShellSyntax
import StrictYAML
import Testing

extension LabelledCommands {
    /// What the shipped policy of production says of each command to an agent whose input is none.
    func rulings() throws -> [Ruling] {
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
        return commands.map { command in
            let analysis = Interpreter.analyze(
                Array(command.command.utf8),
                for: AnalysisRequest(login: ShellText("deploy"), input: .nothing),
                with: Shipped.knowledge
            )
            guard analysis.failure == nil else { return .deny }
            return decider.judge(analysis.actions, in: situation.command.context).ruling
        }
    }
}
