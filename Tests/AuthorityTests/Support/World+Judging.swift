import PolicyEngine
import SSHKeys
import SessionProtocol

@testable import Authority

extension World {
    /// What alice, or whose key it is, asks for.
    func plan(
        by key: Ed25519SigningKey? = nil,
        userName: String = "deploy@web1",
        _ program: ProgramRequest = .exec(commandLine: Array("uptime".utf8)),
        terminal: TerminalRequest? = nil,
        saying variables: [String: String] = [:]
    ) throws -> SessionPlan {
        var process = try ProcessUnderTest(self)
        try process.signsIn(with: key)
        guard let identity = process.machine.identity else {
            preconditionFailure("nobody is signed in")
        }
        return SessionPlan(
            SessionOpening(
                number: SessionNumber(1),
                program: program,
                terminal: terminal,
                environment: [
                    EnvironmentVariable(name: "LANG", value: Array("C".utf8)),
                    EnvironmentVariable(name: "LD_PRELOAD", value: Array("x".utf8)),
                ] + variables.map { EnvironmentVariable(name: $0, value: Array($1.utf8)) }
            ),
            connection: "c-000000000000",
            session: "s-000000000000",
            userName: userName,
            from: "192.0.2.7",
            identity: identity,
            in: inventory,
            allowing: EnvironmentAllowList()
        )
    }

    func circumstances(isDraining: Bool = false) -> Circumstances {
        Circumstances(
            locks: locks,
            revocations: inventory.revocations,
            isDraining: isDraining,
            moment: moment,
            policyDigest: "d1",
            approvalRequest: "r-000000000000"
        )
    }

    func judge(
        _ plan: SessionPlan,
        _ verdict: DeciderPool.Verdict = .permitted(rules: ["g"]),
        breaker: UInt64? = nil,
        isDraining: Bool = false
    ) -> SessionJudgement {
        SessionJudgement(
            plan,
            verdict,
            circumstances(isDraining: isDraining),
            breakerMilliseconds: { _ in breaker }
        )
    }
}
