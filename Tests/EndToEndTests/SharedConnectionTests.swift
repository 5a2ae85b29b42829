import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `a connection that a client shares by ControlMaster` {
    @Test func `carries twenty commands at once, each with its own streams and status`()
        async throws
    {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let options = ["-o", "ControlPath=\(scratch.path)/c"]

        try await lab.ssh("alice.web1", options: options + ["-M", "-N"]).readingWhatIsWritten()
            .start { _ in
                try await lab.waitForMaster("alice.web1", options)
                let outcomes = try await twentyCommands(lab, options)

                for (number, outcome) in outcomes {
                    #expect(outcome.end == .exited(Int32(number)), "\(outcome)")
                    #expect(outcome.text == "input \(number)\n")
                    #expect(outcome.errorText == "errors \(number)\n")
                }
                #expect(Set(outcomes.map(\.0)).count == 20)
            }
    }

    @Test func `goes on when one of its commands was ended`() async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let options = ["-o", "ControlPath=\(scratch.path)/c"]

        try await lab.ssh("alice.web1", options: options + ["-M", "-N"]).readingWhatIsWritten()
            .start { _ in
                try await lab.waitForMaster("alice.web1", options)
                try await lab.ssh("alice.web1", "echo started; sleep 1000", options: options)
                    .start { _ = try await $0.printed("started") }

                let outcome = try await lab.ssh("alice.web1", "echo alive", options: options).run()

                #expect(outcome.text == "alive\n")
            }
    }

    private func twentyCommands(
        _ lab: Lab,
        _ options: [String]
    ) async throws -> [(Int, Outcome)] {
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            for number in 1...20 {
                group.addTask {
                    let command = "cat; echo errors \(number) >&2; exit \(number)"
                    let outcome = try await lab.ssh("alice.web1", command, options: options)
                        .reading("input \(number)\n")
                        .run()
                    return (number, outcome)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
