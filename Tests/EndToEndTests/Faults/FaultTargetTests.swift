import TestSupport
import Testing

@Suite(
    .throughTurnstile,
    .enabled(if: Machine.has(Machine.pythonClients), "run scripts/install tests")
)
struct `a target that is signed in to` {
    /// LIMIT: a target that is gone is noticed at once, not when `setup-timeout` is over.
    private static let limit = Duration.seconds(15)

    private func tries(_ lab: Lab, on target: String, _ kind: String) async throws -> [String] {
        try await lab.withTarget(target, "odd_target.py", [kind]) {
            var texts: [String] = []
            for _ in 1...3 {
                let user = "\(try lab.login)@\(target)"
                let outcome = try await lab.ssh(
                    "alice.bastion",
                    "true",
                    options: ["-n", "-l", user]
                ).run(within: Self.limit)
                #expect(outcome.end == .exited(255), "\(outcome)")
                texts.append(outcome.errorText)
            }
            return texts
        }
    }

    @Test func `and dies of that has refused nobody, and keeps nobody else out`() async throws {
        try await Lab.with("vanishing") { lab in
            let texts = try await tries(lab, on: "vanishing1", "vanishing")

            #expect(texts.allSatisfy { $0.contains("was lost before it answered") }, "\(texts)")
            #expect(try !lab.log.contains("a target refuses our certificates"))
        }
    }

    @Test func `and says no is left alone after the second time`() async throws {
        try await Lab.with("refusing") { lab in
            let texts = try await tries(lab, on: "refusing1", "refusing")

            #expect(texts[0].contains("refused the certificate"), "\(texts)")
            #expect(texts[1].contains("refused the certificate"), "\(texts)")
            #expect(!texts[2].contains("refused the certificate"), "\(texts)")
            #expect(try lab.log.contains("a target refuses our certificates"))
        }
    }

    @Test func `and is lost behind a status, before the end of the output, did not finish`()
        async throws
    {
        try await Lab.with("cut-output") { lab in
            let outcome = try await lab.withTarget("cut1", "odd_target.py", ["cut"]) {
                try await lab.ssh(
                    "alice.bastion",
                    "true",
                    options: ["-n", "-l", "\(try lab.login)@cut1"]
                ).run(within: Self.limit)
            }

            #expect(outcome.text == "beginning\n", "\(outcome)")
            #expect(outcome.end == .exited(255), "\(outcome)")
            #expect(outcome.errorText.contains("the connection to the target was lost"))
        }
    }
}
