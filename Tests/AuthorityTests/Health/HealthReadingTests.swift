import AuditTrail
import Foundation
import Glibc
import SSHKeys
import Testing

@testable import Authority
@testable import MessageSockets

@Suite struct `looking how a bastion is` {
    private let bastion: Bastion
    private let authority: Authority

    init() throws {
        bastion = try Bastion(World())
        try SignalSource.block()
        authority = Authority(
            services: bastion.services,
            settingsPath: "",
            deciderProgram: "/bin/false",
            store: try ObservedStore(bastion.store, bastion.services.metering.measurements),
            committer: GroupCommitter(store: bastion.store),
            leftovers: LeftoverEnding([], bastion.services),
            signals: try SignalSource()
        )
    }

    private func awaitDeciders() throws {
        let deciders = bastion.services.deciders
        try bastion.turn { deciders.ready == deciders.size }
    }

    private func health() throws -> BastionHealth {
        var found: BastionHealth?
        authority.readHealth { found = $0 }
        try bastion.turn { found != nil }
        return try #require(found)
    }

    @Test func `finds what is so`() throws {
        try awaitDeciders()
        let health = try health()
        func finding(_ subject: String) -> Diagnosis? {
            health.report.findings.first { $0.subject == subject }
        }
        #expect(finding("recordings")?.level == .ok)
        #expect(finding("host-key")?.text == "it signs")
        #expect(finding("certificate-authority")?.text == "it signs")
        #expect(finding("deciders")?.level == .ok)
        #expect(health.facts.snapshotVersion == 1)
        #expect(health.facts.policyDigest == bastion.services.snapshot.policyDigest)
        #expect(health.facts.diskFreeBytes != nil)
        #expect(health.facts.landlock == 7)
        // What goes over the socket comes back the same.
        var answer = AdminAnswer()
        answer.health = health
        let line = AdminCoding.line(answer)
        #expect(try JSONDecoder().decode(AdminAnswer.self, from: Data(line)) == answer)
    }

    @Test func `finds a folder in which nothing can be recorded`() throws {
        let path = bastion.services.snapshot.settings.recordingsDirectory
        let elsewhere = path + ".gone"
        try FileManager.default.moveItem(atPath: path, toPath: elsewhere)
        let finding = try health().report.findings.first { $0.subject == "recordings" }
        #expect(finding?.level == .error)
        #expect(finding?.text.contains("No such file") == true)
        try FileManager.default.moveItem(atPath: elsewhere, toPath: path)
    }

    @Test func `says which reload was refused, until another one is in force`() throws {
        var outcome: Authority.ReloadOutcome?
        authority.reload { outcome = $0 }
        try bastion.turn { outcome != nil }
        let finding = try health().report.findings.first { $0.subject == "rules" }
        #expect(finding?.level == .warning)
        #expect(finding?.text.contains("was refused") == true)
    }

    /// Both threads that look hang, as on a disk that does not answer.
    @Test func `is told within its time, whatever hangs`() throws {
        let gate = DispatchSemaphore(value: 0)
        for _ in 0..<Services.watcherThreads {
            bastion.services.watchers.run(
                { gate.wait() },
                fulfilling: bastion.services.reactor.expect { (_: Void?) in }
            )
        }
        let health = try health()
        let finding = health.report.findings.first { $0.subject == "recordings" }
        #expect(finding?.level == .error)
        #expect(finding?.text == "the disk did not answer within 2 s")
        #expect(health.facts.diskFreeBytes == nil)
        var rows: [MetricsText.Row]?
        authority.readMetrics { rows = $0 }
        try bastion.turn { rows != nil }
        #expect(rows?.contains { $0.series == MetricSeries(.connectionsOpen) } == true)
        for _ in 0..<Services.watcherThreads { gate.signal() }
    }

    @Test func `shows numbers that say what is`() throws {
        try awaitDeciders()
        var rows: [MetricsText.Row] = []
        authority.readMetrics { rows = $0 }
        try bastion.turn { !rows.isEmpty }
        func value(_ metric: Metric) -> MetricRegistry.Reading? {
            rows.first { $0.series == MetricSeries(metric) }?.reading
        }
        #expect(value(.decidersReady) == .value(Double(bastion.services.deciders.size)))
        #expect(value(.snapshotVersion) == .value(1))
        guard case .value(let free?) = value(.diskFree) else {
            Issue.record("nothing is known of the disk")
            return
        }
        #expect(free > 0)
    }
}

@Suite struct `a key that is asked to sign` {
    @Test func `is asked once in a while, however often somebody wants to know`() throws {
        let reactor = try Reactor()
        // An agent that is not there: each try is seen in its answer.
        let folder = try Folder()
        let key = Ed25519SigningKey.generate()
        let signer = Signer(AgentClient(path: "\(folder.path)/none"), publicKey: key.publicKey)
        let probe = SigningProbe(signer, on: reactor)
        var looks: [HealthFindings.Look] = []
        for _ in 0..<3 { probe.look(at: 0) { looks.append($0) } }
        while looks.count < 3 { try reactor.turn() }
        #expect(looks.allSatisfy { if case .failed = $0 { true } else { false } })

        // At once, because nobody is asked.
        let age = SigningProbe.ageOfFailure.wholeNanoseconds
        probe.look(at: age - 1) { looks.append($0) }
        #expect(looks.count == 4)
        probe.look(at: age) { looks.append($0) }
        #expect(looks.count == 4)
        while looks.count < 5 { try reactor.turn() }
    }

    @Test func `is not asked again for a while when it signed`() throws {
        let reactor = try Reactor()
        let probe = SigningProbe(Signer(Ed25519SigningKey.generate()), on: reactor)
        var looks: [HealthFindings.Look] = []
        for moment in [0, SigningProbe.ageOfFailure.wholeNanoseconds] {
            probe.look(at: moment) { looks.append($0) }
        }
        #expect(looks == [.fine, .fine])
    }
}

@Suite struct `an administrator with a deadline` {
    @Test func `is told that a bastion hangs that accepts and does not answer`() throws {
        let folder = try Folder()
        let path = "\(folder.path)/admin.sock"
        let socket = try UnixSocket.made()
        try UnixSocket.bind(socket, to: path)
        try #require(listen(socket.raw, 1) == 0)
        let patience = Duration.seconds(1)
        #expect(throws: AdminError.silent(patience)) {
            try AdminClient(socketPath: path, within: patience).ask(.health)
        }
        // The queue of those who are not accepted is full.
        var others: [AdminClient] = []
        #expect(throws: AdminError.silent(patience)) {
            for _ in 0..<8 {
                others.append(try AdminClient(socketPath: path, within: patience))
            }
        }
        #expect(!others.isEmpty)
    }

    @Test func `is told that nobody is there`() throws {
        let folder = try Folder()
        #expect(
            throws: AdminError.notServing(
                path: "\(folder.path)/none",
                reason: SocketError(call: "connect", code: ENOENT).description
            )
        ) {
            try AdminClient(socketPath: "\(folder.path)/none", within: .seconds(1))
        }
    }
}
