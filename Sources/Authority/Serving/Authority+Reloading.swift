import AuditTrail
import Logging
import MessageSockets
import PolicyEngine
import Synchronization

/// What changes while the authority serves: settings, inventory, locks.
extension Authority {
    /// What is locked since counts for those who are here, too; returns how many sessions end by it.
    @discardableResult
    func locksChanged(_ locks: Locks) -> Int {
        services.locks = locks
        services.refreshIdentification()
        return recheck()
    }

    private func recheck() -> Int {
        endings { for connection in connections.values { connection.recheck() } }
    }

    /// How many sessions of those that go on are told to end by something.
    func endings(by action: () -> Void) -> Int {
        let sessions = connections.values.flatMap { $0.sessions.values.filter(\.goesOn) }
        action()
        return sessions.count { !$0.goesOn }
    }

    /// What came of a reload.
    enum ReloadOutcome: Hashable {
        case inForce(Reloaded, endedSessions: Int)
        case refused(String)
    }

    /// Reads settings and inventory again; with a mistake in them nothing changes.
    func reload(_ completion: ((ReloadOutcome) -> Void)? = nil) {
        guard !isReloading, !isDraining, upgrade == nil else {
            let reason = "a reload or an upgrade is under way, or the bastion is being stopped"
            completion?(.refused(reason))
            return
        }
        isReloading = true
        let path = settingsPath
        let ticket = reactor.expect { [weak self] (result: SnapshotReading?) in
            self?.isReloading = false
            self?.reloaded(result ?? .refused("too much is being read"), completion)
        }
        services.work.run({ SnapshotReading(path: path) }, fulfilling: ticket)
    }

    private func reloaded(
        _ reading: SnapshotReading,
        _ completion: ((ReloadOutcome) -> Void)?
    ) {
        switch reading {
        case .refused(let findings): reloadRefused(findings, completion)
        case .read(let snapshot, let warnings):
            for warning in warnings {
                logger.warning("a finding in the settings", metadata: ["finding": "\(warning)"])
            }
            load(snapshot, completion)
        }
    }

    private func reloadRefused(_ findings: String, _ completion: ((ReloadOutcome) -> Void)?) {
        logger.error(
            "the reload is refused: nothing changed",
            metadata: ["findings": "\(findings)"]
        )
        refusedReload = .now()
        let event = AuditEvent.ReloadRefused(reason: String(findings.prefix(4096)))
        services.auditor.note(.reloadRefused(event))
        completion?(.refused(findings))
    }

    /// Loads the deciders first: only a snapshot that they can read comes into force.
    private func load(_ snapshot: Snapshot, _ completion: ((ReloadOutcome) -> Void)?) {
        let version = services.snapshotVersion + 1
        let pool: DeciderPool
        do throws(SocketError) {
            pool = DeciderPool(
                program: deciderProgram,
                as: services.confinement.account,
                snapshot: try snapshot.sealedBundle(),
                version: version,
                size: snapshot.settings.deciders,
                on: reactor,
                logger: logger
            )
        } catch {
            return reloadRefused("the deciders: \(error)", completion)
        }
        isReloading = true
        // Kept by the pool until it is called once, and the pool by it.
        pool.settled = { [weak self] load in
            self?.isReloading = false
            switch load {
            case .ready:
                if let outcome = self?.apply(snapshot, version, pool) { completion?(outcome) }
            case .failed(let reason):
                pool.retire()
                self?.reloadRefused("no decider could load it: \(reason)", completion)
            }
        }
        pool.fill()
    }

    private func apply(
        _ snapshot: Snapshot,
        _ version: UInt64,
        _ pool: DeciderPool
    ) -> ReloadOutcome {
        let old = services.deciders
        let former = Discarded(services.snapshot)
        let before = services.snapshot.settings
        connect(pool)
        services.snapshot = snapshot
        services.snapshotVersion = version
        loadedAt = .now()
        refusedReload = nil
        services.deciders = pool
        services.breaker.reset()
        services.refreshIdentification()
        old.retire()
        admission.change(to: snapshot.settings.limits, snapshot.settings.penaltiesInForce)
        let awaitingRestart = snapshot.settings.fixedDifferences(from: before)
        for name in awaitingRestart {
            logger.warning("a setting needs a restart", metadata: ["setting": "\(name)"])
        }
        let event = AuditEvent.Reloaded(version: version, digest: snapshot.digest)
        services.auditor.note(.reloaded(event))
        logger.notice("settings and inventory are reloaded", metadata: ["version": "\(version)"])
        let reloaded = Reloaded(
            version: version,
            principals: snapshot.inventory.principals.count,
            targets: snapshot.inventory.targets.count,
            grants: snapshot.inventory.grants.count,
            awaitingRestart: awaitingRestart
        )
        let outcome = ReloadOutcome.inForce(reloaded, endedSessions: recheck())
        letGo(of: former)
        return outcome
    }

    /// Where thousands of targets go, that takes longer than the loop may stand still.
    private func letGo(of former: Discarded<Snapshot>) {
        services.work.run({ former.discard() }, fulfilling: reactor.expect { (_: Void?) in })
    }

    /// What the pool in force reports.
    func connect(_ pool: DeciderPool) {
        pool.lostProcess = { [services] reason in
            let event = AuditEvent.ProcessDied(process: .decide, detail: reason)
            services.auditor.note(.processDied(event))
        }
        pool.brokeOn = { [services] digest in
            services.deniedDigests.insert(digest, at: Services.milliseconds())
        }
    }
}

/// Something whose memory another thread gives back, whoever else still knows of it.
private final class Discarded<Value: Sendable>: Sendable {
    private let value: Mutex<Value?>

    init(_ value: Value) { self.value = Mutex(value) }

    func discard() { value.withLock { $0 = nil } }
}
