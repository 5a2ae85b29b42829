import AuditTrail
import Glibc
import Logging
import MessageSockets
import PolicyEngine

/// `sallyport serve`: accepts, identifies, decides, signs, records, spawns, and speaks no SSH.
///
/// Everything here belongs to the thread that runs `run`.
final class Authority {
    /// LIMIT: after the sessions are over, for what is being ended on targets and recorded.
    static let settleTimeout = Duration.seconds(12)

    let services: Services
    let settingsPath: String
    let deciderProgram: String
    let store: ObservedStore
    let exports: AuditExports
    let startTime = Timestamp.now()
    /// When the settings, inventory and rules in force were loaded.
    var loadedAt = Timestamp.now()
    /// Why others are not in force, where somebody wanted others since.
    var refusedReload: Timestamp?
    let committer: GroupCommitter
    let leftovers: LeftoverEnding
    private(set) var listeners: [Listener] = []
    var admission: Admission
    var connections: [String: InboundConnection] = [:]
    private let signals: SignalSource
    private var administration: Administration?
    private(set) var adminServer: AdminServer?
    /// What takes its place when it is told to make room; nil where nobody knows.
    let successor: Successor?
    /// The one that is under way.
    var upgrade: Upgrade?
    private(set) var isDraining = false
    var isReloading = false
    var refusals = RefusalSummary()
    /// Connections of proxies that have not said yet from where they come.
    var proxied: [ObjectIdentifier: ProxyHeaderReading] = [:]

    /// Where clients connect to.
    var addresses: [SocketAddress] { listeners.map(\.address) }

    var reactor: Reactor { services.reactor }
    var logger: Logger { services.logger }

    init(
        services: Services,
        settingsPath: String,
        deciderProgram: String,
        store: ObservedStore,
        exports: AuditExports = AuditExports(),
        committer: GroupCommitter,
        leftovers: LeftoverEnding,
        signals: SignalSource,
        successor: Successor? = nil
    ) {
        self.services = services
        self.settingsPath = settingsPath
        self.deciderProgram = deciderProgram
        self.store = store
        self.exports = exports
        self.committer = committer
        self.leftovers = leftovers
        self.signals = signals
        self.successor = successor
        let limits = services.snapshot.settings.limits
        admission = Admission(
            limits: limits,
            penalties: services.snapshot.settings.penaltiesInForce,
            descriptorLimit: DescriptorLimit.current()
        )
    }

    // MARK: Serving

    /// Listens and returns the addresses; of those that another release has handed over nobody who
    /// waits there is lost.
    func listen(taking handover: Handover? = nil) throws(StartError) -> [SocketAddress] {
        var wanted: [SocketAddress] = []
        for address in services.snapshot.settings.listen { wanted += try Self.resolve(address) }
        var handed = handover?.inheritedListeners ?? [:]
        let taken = wanted.map { ($0, handed[$0]?.popLast()) }
        // What nobody wants any more is closed first: it may be in the way of what is wanted.
        handed = [:]
        for (address, inherited) in taken {
            do throws(SocketError) {
                try listen(at: address, taking: inherited)
            } catch {
                let failure = StartError.cannotListen(
                    address: address.description,
                    reason: error.description
                )
                // Those who are here would pay for it.
                guard handover != nil else { throw failure }
                logger.critical("an address is not served", metadata: ["reason": "\(failure)"])
            }
        }
        do throws(StartError) {
            try openAdminSocket(taking: handover?.adminSocket)
        } catch {
            guard handover != nil else { throw error }
            logger.critical("there is no admin socket", metadata: ["reason": "\(error)"])
        }
        watchStorage()
        return addresses
    }

    private func listen(
        at address: SocketAddress,
        taking inherited: Descriptor?
    ) throws(SocketError) {
        let listener = try Listener(at: address, taking: inherited, on: reactor, logger: logger) {
            [weak self] socket, listener in
            self?.accepted(socket, at: listener)
        }
        try listener.start()
        listeners.append(listener)
    }

    /// Nobody's session begins before the disks are looked at.
    func watchStorage() {
        services.storage.begin { [weak self] in
            self?.connections.values.flatMap(\.sessions.values) ?? []
        }
    }

    private func openAdminSocket(taking handed: HandedAdminSocket?) throws(StartError) {
        let administration = Administration(self, store: store)
        let place = services.snapshot.settings.adminSocket
        let inherited = handed.map { Descriptor(adopting: $0.descriptor) }
        do throws(SocketError) {
            let server = try AdminServer(
                at: place,
                taking: handed?.path == place.path ? inherited : nil,
                on: reactor,
                logger: logger,
                admits: administration.admits,
                handle: { administration.handle($0, from: $1) }
            )
            try server.start()
            adminServer = server
            self.administration = administration
        } catch {
            throw .cannotListen(address: place.path, reason: error.description)
        }
    }

    private static func resolve(
        _ address: NetworkAddress
    ) throws(StartError) -> [SocketAddress] {
        switch NameLookup.addresses(of: address.host.description, port: address.port) {
        case .addresses(let addresses): return addresses
        case .failed(let reason):
            throw .cannotListen(address: address.description, reason: reason)
        }
    }

    /// Serves until it is told to stop; what a crash left is ended beside that.
    func run() throws(SocketError) {
        let watch = try reactor.watch(signals.raw, for: .readable) { [weak self] _ in
            self?.signalled()
        }
        leftovers.closed = { [weak self] in self?.stopIfSettled() }
        services.endings.quieted = { [weak self] in self?.stopIfSettled() }
        leftovers.begin()
        exports.start(committed: store.progress.lastSequence)
        try reactor.run()
        reactor.forget(watch)
    }

    private func signalled() {
        while let signal = signals.next() {
            switch signal {
            case SIGHUP:
                exports.reopen()
                reloadUnlessUpgraded()
            case SIGUSR2: beginUpgrade()
            case SIGTERM: drain(services.snapshot.settings.limits.drainTimeout)
            case SIGINT: drain(.zero)
            default: break
            }
        }
    }

    // MARK: Stopping

    /// Takes nobody in any more, lets sessions go on for a while, then ends them and stops.
    func drain(_ timeout: Duration) {
        if !isDraining {
            callOffUpgradeToStop()
            isDraining = true
            admission.isDraining = true
            for listener in listeners { listener.stop() }
            for reading in proxied.values { reading.cancel() }
            proxied = [:]
            logger.notice("stopping", metadata: ["connections": "\(connections.count)"])
            for connection in connections.values { connection.drain() }
        }
        if stopIfSettled() { return }
        _ = reactor.after(timeout) { [weak self] in
            guard let self else { return }
            for connection in connections.values {
                connection.end(.drained, "the bastion is being stopped")
            }
            _ = reactor.after(Self.settleTimeout) { [weak self] in self?.stop() }
        }
    }

    /// Whether nothing of sessions is left to be waited for.
    @discardableResult
    func stopIfSettled() -> Bool {
        guard isDraining, !leftovers.isBusy, !services.endings.isBusy,
            connections.values.allSatisfy(\.awaitsTargets)
        else { return false }
        stop()
        return true
    }

    private func stop() {
        services.spares.stop()
        adminServer?.stop()
        reactor.stop()
    }

    /// After `run`: the last record, and everything durable.
    func close() throws(StoreError) {
        let record = NewAuditRecord(
            time: .now(),
            attribution: Attribution(),
            event: .served(AuditEvent.Served(state: .stopped))
        )
        services.auditor.finish()
        _ = try committer.commit([record])
        committer.close()
        exports.stop()
        try store.close()
    }
}
