import CommandAnalysis
import PolicyEngine
import ShellSyntax
import Testing

@Suite struct `the decision that rules make` {
    private let request = AuthorizationRequest(
        subject: principal("agent:copilot"),
        roles: [],
        onBehalfOf: principal("human:alice"),
        target: target("web1"),
        login: login("deploy"),
        kind: .exec,
        commandLine: Array("x".utf8),
        environment: [],
        hasTerminal: false,
        digest: [UInt8](repeating: 7, count: AuthorizationRequest.digestBytes),
        snapshotVersion: 1
    )

    private func decision(_ actions: ForeseenAction...) throws -> Decision {
        let policy = try PolicySamples.policy(
            """
            - {id: p, permit: file.read}
            - {id: r, review: file.write}
            - {id: f, forbid: [file.delete, host.power]}
            - {id: g, forbid: host.power}
            """
        )
        return RuleDecider(policy: policy).judge(actions, in: PolicySamples.context())
            .decision(for: request)
    }

    @Test func `is a permit with its rules and obligations`() throws {
        guard case .permit(let plain) = try decision(.sample(.fileRead)) else {
            Issue.record("denied")
            return
        }
        #expect(plain.request == request)
        #expect(plain.determiningRules.map(\.text) == ["p (test.yaml:4)"])
        #expect(plain.obligations == [] && plain.judged == [] && plain.observation == nil)
        guard case .permit(let asked) = try decision(.sample(.fileRead), .sample(.fileWrite))
        else {
            Issue.record("denied")
            return
        }
        #expect(asked.obligations == [.approval(quorum: 1, roles: [])])
        #expect(asked.judged.map(\.action.action) == [.fileWrite])
    }

    @Test func `is a denial that names the rules, or the actions that none permits`() throws {
        let cases: [(Decision, String)] = [
            (
                try decision(.sample(.hostPower), .sample(.fileDelete), .sample(.fileWrite)),
                "forbidden by `f (test.yaml:6)`, `g (test.yaml:7)`"
            ),
            (
                try decision(.sample(.kernelChange), .sample(.cloudRead), .sample(.fileRead)),
                "no rule permits `cloud.read`, `kernel.change`"
            ),
        ]
        for (decision, expected) in cases {
            guard case .deny(let denial) = decision else {
                Issue.record("permitted")
                continue
            }
            #expect(denial.description == expected)
        }
    }
}
