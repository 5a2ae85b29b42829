import Foundation
import Glibc
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `an administrator` {
    @Test func `ends a session, its command with it, and its client is told why`() async throws {
        let lab = try await Lab.shared()
        let number = Machine.marker()

        try await lab.ssh("bob.web1", "echo started; sleep \(number)").start { client in
            try await client.printed("started")
            let live = try await lab.sallyport("sessions", "--live", "--json").run()
            let line = try #require(live.lines.first { $0.contains(number) }, "\(live)")
            let session = try #require(line.firstMatch(of: /s-[0-9a-z]{12}/)).output

            let ended = try await lab.sallyport(
                "terminate",
                String(session),
                "--reason",
                "that is enough"
            ).run()
            let outcome = try await client.finished(within: .seconds(10))
            let isGone = try await eventually(within: .seconds(10)) {
                try !Machine.isRunning(number)
            }

            #expect(ended.succeeded, "\(ended)")
            #expect(outcome.end == .exited(255))
            #expect(outcome.errorText.contains("that is enough"), "\(outcome)")
            #expect(isGone, "a command is left running")
        }

        let ending = try await lab.ending(ofSessionWith: number, within: .seconds(10))
        #expect(ending == "terminated ended")
    }

    @Test func `who loses the bastion has clients that are told, and whole recordings`()
        async throws
    {
        try await Lab.with("orphans") { lab in
            try await lab.ssh("alice.web1", "echo started; sleep 1000").start { client in
                try await client.printed("started")

                kill(pid_t(try lab.bastionProcess), SIGKILL)
                let outcome = try await client.finished(within: .seconds(10))

                #expect(outcome.end == .exited(255), "\(outcome)")
                #expect(outcome.errorText.contains("the bastion has stopped"), "\(outcome)")
            }
            let closed = try await Command(
                "grep",
                ["-rl", "cause.*terminated", "\(try lab.state)/recordings"]
            ).run()
            #expect(closed.lines.count == 1, "\(closed)")
        }
    }

    @Test func `locks a principal out, who is thrown out and let in again afterwards`()
        async throws
    {
        try await Lab.with("locking", []) { lab in
            try await lab.ssh("copilot.web1", "echo started; sleep 1000").start { client in
                try await client.printed("started")
                let locked = try await lab.sallyport("lock", "agent:copilot").run()
                let outcome = try await client.finished(within: .seconds(10))
                let refused = try await lab.ssh("copilot.web1", "id").run()
                let other = try await lab.ssh("alice.web1", "echo works").run()
                let unlocked = try await lab.sallyport("unlock", "agent:copilot").run()
                let again = try await lab.ssh("copilot.web1", "echo works").run()

                #expect(locked.succeeded, "\(locked)")
                #expect(outcome.end == .exited(255))
                #expect(refused.end != .exited(0))
                #expect(other.text == "works\n")
                #expect(unlocked.succeeded, "\(unlocked)")
                #expect(again.text == "works\n")
            }
        }
    }

    @Test func `finds in the audit trail what a connection did, in its order`() async throws {
        let lab = try await Lab.shared()
        let outcome = try await lab.ssh("alice.db1", "echo $SSH_ORIGINAL_COMMAND; exit 6").run()
        let session = try #require(outcome.text.firstMatch(of: /s-[0-9a-z]{12}/)).output

        let trail = try await lab.sallyport(
            "audit",
            "--after",
            "0",
            "--json",
            "--limit",
            "1000",
            "--session",
            String(session)
        ).run()

        let kinds = trail.lines.compactMap { $0.firstMatch(of: /"kind":"([a-z-]+)"/)?.1 }
        #expect(
            kinds == [
                "session-opened", "decided", "certificate-issued", "session-started",
                "session-ended",
            ],
            "\(trail)"
        )
    }
}
