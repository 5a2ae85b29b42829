import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `the lab` {
    /// What ssh would do for an alias of a lab.
    private func client(_ alias: String, of lab: Lab) async throws -> [String] {
        try await Command("ssh", ["-F", lab.sshConfig, "-G", alias]).run().lines
    }

    @Test func `leads aliases to the bastion, and a slip of the finger nowhere`() async throws {
        let lab = try await Lab.shared()
        let known = try await client("alice.web1", of: lab)
        let unknown = try await client("alice.wbe1", of: lab)

        #expect(known.contains("hostname 127.0.0.1"))
        #expect(unknown.contains("hostname alice.wbe1"))
        // Where a client is refused before it has a session, only this shows the reason.
        #expect(known.contains("loglevel INFO"))
    }

    @Test func `says nothing of its own to whoever uses it`() async throws {
        let lab = try await Lab.shared()
        let outcome = try await lab.ssh("alice.web1", "true").run()

        #expect(outcome.succeeded)
        #expect(outcome.errorText.isEmpty, "\(outcome)")
    }

    @Test func `goes down in order, and says what it leaves`() async throws {
        let lab = try await Lab.up("orderly")
        let down = try await Lab.script(["down", lab.folder]).run()
        let log = try lab.log
        let again = try await Lab.script(["down", lab.folder]).run()
        try await lab.down()

        #expect(down.succeeded, "\(down)")
        #expect(down.errorText.contains("rm -rf \(lab.folder)"), "\(down)")
        #expect(log.contains("stopped"), "\(log)")
        #expect(!log.contains("lost"), "\(log)")
        #expect(again.errorText.isEmpty, "\(again)")
    }

    @Test func `makes no accounts where one of the shells for them is missing`() async throws {
        let outcome = try await shell(
            """
            is_root() { true; }
            command() { [[ $2 != fish ]] && builtin command "$@"; }
            ensure_account() { echo "made $1"; }
            ensure_start_file() { echo "wrote $1"; }
            login=deploy
            source "$repository/scripts/lib/targets.sh"
            choose_targets shells
            """
        )

        #expect(outcome.end == .exited(1), "\(outcome)")
        #expect(outcome.errorText.contains("apt-get install fish"), "\(outcome)")
        #expect(outcome.text.isEmpty, "\(outcome)")
    }
}

@Suite struct `a script` {
    @Test func `leaves nothing of what SwiftPM and its compilers leave`() async throws {
        let outcome = try await shell(
            """
            swift() { mktemp --directory && printf '%s\\n' "$*" && return 3; }
            run_swift build --product x || echo "status $?"
            """
        )

        #expect(
            outcome.lines.dropFirst() == ["build --no-color-diagnostics --product x", "status 3"]
        )
        let folder = try #require(outcome.lines.first)
        #expect(!folder.isEmpty && !FileManager.default.fileExists(atPath: folder))
    }
}

/// Runs lines of a shell after what every script here begins with.
private func shell(_ lines: String) async throws -> Outcome {
    try await Command(
        "bash",
        ["-c", "source \"$1/scripts/lib/common.sh\"\n" + lines, "test", Machine.repository]
    ).run()
}
