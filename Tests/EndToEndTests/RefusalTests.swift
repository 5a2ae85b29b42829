import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `a refusal` {
    @Test func `is the same for a target that does not exist and one that is not granted`()
        async throws
    {
        let lab = try await Lab.shared()
        let login = try lab.login
        let unknown = ["\(login)@nowhere", "nowhere", "\(login)+nowhere", "root@web1", "a b", "@"]

        let forbidden = try await lab.ssh("mallory.web1", "id").run()

        #expect(forbidden.end == .exited(77))
        #expect(forbidden.output.isEmpty)
        #expect(forbidden.errorText.contains("sallyport: denied"))
        for user in unknown {
            let outcome = try await lab.ssh("alice.bastion", "id", options: ["-l", user]).run()
            #expect(outcome == forbidden, "\(user)")
        }
    }

    @Test(arguments: ["exec", "shell", "sftp"])
    func `comes for every kind of request of who is granted nothing`(_ kind: String) async throws {
        let lab = try await Lab.shared()

        let outcome =
            switch kind {
            case "exec": try await lab.ssh("mallory.web1", "id").run()
            case "shell": try await lab.ssh("mallory.web1").reading("id\n").run()
            default:
                try await lab.ssh("mallory.web1", "sftp", options: ["-s"]).run()
            }

        #expect(outcome.end == .exited(77))
        #expect(outcome.output.isEmpty)
    }

    /// The types of the messages that a client got, in order.
    private func messages(_ outcome: Outcome) -> [Substring] {
        outcome.errorText.matches(of: /receive packet: type ([0-9]+)/).map(\.1)
    }

    /// web1 again, as a target of which alice is granted one login, and as one of which she is not.
    private func targets(of lab: Lab) throws -> String {
        func read(_ name: String) throws -> String {
            try String(contentsOfFile: "\(lab.folder)/\(name)", encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let login = try lab.login
        let address = "127.0.0.1:\(try read("run/web1.port"))"
        let key = try read("targets/web1/host_ed25519.pub")
        return """
            targets:
              open: {address: "\(address)", logins: [\(login), other], host-keys: ["\(key)"]}
              closed: {address: "\(address)", logins: [\(login)], host-keys: ["\(key)"]}
            grants:
              - name: open
                principals: ["human:alice"]
                targets: {names: [open]}
                logins: [\(login)]
                requests: [exec]
            """
    }

    @Test func `has the same messages in the same order, whatever the reason`() async throws {
        try await Lab.with("refusals") { lab in
            try await lab.add(targets(of: lab))
            let login = try lab.login
            var outcomes: Set<Outcome> = []
            var sequences: Set<[Substring]> = []
            for user in ["\(login)@nowhere", "\(login)@closed", "other@open", "none@open"] {
                func ssh(_ options: String...) async throws -> Outcome {
                    try await lab.ssh("alice.bastion", "id", options: ["-l", user] + options).run()
                }
                outcomes.insert(try await ssh())
                sequences.insert(messages(try await ssh("-vvv")))
            }

            #expect(outcomes.count == 1 && outcomes.first?.end == .exited(77), "\(outcomes)")
            #expect(sequences.count == 1 && sequences.first?.last == "97", "\(sequences)")
            let granted = try await lab.ssh(
                "alice.bastion",
                "echo in",
                options: ["-l", "\(login)@open"]
            ).run()
            #expect(granted.text == "in\n", "\(granted)")
        }
    }

    @Test func `of a key that nobody has names no target and no principal`() async throws {
        let lab = try await Lab.shared()
        let keys = try OwnKeys()
        try await keys.make("key")
        let login = try lab.login
        var texts: Set<String> = []
        var sequences: Set<[Substring]> = []
        for user in ["\(login)@web1", "\(login)@nowhere", "none@web1", "web1", "alice"] {
            let outcome = try await keys.ssh(lab, "key", "id", user: user).run()
            #expect(outcome.end == .exited(255))
            let last = outcome.errorText.split(whereSeparator: \.isNewline).last ?? ""
            texts.insert(String(last).replacing(user, with: "USER"))
            let verbose = try await keys.ssh(lab, "key", "id", user: user, options: ["-vvv"]).run()
            sequences.insert(messages(verbose))
        }

        #expect(texts == ["USER@127.0.0.1: Permission denied (publickey)."])
        #expect(sequences.count == 1 && sequences.first?.isEmpty == false, "\(sequences)")
    }

    @Test(arguments: ["password", "keyboard-interactive", "hostbased", "none"])
    func `comes to whoever signs in by anything but a key`(_ method: String) async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.ssh(
            "alice.web1",
            "id",
            options: ["-o", "PreferredAuthentications=\(method)", "-o", "BatchMode=no"]
        ).run()

        #expect(outcome.end == .exited(255))
        #expect(outcome.errorText.contains("Permission denied (publickey)"))
    }
}
