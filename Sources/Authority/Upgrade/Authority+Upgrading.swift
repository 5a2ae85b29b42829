import AuditTrail
import Logging
import MessageSockets
import SessionProtocol
import Synchronization

/// How another release takes this one's place, in the same process and without ending a session.
///
/// The session processes are this process's children before and after; all that goes over is what the
/// authority knows of them, and the descriptors. Nothing is handed over in the midst of anything:
/// sessions that are being opened run first, those that are ending end, and what a process asks for
/// meanwhile waits in its socket.
extension Authority {
    // MARK: Beginning

    /// Asks first whether the other release starts here at all, while this one serves.
    func beginUpgrade() {
        guard let successor else { return refuseUpgrade("the path of the program is not known") }
        guard upgrade == nil, !isReloading, !isDraining else {
            return refuseUpgrade(
                "an upgrade or a reload is under way, or the bastion is being stopped"
            )
        }
        upgrade = Upgrade(successor)
        logger.notice("an upgrade begins", metadata: ["program": "\(successor.path)"])
        let nothing: Descriptor
        do throws(HandoverError) {
            nothing = try HandoverFile.write(emptyHandover)
        } catch {
            return callOffUpgrade(error.description)
        }
        let ticket = reactor.expect { [weak self] (check: SuccessorCheck?) in
            self?.checked(check ?? .failed("too much is being checked"))
        }
        services.work.run({ SuccessorCheck(of: successor, nothing) }, fulfilling: ticket)
    }

    private var emptyHandover: Handover {
        Handover(
            hostKey: RecordedBytes(services.hostKeyBytes),
            places: services.places
        )
    }

    private func checked(_ check: SuccessorCheck) {
        guard upgrade != nil else { return }
        switch check {
        case .failed(let reason): callOffUpgrade(reason)
        case .passed:
            upgrade?.beginSettling(at: Reactor.monotonicNanoseconds())
            logger.notice("coming to rest", metadata: ["connections": "\(connections.count)"])
            // The kernel keeps who connects.
            for listener in listeners { listener.stop() }
            tellRefusals()
            lookWhetherSettled()
        }
    }

    // MARK: Coming to rest

    private func lookWhetherSettled() {
        guard upgrade?.isSettling == true else { return }
        for connection in connections.values { connection.settle() }
        if isSettled { return handOver() }
        switch upgrade?.next(at: Reactor.monotonicNanoseconds()) {
        case .wait, nil: break
        case .dismiss:
            for connection in connections.values where !connection.isSignedIn {
                connection.end(.drained, Upgrade.reason)
            }
        case .giveWay: for connection in busyConnections { connection.giveWay() }
        case .callOff:
            let names = busyConnections.map(\.id).sorted().prefix(8).joined(separator: ", ")
            return callOffUpgrade("what is under way does not come to rest: \(names)")
        }
        _ = reactor.after(Upgrade.interval) { [weak self] in self?.lookWhetherSettled() }
    }

    private var busyConnections: [InboundConnection] {
        connections.values.filter { $0.readiness == .busy }
    }

    private var isSettled: Bool {
        let mayLeaveEnds = upgrade?.hasGivenWay == true
        guard proxied.isEmpty, services.spares.awaited == 0, services.auditor.isWritten,
            mayLeaveEnds || services.endings.pending == 0
        else { return false }
        let isReady = connections.values.allSatisfy { connection in
            switch connection.readiness {
            case .settled: true
            case .leavesEnds: mayLeaveEnds
            case .busy: false
            }
        }
        guard isReady else { return false }
        // What threads did is known here, so that nothing of it gets lost.
        return committer.isIdle && reactor.hasNoLetters
    }

    // MARK: Handing over

    /// From here to the other release the loop does not turn: nothing changes any more, and what
    /// processes say is in their sockets.
    private func handOver() {
        guard let successor = upgrade?.successor else { return }
        let handover = handover()
        logger.notice(
            "handing over",
            metadata: [
                "connections": "\(handover.connections.count)", "sessions": "\(handover.sessions)",
            ]
        )
        do throws(HandoverError) {
            let file = try HandoverFile.write(handover)
            try successor.check(file)
            let failure = successor.take(over: file, with: handover.descriptors)
            throw .refused("`\(successor.path)` did not start: \(failure)")
        } catch {
            callOffUpgrade(error.description)
        }
    }

