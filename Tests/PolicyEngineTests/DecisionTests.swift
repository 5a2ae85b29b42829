import PolicyEngine
import StrictYAML
import Testing

@Suite struct `a decision from grants` {
    private let digest = [UInt8](repeating: 7, count: 32)

    private func request(
        _ subject: String = "human:bob",
        roles: [String] = ["sre"],
        onBehalfOf: String? = nil,
        login name: String = "deploy",
        kind: RequestKind = .exec,
        commandLine: [UInt8] = Array("uptime".utf8),
        hasTerminal: Bool = false,
        digest: [UInt8]? = nil,
        version: UInt64 = 5
    ) -> AuthorizationRequest {
        AuthorizationRequest(
            subject: principal(subject),
            roles: Set(roles.compactMap(Role.init)),
            onBehalfOf: onBehalfOf.map(principal),
            target: target("web1"),
            login: login(name),
            kind: kind,
            commandLine: commandLine,
            environment: [],
            hasTerminal: hasTerminal,
            digest: digest ?? self.digest,
            snapshotVersion: version
        )
    }

    private func decide(_ request: AuthorizationRequest) throws -> Decision {
        let inventory = try Samples.read(Samples.inventory).value
        return GrantsDecider(inventory: inventory, snapshotVersion: 5).decide(request)
    }

    @Test func `permits what is granted and names the grants`() throws {
        guard case .permit(let permitted) = try decide(request()) else {
            Issue.record("denied")
            return
        }
        #expect(permitted.determiningRules.map(\.text) == ["sre-on-production (inventory.yaml:43)"])
        #expect(permitted.request == request())
        #expect(permitted.obligations.isEmpty)
    }

    @Test func `denies what no grant speaks of`() throws {
        #expect(try decide(request(login: "root")) == .deny(.noRuleApplies))
        #expect(try decide(request("human:mallory", roles: [])) == .deny(.noRuleApplies))
        #expect(try decide(request("human:nobody", roles: ["sre"])) == .deny(.noRuleApplies))
        #expect(
            try decide(
                request(
                    "agent:copilot",
                    roles: ["runbook"],
                    onBehalfOf: "human:alice",
                    kind: .sftp,
                    commandLine: []
                )
            ) == .deny(.noRuleApplies)
        )
    }

    @Test func `denies a subject that is not the snapshot's`() throws {
        let mismatch = Decision.deny(.undecidable(.subjectMismatch))
        #expect(try decide(request("human:mallory", roles: ["sre"])) == mismatch)
        #expect(try decide(request(roles: ["sre", "approver"])) == mismatch)
        #expect(try decide(request(onBehalfOf: "human:alice")) == mismatch)
        #expect(try decide(request("agent:copilot", roles: ["runbook"])) == mismatch)
    }

    @Test func `denies what it cannot read`() throws {
        #expect(
            try decide(request(version: 4))
                == .deny(.undecidable(.snapshotMismatch(asked: 4, loaded: 5)))
        )
        for malformed in [
            request(digest: [1]), request(commandLine: [65, 0]),
            request(commandLine: [UInt8](repeating: 65, count: 96 * 1024 + 1)),
            request(kind: .terminal), request(kind: .terminal, commandLine: [], hasTerminal: false),
            request(kind: .shell, commandLine: [], hasTerminal: true),
            request(kind: .sftp, commandLine: [], hasTerminal: true),
        ] {
            guard case .deny(.undecidable(.malformedRequest)) = try decide(malformed) else {
                Issue.record("decided \(malformed.kind)")
                continue
            }
        }
        guard
            case .permit = try decide(request(kind: .terminal, commandLine: [], hasTerminal: true))
        else {
            Issue.record("the neighbour is denied")
            return
        }
    }
}
