import AuditTrail
import Logging
import MessageSockets
import PolicyEngine
import SessionProtocol

/// What changes while the authority serves: settings, inventory, locks.
extension Authority {
    /// What is locked since counts for those who are here, too.
    func locksChanged(_ locks: Locks) {
        services.locks = locks
        services.refreshIdentification()
        recheck()
    }

    private func recheck() {
        for connection in connections.values { connection.recheck() }
    }

    /// Reads settings and inventory again; with a mistake in them nothing changes.
    func reload(_ completion: ((String?) -> Void)? = nil) {
        guard !isReloading, !isDraining else {
            completion?("a reload is under way, or the bastion is being stopped")
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

    private func reloaded(_ reading: SnapshotReading, _ completion: ((String?) -> Void)?) {
        switch reading {
        case .refused(let findings): reloadRefused(findings, completion)
        case .read(let snapshot, let warnings):
            for warning in warnings {
                logger.warning("a finding in the settings", metadata: ["finding": "\(warning)"])
            }
            load(snapshot, completion)
        }
    }

    private func reloadRefused(_ findings: String, _ completion: ((String?) -> Void)?) {
        logger.error(
            "the reload is refused: nothing changed",
            metadata: ["findings": "\(findings)"]
        )
        let event = AuditEvent.ReloadRefused(reason: String(findings.prefix(4096)))
        services.auditor.note(.reloadRefused(event))
        completion?(findings)
    }

    /// Loads the deciders first: only a snapshot that they can read comes into force.
    private func load(_ snapshot: Snapshot, _ completion: ((String?) -> Void)?) {
        let version = services.snapshotVersion + 1
        let pool: DeciderPool
        do throws(SocketError) {
            pool = DeciderPool(
                program: deciderProgram,
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
                self?.apply(snapshot, version, pool)
                completion?(nil)
            case .failed(let reason):
                pool.retire()
                self?.reloadRefused("no decider could load it: \(reason)", completion)
            }
        }
        pool.fill()
    }

    private func apply(_ snapshot: Snapshot, _ version: UInt64, _ pool: DeciderPool) {
        let old = services.deciders
        let before = services.snapshot.settings
        connect(pool)
        services.snapshot = snapshot
        services.snapshotVersion = version
        services.deciders = pool
        services.breaker.reset()
        services.refreshIdentification()
        old.retire()
        admission.limits = snapshot.settings.limits
        for name in snapshot.settings.fixedDifferences(from: before) {
            logger.warning("a setting needs a restart", metadata: ["setting": "\(name)"])
        }
        let event = AuditEvent.Reloaded(version: version, digest: snapshot.digest)
        services.auditor.note(.reloaded(event))
        logger.notice("settings and inventory are reloaded", metadata: ["version": "\(version)"])
        recheck()
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