    private func handover() -> Handover {
        services.storage.measureAbandoned()
        var handover = emptyHandover
        handover.listeners = listeners.map(\.handed)
        handover.adminSocket = adminServer?.handed
        handover.connections = connections.values.compactMap { $0.handed() }
        handover.gone = connections.values.compactMap(\.gone)
        handover.ends = connections.values.flatMap(\.handedEnds) + leftovers.unrecordedEnds
        handover.penalties = admission.penalties.handed(at: Services.signedMilliseconds())
        handover.recorded = services.storage.recordings.handed
        let goingOn = Set(handover.connections.map(\.process.id))
        handover.orphans = ChildProcess.living.withLock { $0.subtracting(goingOn).sorted() }
        return handover
    }

    // MARK: Going on

    private func callOffUpgrade(_ reason: String) {
        let wantsReload = upgrade?.wantsReload == true
        cancelUpgrade()
        for listener in listeners {
            do throws(SocketError) {
                try listener.start()
            } catch {
                logger.critical("listening failed", metadata: ["reason": "\(error)"])
            }
        }
        refuseUpgrade(reason)
        if wantsReload { reload() }
    }

    /// Nobody takes over from a bastion that is being stopped; who waited is heard before that.
    func callOffUpgradeToStop() {
        guard upgrade != nil else { return }
        cancelUpgrade()
        refuseUpgrade("the bastion is being stopped")
    }

    /// Everything goes on here; nobody is accepted before somebody says so.
    private func cancelUpgrade() {
        guard upgrade != nil else { return }
        upgrade = nil
        for connection in connections.values { connection.unsettle() }
    }

    /// Another release reads the files anyhow; this one does so when it stays.
    func reloadUnlessUpgraded() {
        guard upgrade != nil else { return reload() }
        logger.notice("the reload waits for the upgrade")
        upgrade?.wantsReload = true
    }

    private func refuseUpgrade(_ reason: String) {
        logger.error("there is no upgrade", metadata: ["reason": "\(reason)"])
        let notice = AuditEvent.Notice(topic: .upgradeRefused, detail: String(reason.prefix(4096)))
        services.auditor.note(.notice(notice))
    }

    /// Goes on with what another release handed over, and hears from here on what its processes say.
    func goOn(with handed: ResolvedHandover) throws(SocketError) {
        for resolved in handed.connections {
            let process = try ChildProcess(
                adopting: resolved.connection.process,
                on: reactor,
                logger: logger
            )
            let connection = InboundConnection(resuming: resolved, process, services)
            admission.takeOver()
            add(connection, from: resolved.address)
        }
        for process in handed.handover.orphans {
            try ChildProcess.end(orphan: process, on: reactor)
        }
        // Before any session begins.
        watchStorage()
        for resolved in handed.connections {
            connections[resolved.connection.id]?.goOn(resolved.connection)
        }
        logger.notice(
            "another release goes on",
            metadata: [
                "connections": "\(handed.connections.count)",
                "sessions": "\(handed.handover.sessions)",
            ]
        )
    }
}

/// What came of asking another release whether it starts here.
private enum SuccessorCheck: Sendable {
    case passed
    case failed(String)

    init(of successor: Successor, _ handover: Descriptor) {
        do throws(HandoverError) {
            try successor.check(handover)
            self = .passed
        } catch {
            self = .failed(error.description)
        }
    }
}

extension Handover {
    /// The listening sockets, by where they were wanted; what nobody takes is closed.
    var inheritedListeners: [SocketAddress: [Descriptor]] {
        Dictionary(grouping: listeners, by: \.wanted).mapValues { listeners in
            listeners.map { Descriptor(adopting: $0.descriptor) }
        }
    }
}
