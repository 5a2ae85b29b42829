import PolicyEngine
import StrictYAML
import Testing

@Suite struct `a decision from grants` {
    /// The grants, or why there are none.
    private func decide(_ request: AuthorizationRequest) throws -> Result<[String], Denial> {
        let inventory = try Samples.read(Samples.inventory).value
        let decider = GrantsDecider(inventory: inventory, snapshotVersion: 5)
        do throws(Denial) {
            return .success(try decider.grants(for: request).map(\.text))
        } catch {
            return .failure(error)
        }
    }

    @Test func `permits what is granted and names the grants`() throws {
        #expect(try decide(.sample()) == .success(["sre-on-production (inventory.yaml:43)"]))
    }

    @Test func `denies what no grant speaks of`() throws {
        #expect(try decide(.sample(login: "root")) == .failure(.noGrant))
        #expect(try decide(.sample("human:mallory", roles: [])) == .failure(.noGrant))
        #expect(try decide(.sample("human:nobody", roles: ["sre"])) == .failure(.noGrant))
        #expect(
            try decide(
                AuthorizationRequest.sample(
                    "agent:copilot",
                    roles: ["runbook"],
                    onBehalfOf: "human:alice",
                    kind: .sftp,
                    commandLine: []
                )
            ) == .failure(.noGrant)
        )
    }

    @Test func `denies a subject that is not the snapshot's`() throws {
        let mismatch = Result<[String], Denial>.failure(.undecidable(.subjectMismatch))
        #expect(try decide(.sample("human:mallory", roles: ["sre"])) == mismatch)
        #expect(try decide(.sample(roles: ["sre", "approver"])) == mismatch)
        #expect(try decide(.sample(onBehalfOf: "human:alice")) == mismatch)
        #expect(try decide(.sample("agent:copilot", roles: ["runbook"])) == mismatch)
    }

    @Test func `denies what it cannot read`() throws {
        #expect(
            try decide(.sample(version: 4))
                == .failure(.undecidable(.snapshotMismatch(asked: 4, loaded: 5)))
        )
        for malformed in [
            AuthorizationRequest.sample(digest: [1]),
            AuthorizationRequest.sample(commandLine: [65, 0]),
            AuthorizationRequest.sample(commandLine: [UInt8](repeating: 65, count: 96 * 1024 + 1)),
            AuthorizationRequest.sample(kind: .terminal),
            AuthorizationRequest.sample(kind: .terminal, commandLine: [], hasTerminal: false),
            AuthorizationRequest.sample(kind: .shell, commandLine: [], hasTerminal: true),
            AuthorizationRequest.sample(kind: .sftp, commandLine: [], hasTerminal: true),
        ] {
            guard case .failure(.undecidable(.malformedRequest)) = try decide(malformed) else {
                Issue.record("decided \(malformed.kind)")
                continue
            }
        }
        guard
            case .success = try decide(.sample(kind: .terminal, commandLine: [], hasTerminal: true))
        else {
            Issue.record("the neighbour is denied")
            return
        }
    }
}
