import CommandAnalysis
import PolicyEngine
import ShellSyntax
import StrictYAML

/// What the shipped policy of production says of a line of an agent.
struct ProductionJudge {
    private let decider: RuleDecider
    private let context: RequestContext

    /// Reads the shipped files, and one more rule, which stands behind the others.
    init(adding rule: String = "") throws {
        let name = "production.yaml"
        let bytes = try Shipped.bytes(of: "policies/\(name)") + Array("\n\(rule)".utf8)
        decider = RuleDecider(policy: try Policy.read([SourceFile(name: name, bytes: bytes)]).value)
        context = PolicySamples.context()
    }

    func ruling(_ line: String, _ input: ClientInput) -> Ruling {
        actions(of: line, input).map { ruling($0) } ?? .deny
    }

    func ruling(_ actions: [ForeseenAction]) -> Ruling {
        decider.judge(actions, in: context).ruling
    }

    /// What a line does; nil where it is refused, because that cannot be told.
    func actions(of line: String, _ input: ClientInput) -> [ForeseenAction]? {
        let request = AnalysisRequest(login: "deploy", input: input)
        let analysis = Interpreter.analyze(Array(line.utf8), for: request, with: Shipped.knowledge)
        return analysis.failure == nil ? analysis.actions : nil
    }
}
