import TestSupport
import Testing

/// Clients that say what no client says, against a library that looks away.
@Suite(
    .throughTurnstile,
    .enabled(if: Machine.has(Machine.pythonClients), "run scripts/install tests")
)
struct `a hostile client` {
    @Test func `is answered nothing on a channel that is closed`() async throws {
        let lab = try await Lab.shared()

        let outcome = try await lab.hostile("late_requests.py").run()

        #expect(outcome.text == "0 answers\n", "\(outcome)")
    }

    @Test(arguments: ["early-channel", "second-key-exchange"])
    func `that libssh gives up is cut off at once`(_ kind: String) async throws {
        try await Lab.with(kind, ["--set", "limits.login-grace=60s"]) { lab in
            let outcome = try await lab.hostile("dead_connection.py", kind).run()

            #expect(outcome.text == "closed\n", "\(outcome)")
        }
    }

    @Test func `has as many wrong signatures as tries, and the trail has them`() async throws {
        try await Lab.with("wrong") { lab in
            let outcome = try await lab.hostile("odd_signatures.py", "wrong").run()

            #expect(outcome.lines.last == "ended", "\(outcome)")
            let trail = try await lab.trail(untilEnds: 1)
            let notices = trail.filter { $0.contains("signature-refused") }
            #expect(notices.count == 6 && notices[0].contains("it does not verify"), "\(trail)")
            #expect(trail.contains { $0.contains("too-many-tries") }, "\(trail)")
            #expect(trail.contains { $0.contains("too many tries to sign in") }, "\(trail)")
        }
    }

    @Test func `is cut off after packets of which libssh tells nobody`() async throws {
        try await Lab.with("tokens") { lab in
            let outcome = try await lab.hostile("odd_signatures.py", "tokens").run()

            #expect(outcome.lines.last == "ended", "\(outcome)")
            let trail = try await lab.trail(untilEnds: 1)
            let reason = "it sends too many packets before it signs in"
            #expect(trail.contains { $0.contains(reason) }, "\(trail)")
        }
    }

    @Test func `has no signature verified whose key is made to take long`() async throws {
        try await Lab.with("exponent") { lab in
            let outcome = try await lab.hostile("odd_signatures.py", "long-exponent").run()

            #expect(outcome.lines.last == "ended", "\(outcome)")
            let trail = try await lab.trail(untilEnds: 1)
            #expect(trail.contains { $0.contains("signature-refused") }, "\(trail)")
            // So the authority would say: libcrypto verified it.
            #expect(!trail.contains { $0.contains("sign-in-refused") }, "\(trail)")
        }
    }

    @Test func `that signs by another algorithm than it names is refused, and nobody lied`()
        async throws
    {
        try await Lab.with("misnamed") { lab in
            let kinds = ["ed25519-as-rsa", "rsa-512-by-256", "security-key-as-ed25519"]
            for kind in kinds {
                let outcome = try await lab.hostile("odd_signatures.py", kind).run()
                #expect(outcome.lines.last == "refused", "\(kind): \(outcome)")
            }
            let trail = try await lab.trail(untilEnds: kinds.count)
            #expect(!trail.contains { $0.contains("protocol-violation") }, "\(trail)")
            let byAuthority = trail.filter {
                $0.contains("sign-in-refused") && $0.contains("the algorithm is not for this key")
            }
            let byProcess = trail.filter {
                $0.contains("signature-refused") && $0.contains("the algorithm that is named")
            }
            #expect(byAuthority.count == 1 && byProcess.count == 2, "\(trail)")
        }
    }
}

extension Lab {
    fileprivate func hostile(_ client: String, _ kind: String?..., as user: String? = nil) throws
        -> Command
    {
        Command(
            Machine.pythonClients,
            // Nothing is left beside the fixtures.
            ["-B", Machine.fixture("clients/\(client)")] + kind.compactMap { $0 } + [
                "127.0.0.1", try port, try user ?? "\(login)@web1", key("alice"),
            ]
        )
    }
}
