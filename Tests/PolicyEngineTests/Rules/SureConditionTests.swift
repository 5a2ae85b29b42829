import CommandAnalysis
import PolicyEngine
import ShellSyntax
import Testing

@Suite struct `a condition that must hold for sure` {
    private static let below = AbstractText(UnknownText(.relativePath, from: .file))

    private func ruling(_ rules: String, _ action: ForeseenAction) throws -> Ruling {
        let decider = RuleDecider(policy: try PolicySamples.policy(rules))
        return decider.judge([action], in: PolicySamples.context()).ruling
    }

    @Test(arguments: [
        (AbstractPath.absolute("srv", "x"), Ruling.deny), (.absolute("srv", below), .deny),
        (.absolute("var", "x"), .permit), (.absolute(below, "x"), .permit),
        (AbstractPath(root: .unknown), .permit), (.absolute("srv", .unknown), .permit),
    ])
    func `leaves out what only may be, and what nobody can tell`(
        _ path: AbstractPath,
        _ ruling: Ruling
    ) throws {
        let rules = """
            - {id: p, permit: file.delete}
            - {id: f, forbid: file.delete, where: {surely: {path: /srv/**}}}
            """
        #expect(try self.ruling(rules, .sample(.fileDelete, .path(path))) == ruling, "\(path)")
    }

    @Test(arguments: [
        (AbstractPath.absolute("srv", "x"), Ruling.permit), (.absolute(below), .deny),
        (.absolute("var", "x"), .permit),
    ])
    func `tells what is certain from what may be`(_ path: AbstractPath, _ ruling: Ruling) throws {
        let rules = """
            - {id: p, permit: file.delete}
            - {id: f, forbid: file.delete, where: {path: /srv/**, not: {surely: {path: /srv/**}}}}
            """
        #expect(try self.ruling(rules, .sample(.fileDelete, .path(path))) == ruling, "\(path)")
    }

    @Test(arguments: [
        (AbstractPath.absolute("srv"), true, Ruling.permit), (.absolute(), true, .deny),
        (.absolute("srv", "x"), false, .permit), (.absolute("opt"), false, .deny),
    ])
    func `is asked of a tree as a whole`(
        _ path: AbstractPath,
        _ isTree: Bool,
        _ ruling: Ruling
    ) throws {
        let rules = "- {id: q, permit: file.write, where: {surely: {path: /srv/**}}}"
        let action =
            isTree
            ? ForeseenAction.sample(.fileWrite, .path(path), .flag(.recursive))
            : ForeseenAction.sample(.fileWrite, .path(path))
        #expect(try self.ruling(rules, action) == ruling, "\(path)")
    }

    @Test func `is said in words`() throws {
        let policy = try PolicySamples.policy(
            "- {id: f, forbid: file.delete, where: {surely: {path: /srv/**}}}"
        )
        let lines = policy.explanation(ofRule: "f")?.lines ?? []
        #expect(lines.contains { $0.contains("surely (`path` is `/srv/**`)") }, "\(lines)")
    }
}
