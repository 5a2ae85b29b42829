import AuditTrail
import Foundation
import Glibc
import TestSupport
import Testing

/// Puts another start of the same release in the place of a running one.
///
/// A few sessions here; `scripts/upgrades` has hundreds.
@Suite(.throughTurnstile)
struct `an upgrade` {
    /// How many sessions, and how many upgrades.
    private struct Extent {
        var sessions = 12
        var upgrades = 3
        /// Whether somebody watches.
        var isLong = false

        /// `SESSIONS UPGRADES` in the environment, as `scripts/upgrades` has it.
        init() throws {
            guard let text = ProcessInfo.processInfo.environment["SALLYPORT_UPGRADES"] else {
                return
            }
            let numbers = text.split(separator: " ").compactMap { Int($0) }
            try #require(numbers.count == 2, "SALLYPORT_UPGRADES=\(text)")
            (sessions, upgrades) = (numbers[0], numbers[1])
            isLong = true
        }
    }

    @Test func `loses no byte of what sessions move, and no client who comes`() async throws {
        let extent = try Extent()
        let settings = ["limits.connections=2000", "limits.connections-per-principal=2000"]
        try await Lab.with("upgrade", settings.flatMap { ["--set", $0] }) { lab in
            let before = try FaultTrail(of: lab).lastSequence()
            let crowd = UpgradeCrowd(lab, of: extent.sessions)
            let outcomes = try await crowd.run {
                for number in 1...extent.upgrades {
                    let begun = ContinuousClock.now
                    try await lab.upgraded(toThe: number)
                    if extent.isLong { say("upgrade \(number): \(ContinuousClock.now - begun)") }
                }
            }
            for outcome in outcomes {
                for finding in outcome.findings { Issue.record("\(finding)") }
            }
            let records = try await FaultTrail(of: lab).settled(after: before)
            try await check(records, lab, outcomes, upgrades: extent.upgrades)
            if extent.isLong {
                let passing = outcomes.filter(\.isPassing).count
                let bytes = outcomes.reduce(0) { $0 + $1.bytes }
                say("\(extent.sessions) sessions, \(bytes) bytes; \(passing) came meanwhile")
            }
        }
    }

