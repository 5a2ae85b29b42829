import TestSupport
import Testing

@Suite(
    .throughTurnstile,
    .enabled(
        if: Machine.isRoot && Machine.has("setpriv") && Machine.has("perl"),
        "only root can become other accounts"
    )
)
struct `an admin socket that is open to other accounts` {
    private static let viewer = 64_001
    private static let stranger = 64_002

    @Test func `lets each see what its role may see, and a stranger nothing`() async throws {
        let path = "\(Scratch.root)/adminsocket/socket/admin.sock"
        let administrators = """
            [{uid: 0, principal: "human:alice", role: administrator}, \
            {uid: \(Self.viewer), principal: "human:bob", role: viewer}]
            """
        try await Lab.with(
            "adminsocket",
            ["--set", "admin-socket=\(path)", "--set", "administrators=\(administrators)"]
        ) { lab in
            for name in ["alice", "bob"] {
                #expect(try await lab.ssh("\(name).web1", "true").run().succeeded)
            }
            let status = try await lab.sallyport("status").run()
            let named = try await lab.sallyport("status", "--socket", path).run()
            let all = try await lab.sallyport("sessions", "--json").run()
            let own = try await ask(path, #"{"request":"sessions","with":{}}"#, as: Self.viewer)
            let others = try await ask(
                path,
                #"{"request":"sessions","with":{"principal":"human:alice"}}"#,
                as: Self.viewer
            )
            let refused = try await ask(path, #"{"request":"status"}"#, as: Self.viewer)
            let unknown = try await ask(path, #"{"request":"status"}"#, as: Self.stranger)

            #expect(status.succeeded && named.succeeded, "\(status) \(named)")
            #expect(all.text.contains("human:alice") && all.text.contains("human:bob"), "\(all)")
            #expect(own.text.contains("human:bob") && !own.text.contains("human:alice"), "\(own)")
            #expect(others.text.contains("a viewer sees only"), "\(others)")
            #expect(refused.text.contains("this needs auditor"), "\(refused)")
            #expect(unknown.text.contains("uid \(Self.stranger) is not among"), "\(unknown)")
            // The state directory stays closed, and with it the trail and the recordings.
            let state = try lab.state
            for account in [Self.viewer, Self.stranger] {
                #expect(try await !run(["ls", state], as: account).succeeded)
            }
        }
    }

    private func run(_ program: [String], as account: Int) async throws -> Outcome {
        try await Command(
            "setpriv",
            ["--reuid=\(account)", "--regid=\(account)", "--clear-groups", "--"] + program
        ).run()
    }

    /// What a client of this account is answered; it needs nothing of ours to be readable for it.
    private func ask(_ path: String, _ request: String, as account: Int) async throws -> Outcome {
        let client = """
            $SIG{PIPE} = "IGNORE"; $s = IO::Socket::UNIX->new($ARGV[0]) or die "connect: $!";
            $s->autoflush(1); print $s "$ARGV[1]\\n"; print scalar <$s>;
            """
        return try await run(
            ["perl", "-MIO::Socket::UNIX", "-e", client, path, request],
            as: account
        )
    }
}
