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

            #expect(ended.text == "ended session `\(session)`\n", "\(ended)")
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
                let locked = try await lab.sallyport(
                    "lock",
                    "agent:copilot",
                    "--reason",
                    "it digs"
                ).run()
                let outcome = try await client.finished(within: .seconds(10))
                let refused = try await lab.ssh("copilot.web1", "id").run()
                let other = try await lab.ssh("alice.web1", "echo works").run()
                let unlocked = try await lab.sallyport("unlock", "agent:copilot").run()
                let again = try await lab.ssh("copilot.web1", "echo works").run()

                #expect(
                    locked.text
                        == "locked principal `agent:copilot`, until it is unlocked; "
                        + "1 session ends by it\n",
                    "\(locked)"
                )
                // Who is here is told why; who comes is not let in, and so is nobody to be told.
                #expect(outcome.end == .exited(255))
                #expect(outcome.errorText.contains("it digs"), "\(outcome)")
                #expect(refused.end != .exited(0))
                #expect(!refused.errorText.contains("it digs"), "\(refused)")
                #expect(other.text == "works\n")
                #expect(unlocked.text == "unlocked principal `agent:copilot`\n", "\(unlocked)")
                #expect(again.text == "works\n")
            }
        }
    }

    @Test func `is not let lock what nobody knows, and is told what a reload brought`() async throws
    {
        try await Lab.with("slips") { lab in
            let typo = try await lab.sallyport("lock", "alice").run()
            let locks = try await lab.sallyport("locks").run()
            let target = try await lab.sallyport("lock", "web1", "--reason", "new disks").run()
            let told = try await lab.ssh("alice.web1", "true").run()
            let nothing = try await lab.sallyport("unlock", "human:zoe").run()
            let reload = try await lab.sallyport("reload").run()

            #expect(typo.end == .exited(1))
            #expect(typo.errorText.contains("did you mean `human:alice`?"), "\(typo)")
            #expect(locks.text.isEmpty, "\(locks)")
            #expect(target.text.hasPrefix("locked target `web1`, until it is unlocked"))
            #expect(told.errorText.contains("new disks"), "\(told)")
            #expect(nothing.end == .exited(1))
            #expect(nothing.errorText.contains("principal `human:zoe` is not locked"))
            #expect(reload.text.hasPrefix("load 2 is in force: 4 principals"), "\(reload)")
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
