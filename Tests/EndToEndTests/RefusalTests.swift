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

    @Test func `of a key that nobody has names no target and no principal`() async throws {
        let lab = try await Lab.shared()
        let scratch = try Scratch()
        let made = try await Command(
            "ssh-keygen",
            ["-q", "-t", "ed25519", "-N", "", "-f", "\(scratch.path)/key"]
        ).run()
        #expect(made.succeeded)

        let outcomes = try await ["web1", "nowhere"].asyncMap { target in
            try await Command(
                "ssh",
                [
                    "-F", "none", "-i", "\(scratch.path)/key", "-p", try lab.port,
                    "-l", "\(try lab.login)@\(target)", "-o", "IdentityAgent=none",
                    "-o", "BatchMode=yes", "-o", "UserKnownHostsFile=\(lab.folder)/known_hosts",
                    "127.0.0.1", "id",
                ]
            ).run()
        }

        for outcome in outcomes {
            #expect(outcome.end == .exited(255))
            #expect(outcome.errorText.contains("Permission denied (publickey)"))
        }
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

extension Sequence {
    /// One after the other.
    fileprivate func asyncMap<Value>(
        _ transform: (Element) async throws -> Value
    ) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
