import AuditTrail
import Foundation
import Glibc
import TestSupport
import Testing

/// A disk that answers EIO to what is written for the audit trail, or to syncing it.
@Suite(
    .throughTurnstile,
    .enabled(if: PreloadedLibrary.canBeBuilt, "\(PreloadedLibrary.reason)")
)
struct `a disk that fails under the audit trail` {
    /// The fault begins and ends with a file beside the programs, as `failing-disk.c` has it.
    private func withFault(
        _ call: String,
        _ body: (Lab, PreloadedPrograms, (Bool) throws -> Void) async throws -> Void
    ) async throws {
        let folder = try Scratch()
        let programs = try await PreloadedPrograms(
            "failing-disk.c",
            into: "sallyport",
            ["FAILING_DISK": "\(folder.path)/fault"]
        )
        try folder.write("", to: "fault")
        try await Lab.with("failing-\(call)", programs: programs.path) { lab in
            try await body(lab, programs) { try folder.write($0 ? call : "", to: "fault") }
        }
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: ["write", "sync"])
    func `lets nothing begin and acknowledges nothing, and loses nothing that it had`(
        _ call: String
    ) async throws {
        try await withFault(call) { lab, programs, setFault in
            let (first, last) = (Machine.marker(), Machine.marker())
            try await running(lab, first) { client in
                try setFault(true)
                try await expectNothingBegins(lab)
                client.write("still here\n")
                try await client.printed("still here")
                client.closeInput()
                #expect(try await client.finished().succeeded)
                try setFault(false)
            }
            // Without a restart it is told when the disk is back, and what ended meanwhile is recorded.
            let isServing = try await eventually(within: .seconds(30)) {
                try await lab.ssh("bob.web1", "echo ran").run().text == "ran\n"
            }
            #expect(isServing)
            let ending = try await lab.ending(ofSessionWith: first, within: .seconds(40))
            #expect(ending == "finished exited")

            let acknowledged = try await settledRecords(lab)
            try await running(lab, last) { client in
                try setFault(true)
                try await expectNothingBegins(lab)
                try await lab.crash()
                #expect(try await !client.finished().succeeded)
            }
            try setFault(false)
            let again = try await Lab.up("failing-\(call)", programs: programs.path)
            #expect(try await again.ssh("bob.web1", "echo ran").run().text == "ran\n")
            try await expectWhole(again, acknowledged, last)
            // What the disk took and did not sync may be there: the last thing that was refused, at most.
            let locks = try await again.sallyport("audit", "--kind", "locked", "--json").run()
            #expect(locks.lines.count <= (call == "sync" ? 1 : 0), "\(locks)")
        }
    }

    private func running(
        _ lab: Lab,
        _ marker: String,
        _ body: (ChildProcess) async throws -> Void
    ) async throws {
        let command = "echo started; cat; : \(marker)"
        try await lab.ssh("alice.web1", command).readingWhatIsWritten().start { client in
            try await client.printed("started")
            try await body(client)
        }
    }

    private func expectNothingBegins(_ lab: Lab) async throws {
        for alias in ["bob.web1", "alice.db1", "copilot.web1"] {
            let refused = try await lab.ssh(alias, "echo ran").run()
            #expect(refused.end == .exited(255), "\(refused)")
            #expect(!refused.text.contains("ran"), "\(refused)")
            #expect(refused.errorText.contains("cannot record"), "\(refused)")
        }
        let lock = try await lab.sallyport("lock", "human:mallory").run()
        #expect(!lock.succeeded && lock.errorText.contains("cannot be read or written"), "\(lock)")
        let health = try await lab.sallyport("health").run()
        #expect(health.end == .exited(2), "\(health)")
        #expect(health.text.contains("error   audit-trail: "), "\(health)")
    }

    /// What the trail has once nothing is open.
    private func settledRecords(_ lab: Lab) async throws -> [AuditRecord] {
        let trail = try FaultTrail(of: lab)
        let isSettled = try await eventually(within: .seconds(30)) { try trail.open().isEmpty }
        #expect(isSettled)
        return try trail.records(after: 0)
    }

    /// That all that was acknowledged is there, in its place, and nothing started that was refused.
    private func expectWhole(
        _ lab: Lab,
        _ acknowledged: [AuditRecord],
        _ marker: String
    ) async throws {
        let records = try await settledRecords(lab)
        #expect(Array(records.prefix(acknowledged.count)) == acknowledged)
        #expect(records.map(\.sequence) == Array(1...Int64(records.count)))
        let cut = try #require(records.first { $0.isOpening(with: marker) }).attribution.session
        let ends = records.filter { record in
            guard case .sessionEnded = record.event else { return false }
            return record.attribution.session == cut
        }
        #expect(ends.count == 1)
        // In each part one before the fault and one after it.
        let started = records.filter { $0.event == .sessionStarted }
        #expect(started.count == 4, "\(started)")
        let check =
            "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); "
            + "print(d.execute('PRAGMA integrity_check').fetchone()[0])"
        let checked = try await Command("python3", ["-c", check, FaultTrail(of: lab).path]).run()
        #expect(checked.text == "ok\n", "\(checked)")
    }
}
