import CommandAnalysis
import PolicyEngine
import SSHWire
import StrictYAML
import Testing

@Suite struct `the scope of a rule` {
    private func effect(_ scope: String, _ context: RequestContext) throws -> Ruling {
        let policy = try PolicySamples.policy(
            "- {id: p, permit: system.read, applies: {\(scope)}}"
        )
        return RuleDecider(policy: policy).judge([.sample(.systemRead)], in: context).ruling
    }

    /// A Thursday at noon, UTC.
    private static let thursday: UInt64 = 1_798_113_600

    @Test(arguments: [
        ("principals: [agent:copilot]", true), ("principals: [\"agent:*\"]", true),
        ("principals: [human:copilot]", false), ("principals: [agent:other]", false),
        ("kinds: [agent, service]", true), ("kinds: [human]", false),
        ("roles: [runbook, sre]", true), ("roles: [sre]", false),
        ("on-behalf-of: [human:alice]", true), ("on-behalf-of: [human:bob]", false),
        ("targets: {names: [\"web*\"]}", true), ("targets: {names: [db1]}", false),
        ("targets: {labels: {env: production}}", true), ("targets: {labels: {env: test}}", false),
        ("targets: {labels: {env: production, kind: web}}", false),
        ("targets: {labels: {env: [test, \"prod*\"]}}", true),
        ("logins: [deploy]", true), ("logins: [root]", false),
        ("claims: {ticket: \"CHG-*\"}", true), ("claims: {ticket: \"INC-*\"}", false),
        ("claims: {reason: \"*\"}", false),
        ("not: {roles: [sre]}", true), ("not: {roles: [runbook]}", false),
        ("kinds: [agent], roles: [sre]", false), ("kinds: [agent], roles: [runbook]", true),
        ("times: [mon-fri 08:00-18:00]", true), ("times: [fri-wed]", false),
        ("times: [thu]", true), ("times: [\"13:00-12:00\"]", false),
        ("times: [\"12:00-12:01\"]", true), ("times: [\"11:00-12:00\"]", false),
        ("times: [\"13:00-14:00 +01:00\"]", true), ("times: [\"07:00-07:01 -05:00\"]", true),
        ("times: [\"thu 22:00-06:00 +11:00\"]", true),
        ("times: [\"fri 22:00-06:00 +13:00\"]", false),
        ("times: [\"thu 22:00-06:00 +13:00\"]", true),
        ("source-addresses: [192.0.2.0/24]", true), ("source-addresses: [198.51.100.1]", false),
    ])
    func `holds for these requests and not for their neighbours`(
        _ scope: String,
        _ holds: Bool
    ) throws {
        let context = PolicySamples.context(
            roles: ["runbook"],
            source: try IPAddress(parsing: "192.0.2.7"),
            unixSeconds: Self.thursday,
            claims: ["ticket": "CHG-12"]
        )
        #expect(try effect(scope, context) == (holds ? .permit : .deny))
    }

    @Test(arguments: [
        "monday", "mon 8:00-18:00", "mon 08:00-24:01", "08:00", "+02:00", "", "mon  tue",
    ])
    func `has no time that is written otherwise`(_ time: String) {
        let rule = "- {id: p, permit: any, applies: {times: [\"\(time)\"]}}"
        #expect(PolicySamples.findings(PolicySamples.file(rule)).count == 1)
    }

    @Test func `that cannot be told keeps a forbid and drops a permit`() throws {
        let scope = "source-addresses: [192.0.2.0/24]"
        #expect(try effect(scope, PolicySamples.context()) == .deny)
        let policy = try PolicySamples.policy(
            """
            - {id: p, permit: system.read}
            - {id: f, forbid: system.read, applies: {\(scope)}}
            """
        )
        let decider = RuleDecider(policy: policy)
        let read = ForeseenAction.sample(.systemRead)
        #expect(decider.judge([read], in: PolicySamples.context()).ruling == .deny)
        let elsewhere = PolicySamples.context(source: try IPAddress(parsing: "198.51.100.1"))
        #expect(decider.judge([read], in: elsewhere).ruling == .permit)
    }

