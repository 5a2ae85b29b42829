import AuditTrail
import RecordingStore

extension Authority {
    /// LIMIT: how long anything may take that is asked how it is; then it counts as hanging.
    static let healthPatience = Duration.seconds(2)

    /// Looks at everything, and calls back on the loop within `healthPatience`.
    func readHealth(then completion: @escaping (BastionHealth) -> Void) {
        let gathering = HealthGathering(reactor, within: Self.healthPatience) { [self] looks in
            let findings = findings(looks)
            completion(BastionHealth(report: findings.report(), facts: findings.facts))
        }
        let path = services.recordings.path
        services.look(
            within: Self.healthPatience,
            { (RecordingsProbe.look(at: path), DiskRoom(of: path)) },
            then: { found in
                gathering.note { looks in
                    looks.recordings = found?.0 ?? .silent
                    looks.room = found?.1
                }
            }
        )
        let now = Reactor.monotonicNanoseconds()
        services.hostKeyProbe.look(at: now) { look in gathering.note { $0.hostKey = look } }
        services.authorityKeyProbe.look(at: now) { look in
            gathering.note { $0.certificateAuthority = look }
        }
    }

    private func findings(_ looks: HealthGathering.Looks) -> HealthFindings {
        var findings = HealthFindings(facts: facts(looks.room))
        findings.isDraining = isDraining
        findings.listening = addresses.map(\.description)
        findings.auditFailure = services.auditor.failure?.description
        findings.unwrittenRecords = services.auditor.unwrittenRecords
        findings.commitTakes = store.progress.beganAt.map {
            .nanoseconds(Int64(clamping: Reactor.monotonicNanoseconds() &- $0))
        }
        findings.recordings = looks.recordings
        findings.room = looks.room
        findings.reserveLack = services.storage.lack
        findings.wantedDeciders = services.deciders.size
        findings.spareProcesses = services.spares.ready
        findings.startsFail = services.spares.startsFail
        findings.hostKey = looks.hostKey
        findings.certificateAuthority = looks.certificateAuthority
        findings.refusedReload = refusedReload
        findings.sandboxLack = services.confinement.lack
        return findings
    }

    private func facts(_ room: DiskRoom?) -> BastionHealth.Facts {
        let now = Timestamp.now()
        let microseconds = now.microsecondsSince1970 - startTime.microsecondsSince1970
        return BastionHealth.Facts(
            startedAt: startTime,
            uptimeSeconds: max(0, microseconds / 1_000_000),
            connections: connections.count,
            sessions: connections.values.reduce(0) { $0 + $1.sessions.count },
            spareProcesses: services.spares.ready,
            deciders: services.deciders.ready,
            snapshotVersion: services.snapshotVersion,
            loadedAt: loadedAt,
            digest: services.snapshot.digest,
            policyDigest: services.snapshot.policyDigest,
            auditSequence: store.progress.lastSequence,
            diskFreeBytes: room?.freeBytes,
            landlock: services.confinement.landlockVersion,
            exports: exports.exporters.map { BastionHealth.Export($0, at: now) }
        )
    }
}

extension BastionHealth.Export {
    init(_ exporter: Exporter, at now: Timestamp) {
        let progress = exporter.progress
        self.init(
            name: exporter.name.rawValue,
            to: exporter.destination,
            position: progress.position,
            lagRecords: progress.lagRecords,
            lagSeconds: progress.lag(at: now).components.seconds,
            failure: progress.failure?.description
        )
    }
}

/// What several looks find, when all are done or the time is over.
final class HealthGathering {
    struct Looks {
        var recordings = HealthFindings.Look.silent
        var room: DiskRoom?
        var hostKey = HealthFindings.Look.silent
        var certificateAuthority = HealthFindings.Look.silent
    }

    private var missing = 3
    private var looks = Looks()
    private var completion: ((Looks) -> Void)?
    private var timer: Reactor.TimerID?
    private let reactor: Reactor

    init(
        _ reactor: Reactor,
        within patience: Duration,
        then completion: @escaping (Looks) -> Void
    ) {
        self.reactor = reactor
        self.completion = completion
        timer = reactor.after(patience) { [self] in
            timer = nil
            finish()
        }
    }

    func note(_ change: (inout Looks) -> Void) {
        change(&looks)
        missing -= 1
        if missing == 0 { finish() }
    }

    private func finish() {
        if let timer { reactor.cancel(timer) }
        timer = nil
        let completion = self.completion
        self.completion = nil
        completion?(looks)
    }
}
