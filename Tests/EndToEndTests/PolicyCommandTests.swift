import Foundation
import TestSupport
import Testing

@Suite struct `sallyport check and policy` {
    private static let policies = "\(Machine.repository)/policies"

    private func check(
        _ line: String,
        _ arguments: String...,
        reading text: String = ""
    ) async throws -> Outcome {
        let common = [
            "check", "--policy", "\(Self.policies)/production.yaml", "--as", "agent:copilot",
            "--on-behalf-of", "human:ana", "--target", "web1",
        ]
        let tail = line.isEmpty ? [] : ["--", line]
        return try await LoneTarget.sallyport(common + arguments + tail).reading(text).run()
    }

    @Test func `say the decision by their exit status, and why`() async throws {
        let permitted = try await check("uptime && df -h")
        let reviewed = try await check("sudo -n systemctl restart app", "--stdin", "none")
        let denied = try await check("sudo sh -c 'cd / && rm -rf etc'", "--stdin", "none")

        #expect(permitted.end == .exited(0), "\(permitted)")
        #expect(permitted.lines.first?.hasPrefix("permitted by `") == true)
        #expect(permitted.errorText.isEmpty)
        #expect(reviewed.end == .exited(75), "\(reviewed)")
        #expect(reviewed.lines.first?.hasPrefix("needs an approval by ") == true)
        #expect(denied.end == .exited(77), "\(denied)")
        #expect(denied.lines.first?.contains("\(Self.policies)/production.yaml:") == true)
        #expect(denied.text.contains("\n  sudo sh -c 'cd / && rm -rf etc'\n"))
    }

    @Test func `print JSON, and take words as ssh does`() async throws {
        let outcome = try await LoneTarget.sallyport([
            "check", "--policy", Self.policies + "/read-only.yaml", "--as", "human:ana",
            "--target", "web1", "--json", "--", "cat", "/etc/hosts",
        ]).run()
        let printed = try JSONSerialization.jsonObject(with: Data(outcome.text.utf8))
        let object = try #require(printed as? [String: Any])

        #expect(outcome.end == .exited(0), "\(outcome)")
        #expect(object["decision"] as? String == "permit")
        #expect(object["knowledge"] as? [String] == [Self.policies + "/knowledge"])
        let actions = try #require(object["actions"] as? [[String: Any]])
        #expect(actions.compactMap { $0["name"] as? String } == ["file.read"])
    }

    @Test func `answer each line of a batch, whatever is decided`() async throws {
        let outcome = try await check(
            "",
            "--batch",
            reading: #"{"id":1,"command":"uptime"}"# + "\n"
                + #"{"id":"b","command":"rm -rf /"}"# + "\nx\n"
        )
        #expect(outcome.end == .exited(0), "\(outcome)")
        #expect(outcome.lines.count == 3)
        #expect(outcome.lines.first?.hasPrefix(#"{"id":1,"decision":"permit","#) == true)
        #expect(
            outcome.lines.dropFirst().first?.hasPrefix(#"{"id":"b","decision":"deny","#) == true
        )
        #expect(outcome.lines.last?.hasPrefix(#"{"decision":"deny","rules":[],"#) == true)
    }

    @Test func `refuse files and options with a status of their own`() async throws {
        let missing = try await LoneTarget.sallyport([
            "check", "--policy", "/nonexistent", "--as", "human:ana", "--target", "a", "--", "ls",
        ]).run()
        #expect(missing.end == .exited(2), "\(missing)")
        #expect(missing.errorText == "sallyport: /nonexistent: does not exist\n")
        #expect(try await check("").end == .exited(64))
        #expect(try await check("ls", "--batch").end == .exited(64))
        #expect(try await check("ls", "--time", "noon").end == .exited(64))
    }