    @Test func `of a file is narrowed by that of a rule`() throws {
        let policy = try PolicySamples.policy(
            """
            - {id: p, permit: system.read}
            - {id: q, permit: file.read, applies: {roles: [sre]}}
            """,
            top: "applies: {kinds: [agent]}"
        )
        let decider = RuleDecider(policy: policy)
        let (system, file) = (ForeseenAction.sample(.systemRead), ForeseenAction.sample(.fileRead))
        let human = PolicySamples.context("human:alice", roles: ["sre"], onBehalfOf: nil)
        #expect(decider.judge([system], in: human).ruling == .deny)
        #expect(decider.judge([file], in: human).ruling == .deny)
        #expect(decider.judge([system], in: PolicySamples.context()).ruling == .permit)
        #expect(decider.judge([file], in: PolicySamples.context()).ruling == .deny)
        let runbook = PolicySamples.context(roles: ["sre"])
        #expect(decider.judge([file], in: runbook).ruling == .permit)
    }
}

@Suite struct `a policy that observes` {
    private let forbids = "- {id: p, permit: any}\n- {id: f, forbid: [file.delete, guard.escape]}"

    private func verdict(
        _ files: [SourceFile],
        _ action: Action,
        _ context: RequestContext = PolicySamples.context()
    ) throws -> RuleVerdict {
        let policy = try Policy.read(files).value
        return RuleDecider(policy: policy).judge([.sample(action)], in: context)
    }

    @Test func `lets a command run and says what would have been`() throws {
        let file = PolicySamples.file(forbids, top: "mode: observe")
        let verdict = try verdict([file], .fileDelete)
        #expect(verdict.ruling == .permit)
        #expect(verdict.obligations == [])
        #expect(verdict.observation?.ruling == .deny)
        #expect(verdict.observation?.judged.map { $0.rules.map(\.name) } == [["f"]])
        #expect(try self.verdict([file], .fileRead).observation == nil)
        #expect(try self.verdict([file], .fileRead).ruling == .permit)
    }

    @Test func `still enforces the guard, unless everything is observed`() throws {
        let file = PolicySamples.file(forbids, top: "mode: observe")
        #expect(try verdict([file], .guardEscape).ruling == .deny)
        #expect(try verdict([file], .auditTamper).ruling == .permit)
        let all = PolicySamples.file(forbids, top: "mode: observe\nobserve: everything")
        #expect(try verdict([all], .guardEscape).ruling == .permit)
        #expect(try verdict([all], .guardEscape).observation?.ruling == .deny)
        // No rule permits it: that is enforced too.
        let silent = PolicySamples.file("- {id: p, permit: file.read}", top: "mode: observe")
        #expect(try verdict([silent], .auditTamper).ruling == .deny)
        #expect(try verdict([silent], .fileWrite).ruling == .permit)
    }

    @Test func `adds nothing to one that enforces`() throws {
        let enforcing = PolicySamples.file("- {id: e, permit: file.read}", name: "e")
        let observing = PolicySamples.file(
            "- {id: p, permit: file.write}\n- {id: f, forbid: file.read}",
            top: "mode: observe\napplies: {kinds: [agent]}",
            name: "o"
        )
        let read = try verdict([enforcing, observing], .fileRead)
        #expect(read.ruling == .permit)
        #expect(read.observation?.ruling == .deny)
        #expect(try verdict([enforcing, observing], .fileWrite).ruling == .deny)
        let human = PolicySamples.context("human:alice", onBehalfOf: nil)
        #expect(try verdict([enforcing, observing], .fileRead, human).observation == nil)
        #expect(try verdict([observing], .fileRead, human).ruling == .deny)
    }
}
