import Foundation
import Glibc
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `a bastion that is watched` {
    private static let exporting = ["--set", "export.file=audit.jsonl"]

    private func file(_ lab: Lab) throws -> String {
        URL(filePath: try lab.settings).deletingLastPathComponent().appending(path: "audit.jsonl")
            .path
    }

    private func lines(_ lab: Lab) throws -> [String] {
        try String(contentsOfFile: file(lab), encoding: .utf8).split(separator: "\n")
            .map(String.init)
    }

    private func trail(_ lab: Lab) async throws -> [String] {
        try await lab.sallyport("audit", "--json", "--after", "0", "--limit", "100000").run().lines
    }

    /// Sessions are under way at each kill, so that something is always about to be written.
    @Test func `has each record once in its export, however often it is killed`() async throws {
        try await Lab.with("export", Self.exporting) { first in
            var lab = first
            var random = SeededGenerator(seed: 7)
            for _ in 0..<5 {
                let before = try lines(lab).count
                let wanted = before + Int.random(in: 1...30, using: &random)
                let running = lab
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for alias in ["alice.web1", "bob.web1", "alice.db1"] {
                        group.addTask {
                            // Those that the kill meets fail.
                            for _ in 0..<3 { _ = try await running.ssh(alias, "true").run() }
                        }
                    }
                    let hasGrown = try await eventually(within: .seconds(60)) {
                        try lines(running).count >= wanted
                    }
                    #expect(hasGrown)
                    kill(Int32(try running.bastionProcess), SIGKILL)
                    try await group.waitForAll()
                }
                lab = try await Lab.up("export", Self.exporting)
            }

            let last = lab
            let hasCaughtUp = try await eventually(within: .seconds(20)) {
                try await trail(last) == lines(last)
            }
            #expect(hasCaughtUp)
            let numbers = try lines(lab).map { line in
                let match = try #require(line.firstMatch(of: /"sequence":([0-9]+)/))
                return Int(match.output.1)
            }
            #expect(numbers == Array(1...numbers.count))
        }
    }

    @Test func `does not start where its export cannot be written, and says which file`()
        async throws
    {
        try await Lab.with("export-refused") { lab in
            let process = try lab.bastionProcess
            kill(Int32(process), SIGTERM)
            _ = try await eventually(within: .seconds(20)) { !Machine.exists(process) }
            let settings = try String(contentsOfFile: lab.settings, encoding: .utf8)
            try (settings + "export: {file: /nonexistent/audit.jsonl}\n").write(
                toFile: lab.settings,
                atomically: true,
                encoding: .utf8
            )
            let served = try await lab.sallyport("serve").run(within: .seconds(30))
            #expect(served.end == .exited(1))
            #expect(
                served.errorText.contains(
                    "cannot export to `/nonexistent/audit.jsonl`: open failed: No such file"
                ),
                "\(served)"
            )
            try settings.write(toFile: lab.settings, atomically: true, encoding: .utf8)
        }
    }

    private struct Health: Decodable {
        struct Report: Decodable {
            struct Finding: Decodable {
                let subject: String
                let level: String
                let text: String
            }
            let level: String
            let findings: [Finding]
        }
        struct Facts: Decodable {
            let policyDigest: String
            let auditSequence: Int64
        }
        let report: Report
        let facts: Facts?

        /// How full the disk of a test is, is not its matter.
        var others: [Report.Finding] { report.findings.filter { $0.subject != "disk" } }
    }

    private func health(_ lab: Lab) async throws -> (Health, Outcome) {
        let outcome = try await lab.sallyport("health", "--json", "--timeout", "1s").run()
        return (try JSONDecoder().decode(Health.self, from: Data(outcome.output)), outcome)
    }

    @Test func `tells how it is, and its numbers; of one that hangs or is gone that is told`()
        async throws
    {
        try await Lab.with("watched", Self.exporting) { lab in
            #expect(try await lab.ssh("alice.web1", "true").run().succeeded)
            let isWell = try await eventually(within: .seconds(20)) {
                try await health(lab).0.others.allSatisfy { $0.level == "ok" }
            }
            let (well, outcome) = try await health(lab)
            #expect(isWell, "\(outcome)")
            let status: Int32 = ["ok": 0, "warning": 1, "error": 2][well.report.level] ?? -1
            #expect(outcome.end == .exited(status))
            #expect(well.others.contains { $0.subject == "export-file" })
            #expect(well.facts?.policyDigest.count == 64)

            let numbers = try await lab.sallyport("metrics").run()
            for line in [
                "sallyport_connections_total 1", "sallyport_sign_ins_total{method=\"publickey\"} 1",
                "sallyport_sessions_total{request=\"exec\"} 1",
                "sallyport_decisions_total{effect=\"permit\"} 1",
                "sallyport_sessions_ended_total{cause=\"finished\"} 1",
                "sallyport_decision_seconds_count 1", "sallyport_commit_failures_total 0",
            ] {
                #expect(numbers.lines.contains(line), "\(line)\n\(numbers)")
            }
            let open = try await lab.sallyport("metrics", "--openmetrics").run()
            #expect(open.text.hasSuffix("\n# EOF\n"))

            let process = Int32(try lab.bastionProcess)
            kill(process, SIGSTOP)
            let hanging = try await health(lab)
            kill(process, SIGCONT)
            #expect(hanging.1.end == .exited(2))
            #expect(hanging.0.report.findings[0].text.contains("did not answer within 1 s"))

            kill(process, SIGTERM)
            _ = try await eventually(within: .seconds(20)) { !Machine.exists(Int(process)) }
            let gone = try await health(lab)
            #expect(gone.1.end == .exited(2))
            #expect(gone.0.report.findings[0].text.contains("no bastion answers"))
        }
    }
}