    @Test func `test, lint, explain and compare`() async throws {
        let scratch = try Scratch()
        try scratch.write(
            "policy: 1\nname: p\nrules:\n  - {id: look, permit: system.read}\n",
            to: "p.yaml"
        )
        try scratch.write(
            "policy: 1\nname: p\nrules:\n  - {id: look, review: system.read}\n",
            to: "q.yaml"
        )
        try scratch.write(
            "knowledge: 1\ndirectories: [/usr/bin]\nprograms:\n  uptime: {does: system.read}\n",
            to: "knowledge/k.yaml"
        )
        let cases = "policy: p.yaml\nprincipal: human:ana\n\n$ uptime\npermit\n\n$ df\npermit\n"
        let path = try scratch.write(cases, to: "p.cases")
        func policy(_ arguments: String...) async throws -> Outcome {
            try await LoneTarget.sallyport(["policy"] + arguments).run()
        }
        let tested = try await policy("test", scratch.path)
        let linted = try await policy("lint", scratch.path)
        let explained = try await policy("explain", "--policy", "\(scratch.path)/p.yaml", "look")
        let compared = try await policy(
            "diff",
            "\(scratch.path)/p.yaml",
            "\(scratch.path)/q.yaml",
            "--over",
            path
        )

        #expect(tested.end == .exited(1), "\(tested)")
        #expect(tested.lines.first == "\(path):7: `df`: expected permit, found deny")
        #expect(tested.lines.last == "2 cases in 1 file: 1 failed")
        #expect(linted.end == .exited(1), "\(linted)")
        #expect(linted.lines.last == "2 errors, 0 warnings")
        #expect(explained.end == .exited(0), "\(explained)")
        #expect(explained.lines.first == "look (\(scratch.path)/p.yaml:4)")
        #expect(compared.end == .exited(0), "\(compared)")
        #expect(compared.lines.first == "permit → review: 1 command")
        #expect(compared.lines.last == "2 commands, 1 decided otherwise (permit → review: 1)")
    }

    @Test func `ask an installation for its policies, roles, labels and grants`() async throws {
        let scratch = try Scratch()
        let directory = "\(scratch.path)/bastion"
        let made = try await LoneTarget.sallyport([
            "init", directory, "--listen", "127.0.0.1:0", "--principal", "human:ana",
        ]).run()
        #expect(made.end == .exited(0), "\(made)")
        try scratch.write(
            """
            targets:
              web1: {address: "192.0.2.10:22", logins: [app], labels: {env: test}}
            grants:
              - {name: on-web, roles: [sre], targets: {names: [web1]}, logins: [app], requests: [exec]}

            """,
            to: "bastion/inventory.d/web1.yaml"
        )
        let policy = try scratch.write(
            """
            policy: 1
            name: p
            applies: {roles: [sre], logins: [app], targets: {labels: {env: test}}}
            rules:
              - {id: look, permit: system.read}

            """,
            to: "p.yaml"
        )
        func check(_ principal: String, _ arguments: String...) async throws -> Outcome {
            let common = [
                "check", "--config", "\(directory)/sallyport.yaml", "--as", principal,
                "--target", "web1",
            ]
            return try await LoneTarget.sallyport(common + arguments + ["--", "uptime"]).run()
        }
        let known = try await check("human:ana")
        let unknown = try await check("human:bo")
        let ours = try await check(
            "human:ana",
            "--policy",
            policy,
            "--policy",
            Self.policies + "/knowledge"
        )

        #expect(known.end == .exited(0), "\(known)")
        #expect(known.lines.first?.hasPrefix("permitted by `on-web (") == true, "\(known)")
        #expect(unknown.end == .exited(77), "\(unknown)")
        #expect(unknown.lines == ["denied: no grant applies"])
        // Roles, labels and the login are those of the inventory.
        #expect(ours.end == .exited(0), "\(ours)")
        #expect(ours.lines.first == "permitted by `look (\(policy):5)`")
    }
}

@Suite(.throughTurnstile)
struct `what a bastion was asked for` {
    @Test func `is reported, learned from and compared by whoever writes policies`() async throws {
        let lab = try await Lab.guarded()
        let program = "frob\(Machine.marker())"
        let refused = try await lab.ssh("copilot.web1", "\(program) x").run()
        #expect(refused.end == .exited(75), "\(refused)")

        let reported = try await lab.sallyport("policy", "report", "--since", "1h").run()
        let learned = try await lab.sallyport("knowledge", "learn", "--since", "1h").run()
        let policies = "\(Machine.repository)/policies"
        let compared = try await lab.sallyport(
            "policy",
            "diff",
            "\(policies)/production.yaml",
            "\(policies)/read-only.yaml",
            "--since",
            "1h"
        ).run()

        #expect(reported.succeeded, "\(reported)")
        #expect(
            reported.lines.contains {
                $0.contains("`program.unknown` of `\(program)` by agent:copilot")
            },
            "\(reported)"
        )
        #expect(learned.lines.contains("  \"\(program)\":"), "\(learned)")
        #expect(compared.succeeded, "\(compared)")
        #expect(compared.lines.contains("  \(program) x"), "\(compared)")
    }
}
