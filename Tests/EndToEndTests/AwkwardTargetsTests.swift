import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `an awkward target` {
    @Test(.enabled(if: Machine.isRoot, "only root's sshd can use PAM"))
    func `that uses PAM is no obstacle`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh("alice.pam1", "id -un; exit 4").run()

        #expect(outcome.end == .exited(4))
        #expect(outcome.lines == [try lab.login])
    }

    @Test(.enabled(if: Machine.isRoot, "only root can make accounts"))
    func `whose account starts slowly is waited for`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh("alice.slow1", "cat; exit 4").reading("input").run()

        #expect(outcome.end == .exited(4))
        #expect(outcome.text == "input")
    }

    @Test func `that drops connections at random is tried again`() async throws {
        let lab = try await Lab.shared()

        let outcomes = try await withThrowingTaskGroup(of: Outcome.self) { group in
            for number in 0..<12 {
                group.addTask { try await lab.ssh("alice.crowded1", "echo \(number)").run() }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        for outcome in outcomes { #expect(outcome.succeeded, "\(outcome)") }
        #expect(Set(outcomes.map(\.text)).count == 12)
    }

    @Test(
        .enabled(if: Machine.isRoot, "only root can make accounts"),
        arguments: ["environment", "path"]
    )
    func `whose account sets its own environment runs what was decided`(
        _ account: String
    ) async throws {
        let lab = try await Lab.shared()
        let alias = "alice.\(try lab.login)-\(account).hijack1"

        let outcome = try await lab.ssh(alias, "echo honest").run()

        #expect(outcome.text == "honest\n")
    }

    @Test func `that does not trust our certificates is told apart, and left alone`()
        async throws
    {
        try await Lab.with("untrusting", ["--set", "sshd.web1.TrustedUserCAKeys=/dev/null"]) {
            lab in
            var outcomes: [Outcome] = []
            for _ in 0..<6 { outcomes.append(try await lab.ssh("alice.web1", "id").run()) }
            let other = try await lab.ssh("alice.db1", "echo works").run()
            let refusals = try await Command(
                "grep",
                ["-c", "Failed publickey", "\(lab.folder)/log/web1"]
            ).run()

            for outcome in outcomes {
                #expect(outcome.end == .exited(255), "\(outcome)")
                #expect(outcome.errorText.contains("the target `web1` refused"), "\(outcome)")
            }
            #expect(outcomes.last?.errorText.contains("left alone") == true)
            // Two sessions at most, and what goes after each to end what it may have left.
            #expect((1...4).contains(Int(refusals.lines.first ?? "") ?? 0))
            #expect(other.text == "works\n")
        }
    }
}
