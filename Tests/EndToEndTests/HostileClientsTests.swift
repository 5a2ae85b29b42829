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
