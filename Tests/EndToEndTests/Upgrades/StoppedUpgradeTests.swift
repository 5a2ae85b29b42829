import AuditTrail
import Glibc
import TestSupport
import Testing

/// A stop that comes in the midst of an upgrade.
@Suite(.throughTurnstile)
struct `an upgrade in the midst of which the bastion is stopped` {
    @Test func `does not come about, is recorded as refused, and lets sessions go on`()
        async throws
    {
        try await Lab.with("upgrade-stop") { lab in
            let process = try lab.bastionProcess
            let command = "echo started; cat; echo over"
            try await lab.ssh("alice.web1", command).readingWhatIsWritten().start { client in
                try await client.printed("started")
                try await lab.withUpgradeHeldUp {
                    kill(Int32(process), SIGTERM)
                    let isRefused = try await eventually(within: .seconds(30)) {
                        try lab.log.contains("there is no upgrade")
                    }
                    #expect(isRefused)
                }
                client.write("still here\n")
                client.closeInput()
                #expect(try await client.finished().text == "started\nstill here\nover\n")
            }
            let hasStopped = try await eventually(within: .seconds(30)) {
                !Machine.exists(process)
            }
            #expect(hasStopped)
            #expect(try !lab.log.contains("another release goes on"))

            let events = try FaultTrail(of: lab).records(after: 0).map(\.event)
            let refusals = events.compactMap { event -> String? in
                guard case .notice(let notice) = event, notice.topic == .upgradeRefused
                else { return nil }
                return notice.detail
            }
            #expect(refusals == ["the bastion is being stopped"])
            #expect(events.last == .served(AuditEvent.Served(state: .stopped)))
        }
    }
}