    private func check(
        _ records: [AuditRecord],
        _ lab: Lab,
        _ outcomes: [UpgradeCrowd.Outcome],
        upgrades: Int
    ) async throws {
        var kinds: [AuditKind: [String]] = [:]
        for record in records {
            let about = record.attribution
            kinds[record.event.kind, default: []].append(about.session ?? about.connection ?? "")
        }
        for kind in [
            AuditKind.connectionOpened, .signedIn, .connectionEnded, .sessionOpened, .decided,
            .sessionStarted, .sessionEnded,
        ] {
            let about = kinds[kind] ?? []
            #expect(about.count == outcomes.count, "\(kind)")
            #expect(Set(about).count == about.count, "\(kind) is doubled")
        }
        #expect(kinds[.served]?.count == upgrades)
        #expect(kinds[.recordingRecovered] == nil)
        for record in records {
            guard case .sessionEnded(let ended) = record.event else { continue }
            #expect(ended.cause == .finished)
        }
        #expect(try FaultTrail(of: lab).open().isEmpty)
        for outcome in outcomes.filter({ !$0.isPassing }).prefix(3) {
            let session = try #require(
                await lab.sessions().first { $0.command.text.contains(outcome.token) }
            )
            let played = try await lab.sallyport("play", "--raw", session.id).run()
            #expect(played.text.contains(outcome.lastLine), "\(session.id)")
        }
    }

    // MARK: What does not take over

    /// A bastion whose program is exchanged for a script, in which `$REAL` is the true one.
    private func withScript(
        _ name: String,
        _ script: String,
        _ body: (Lab) async throws -> Void
    ) async throws {
        let programs = try Scratch()
        for program in ["sallyport", "sallyport-session", "sallyport-decide"] {
            try FileManager.default.createSymbolicLink(
                atPath: "\(programs.path)/\(program)",
                withDestinationPath: "\(Lab.programs)/\(program)"
            )
        }
        let real = "\(Lab.programs)/sallyport"
        try await Lab.with(name, programs: programs.path) { lab in
            let path = "\(programs.path)/sallyport"
            let written = try programs.write("#!/bin/sh\nREAL=\(real)\n\(script)\n", to: "script")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755],
                ofItemAtPath: written
            )
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: written, toPath: path)
            try await body(lab)
        }
        withExtendedLifetime(programs) {}
    }

    @Test(arguments: [
        ("no-release", "echo 'I am no release' >&2; exit 1", "I am no release"),
        ("unwilling", "exit 0", "it did not say why"),
        // The first question is about nobody, and the second one about those who are here.
        (
            "unreadable",
            #"sed 's/"moment"/"garbage"/' >"$0.in"; exec "$REAL" "$@" <"$0.in""#,
            "the handover cannot be read"
        ),
        (
            "other-format",
            #"sed 's/"format":[0-9]*/"format":99/' >"$0.in"; exec "$REAL" "$@" <"$0.in""#,
            "the handover has format 99"
        ),
        (
            "no-program",
            #"! grep -q '"moment"' || chmod -x "$0"; echo 'sallyport: takes over'"#,
            "did not start: execv failed: Permission denied"
        ),
    ])
    func `that cannot be leaves everything as it was`(
        name: String,
        script: String,
        reason: String
    ) async throws {
        try await withScript(name, script) { lab in
            let command = "echo started; cat; echo over"
            try await lab.ssh("alice.web1", command).readingWhatIsWritten().start { client in
                try await client.printed("started")
                kill(Int32(try lab.bastionProcess), SIGUSR2)
                let isRefused = try await eventually(within: .seconds(60)) {
                    try lab.log.contains("there is no upgrade")
                }
                #expect(isRefused)
                let log = try lab.log
                #expect(log.contains(reason), "\(log)")
                client.write("still here\n")
                client.closeInput()
                #expect(try await client.finished().text == "started\nstill here\nover\n")
            }
            #expect(try await lab.ssh("bob.web1", "echo served").run().text == "served\n")
            let notices = try FaultTrail(of: lab).records(after: 0).count { record in
                guard case .notice(let notice) = record.event else { return false }
                return notice.topic == .upgradeRefused
            }
            #expect(notices == 1)
        }
    }

    // MARK: Who has to wait

    /// What a shared connection asks for in the midst of it comes about afterwards.
    private func askMeanwhile(
        _ lab: Lab,
        until isOver: @Sendable () throws -> Bool
    ) async throws {
        let socket = try Scratch()
        let shared = ["-o", "ControlPath=\(socket.path)/s"]
        try await lab.ssh("alice.web1", options: shared + ["-M", "-N"]).start { _ in
            try await lab.waitForMaster("alice.web1", shared)
            try await lab.withUpgradeHeldUp {
                let isEarly = try !isOver()
                #expect(isEarly)
                let asked = lab.ssh("alice.web1", "echo later", options: shared)
                try await asked.start { client in
                    #expect(try await client.finished().text == "later\n")
                    let wasLate = try isOver()
                    #expect(wasLate, "it began in the midst of it")
                }
            }
        }
        withExtendedLifetime(socket) {}
    }

    @Test func `lets who asks meanwhile wait, and nobody wait for who is silent`() async throws {
        try await Lab.with("upgrade-held") { lab in
            try await askMeanwhile(lab) { try lab.log.contains("another release goes on") }
        }
    }

    @Test func `that is called off serves who waited`() async throws {
        // It would start, and does not take over those who are here.
        let script = #"! grep -q '"moment"' || exit 1; echo 'sallyport: takes over'"#
        try await withScript("upgrade-off", script) { lab in
            try await askMeanwhile(lab) { try lab.log.contains("there is no upgrade") }
        }
    }

    @Test func `closes an address that the settings do not have any more`() async throws {
        try await Lab.with("upgrade-address") { lab in
            let port = try lab.port
            let settings = try String(contentsOfFile: lab.settings, encoding: .utf8)
            try #require(settings.contains("127.0.0.1:\(port)"))
            try settings.replacing("127.0.0.1:\(port)", with: "127.0.0.1:0")
                .write(toFile: lab.settings, atomically: false, encoding: .utf8)
            try await lab.ssh("alice.web1", "cat").readingWhatIsWritten().start { client in
                client.write("before\n")
                try await client.printed("before")
                try await lab.upgraded(toThe: 1)
                client.write("after\n")
                client.closeInput()
                #expect(try await client.finished().text == "before\nafter\n")
            }
            #expect(try await !lab.ssh("alice.web1", "echo old").run().succeeded)
            var other = Substring(port)
            // It goes on with those who are here before it listens.
            let isOther = try await eventually(within: .seconds(60)) {
                let address = try lab.log.split(separator: "\n").last {
                    $0.contains("listening on")
                }
                other = address?.split(separator: ":").last ?? other
                return other != port
            }
            try #require(isOther)
            let options = ["-p", "\(other)", "-o", "HostKeyAlias=[127.0.0.1]:\(port)"]
            let served = try await lab.ssh("alice.web1", "echo new", options: options).run()
            #expect(served.text == "new\n", "\(served)")
        }
    }

    // MARK: What it carries over

    @Test func `goes on with a time limit, a shared connection and an end of its own`()
        async throws
    {
        let settings = ["--set", "limits.session-time-limit=10s"]
        try await Lab.with("upgrade-limits", settings) { lab in
            let socket = try Scratch()
            let shared = ["-o", "ControlPath=\(socket.path)/s"]
            let number = Machine.marker()
            let limited = lab.ssh("bob.web1", "echo started; exec sleep \(number)")
            try await limited.start { client in
                try await client.printed("started")
                try await lab.ssh("alice.web1", options: shared + ["-M", "-N"]).start { _ in
                    try await lab.waitForMaster("alice.web1", shared)
                    #expect(
                        try await lab.ssh("alice.web1", "echo 1", options: shared).run().succeeded
                    )
                    try await lab.upgraded(toThe: 1)
                    // Another session of a connection that signed in to the release before.
                    #expect(
                        try await lab.ssh("alice.web1", "echo 2", options: shared).run().text
                            == "2\n"
                    )
                }
                let outcome = try await client.finished()
                #expect(outcome.errorText.contains("limits.session-time-limit"), "\(outcome)")
            }
            let ending = try await lab.ending(ofSessionWith: number, within: .seconds(30))
            #expect(ending == "time-limit ended")
            let isGone = try await eventually(within: .seconds(20)) {
                try !Machine.isRunning(number)
            }
            #expect(isGone)
            withExtendedLifetime(socket) {}
        }
    }

    /// At once, for whoever watches behind a pipe.
    private func say(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}

