import AuditTrail
import CSystem
import Glibc
package import Logging
import MessageSockets
import RecordingStore
import SSHWire
import StrictYAML

/// Brings an authority up, step by step; what fails says why, and nothing was served.
package enum Startup {
    /// Serves until a signal ends it, or makes `successor` take over.
    ///
    /// Of another release it takes over what the descriptor `handover` says. `listening` gets the addresses as soon as clients can
    /// connect.
    package static func serve(
        settingsPath: String,
        programs: Programs,
        successor: Successor? = nil,
        takingOver handover: CInt? = nil,
        makeLogger: (LogLevel) -> Logger,
        listening: ([String]) -> Void
    ) throws(StartError) {
        do throws(SocketError) {
            try SignalSource.block()
        } catch {
            throw .system(error.description)
        }
        DescriptorLimit.raise()
        // The keys are in this process: no core dump, no debugger of the same user.
        guard sp_set_not_dumpable() == 0 else {
            throw .system(SocketError(call: "prctl").description)
        }
        let accepted = try load(settingsPath)
        let logger = makeLogger(accepted.value.settings.logLevel)
        for warning in accepted.warnings {
            logger.warning("a finding in the settings", metadata: ["finding": "\(warning)"])
        }
        let before = try handover.map { raw throws(StartError) in
            try takeOver(raw, accepted.value)
        }
        let authority = try make(
            accepted.value,
            settingsPath,
            programs,
            successor,
            before,
            logger
        )
        do throws(SocketError) {
            if let before { try authority.goOn(with: before) }
        } catch {
            throw .system(error.description)
        }
        try awaitProcesses(authority)
        let addresses = try authority.listen(taking: before?.handover)
        for address in addresses {
            logger.notice("listening", metadata: ["address": "\(address)"])
        }
        listening(addresses.map(\.description))
        do throws(SocketError) {
            try authority.run()
        } catch {
            throw .system(error.description)
        }
        do throws(StoreError) {
            try authority.close()
        } catch {
            throw .store(error, path: accepted.value.settings.auditTrailPath)
        }
        logger.notice("stopped")
    }

    static func load(_ settingsPath: String) throws(StartError) -> Accepted<Snapshot> {
        do throws(RefusedFiles) {
            return try Snapshot.load(settingsPath: settingsPath)
        } catch {
            throw .settings(error)
        }
    }

    // MARK: Making

    private static func make(
        _ snapshot: Snapshot,
        _ settingsPath: String,
        _ programs: Programs,
        _ successor: Successor?,
        _ before: ResolvedHandover?,
        _ logger: Logger
    ) throws(StartError) -> Authority {
        let settings = snapshot.settings
        let keys = try keys(settings)
        let confinement = try confinement(settings, logger)
        try StateDirectory.make(settings.stateDirectory)
        let metering = Metering()
        let file = try openStore(settings)
        let exports = try openExports(
            settings,
            file,
            metering.measurements,
            logger,
            goingOn: before != nil
        )
        let store = try observed(file, settings, metering.measurements, exports)
        let recordings = try openRecordings(settings)
        try recordEnds(of: before, store, settings)
        let leftovers = try recover(store, settings, recordings, before?.live, logger)
        let committer = GroupCommitter(store: store)
        let services = try assemble(
            snapshot,
            programs,
            confinement,
            keys,
            store,
            recordings,
            committer,
            logger,
            metering: metering
        )
        if before == nil { try rememberRecordings(file, services) }
        do throws(SocketError) {
            let served = AuditEvent.Served(
                state: before == nil ? .started : .upgraded,
                detail: confinement.lack
            )
            services.auditor.note(.served(served))
            let authority = Authority(
                services: services,
                settingsPath: settingsPath,
                deciderProgram: programs.decide,
                store: store,
                exports: exports,
                committer: committer,
                leftovers: LeftoverEnding(
                    leftovers,
                    services,
                    knowing: before?.handover.ends ?? []
                ),
                signals: try SignalSource(),
                successor: successor
            )
            if let before { remember(before.handover, authority) }
            rememberSignIns(file, authority)
            return authority
        } catch {
            throw .system("\(error)")
        }
    }

    /// What does the work, without anybody to do it for.
    static func assemble(
        _ snapshot: Snapshot,
        _ programs: Programs,
        _ confinement: ProcessConfinement,
        _ keys: (host: Signer, certificateAuthority: Signer),
        _ store: any Store,
        _ recordings: RecordingFolder,
        _ committer: GroupCommitter,
        _ logger: Logger,
        metering: Metering = Metering(),
        clock: @escaping () -> UInt64 = Reactor.monotonicNanoseconds
    ) throws(StartError) -> Services {
        let settings = snapshot.settings
        do throws(SocketError) {
            let reactor = try Reactor(clock: clock)
            let auditor = Auditor(committer: committer, on: reactor, logger: logger)
            let work = BlockingWork(
                label: "sallyport.helpers",
                atOnce: Services.helperThreads,
                limit: Services.helperJobs
            )
            return Services(
                reactor: reactor,
                logger: logger,
                confinement: confinement,
                auditor: auditor,
                metering: metering,
                work: work,
                recordings: recordings,
                spares: spares(programs, confinement, settings, auditor, reactor, logger),
                mint: Mint(
                    signer: keys.certificateAuthority,
                    authorityID: settings.authorityID,
                    auditor: auditor,
                    measurements: metering.measurements,
                    on: reactor
                ),
                hostKey: keys.host,
                hostKeyBytes: try publicKeyBytes(keys.host),
                snapshot: snapshot,
                snapshotVersion: 1,
                deciders: DeciderPool(
                    program: programs.decide,
                    as: confinement.account,
                    snapshot: try snapshot.sealedBundle(),
                    version: 1,
                    size: settings.deciders,
                    on: reactor,
                    logger: logger
                ),
                locks: try currentLocks(store)
            )
        } catch {
            throw .system("\(error)")
        }
    }

    static func keys(
        _ settings: Settings
    ) throws(StartError) -> (host: Signer, certificateAuthority: Signer) {
        do throws(KeyLoadingError) {
            return (
                host: try KeyLoading.load(settings.hostKey),
                certificateAuthority: try KeyLoading.load(settings.certificateAuthority)
            )
        } catch {
            throw .key(error)
        }
    }

    /// The raw public half, as the session process needs it for libssh.
    static func publicKeyBytes(_ signer: Signer) throws(SocketError) -> [UInt8] {
        guard case .ed25519(let bytes) = signer.publicKey else {
            preconditionFailure("only Ed25519 keys are loaded")
        }
        return bytes
    }

    static func openStore(_ settings: Settings) throws(StartError) -> SQLiteStore {
        do throws(StoreError) {
            return try SQLiteStore(path: settings.auditTrailPath)
        } catch {
            throw .store(error, path: settings.auditTrailPath)
        }
    }

    private static func recover(
        _ store: ObservedStore,
        _ settings: Settings,
        _ recordings: RecordingFolder,
        _ live: LiveEntries?,
        _ logger: Logger
    ) throws(StartError) -> [LeftoverSession] {
        do throws(StoreError) {
            return try Recovering.run(
                store,
                recordings,
                logger,
                sparing: live ?? LiveEntries()
            )
        } catch {
            throw .store(error, path: settings.auditTrailPath)
        }
    }

    private static func observed(
        _ store: SQLiteStore,
        _ settings: Settings,
        _ measurements: Measurements,
        _ exports: AuditExports
    ) throws(StartError) -> ObservedStore {
        do throws(StoreError) {
            return try ObservedStore(store, measurements, committed: exports.committed)
        } catch {
            throw .store(error, path: settings.auditTrailPath)
        }
    }

    static func openRecordings(_ settings: Settings) throws(StartError) -> RecordingFolder {
        do throws(RecordingStoreError) {
            return try RecordingFolder(path: settings.recordingsDirectory)
        } catch {
            throw .recordings(error)
        }
    }

    private static func currentLocks(_ store: any Store) throws(SocketError) -> Locks {
        do throws(StoreError) {
            return Locks(try store.locks(at: .now()))
        } catch {
            // Without the locks nobody is let in.
            throw SocketError(call: "reading the locks: \(error)", code: EIO)
        }
    }
}