extension Lab {
    /// Begins an upgrade that has to wait: somebody connects and says nothing, for which they are told
    /// to go in the end.
    func withUpgradeHeldUp(_ body: () async throws -> Void) async throws {
        let text = "exec 3<>/dev/tcp/127.0.0.1/\(try port); cat <&3"
        try await Command("bash", ["-c", text]).readingWhatIsWritten().start { client in
            try await client.printed("SSH-2.0")
            Glibc.kill(Int32(try bastionProcess), SIGUSR2)
            let settles = try await eventually(within: .seconds(60)) {
                try log.contains("coming to rest")
            }
            guard settles else { throw Failure(description: "the upgrade does not begin") }
            try await body()
            _ = try await client.finished(within: .seconds(30))
        }
    }

    /// Makes the program that is there now take over, for the nth time, and waits until it serves.
    func upgraded(toThe number: Int) async throws {
        Glibc.kill(Int32(try bastionProcess), SIGUSR2)
        let isDone = try await eventually(within: .seconds(60)) {
            let log = try log
            guard !log.contains("there is no upgrade") else {
                throw Failure(description: "no upgrade: \(log.suffix(2000))")
            }
            return log.split(separator: "\n").count { $0.contains("another release goes on") }
                >= number
        }
        guard isDone else { throw Failure(description: "no upgrade in time") }
    }
}

extension FaultTrail {
    /// Every record after one, once nothing is open.
    fileprivate func settled(after sequence: Int64) async throws -> [AuditRecord] {
        _ = try await eventually(within: .seconds(60)) { try open().isEmpty }
        return try records(after: sequence)
    }
}
