import AuditTrail
import CSystem
import Logging
package import MessageSockets
import PolicyEngine
import StrictYAML

extension Startup {
    /// Whether this release could go on with a handover, with the files as they are.
    ///
    /// What another release has is not tried: the audit trail, what is exported to, and the addresses.
    package static func checkTakeOver(
        settingsPath: String,
        programs: Programs,
        handover: Descriptor
    ) throws(StartError) {
        guard sp_set_not_dumpable() == 0 else {
            throw .system(SocketError(call: "prctl").description)
        }
        let snapshot = try load(settingsPath).value
        _ = try predecessor(handover, snapshot)
        let logger = Logger(label: "sallyport.upgrade") { _ in SwiftLogNoOpLogHandler() }
        _ = try confinement(snapshot.settings, logger)
        _ = try openRecordings(snapshot.settings)
        let reading = SettingsCheck.Reading(settings: snapshot.settings, snapshot: snapshot)
        for finding in ProgramCheck.run(programs, reading, logger) where finding.level == .error {
            throw .system(finding.text)
        }
    }

    /// What another release left to this process.
    static func takeOver(
        _ raw: CInt,
        _ snapshot: Snapshot
    ) throws(StartError) -> ResolvedHandover {
        let resolved = try predecessor(Descriptor(adopting: raw), snapshot)
        // Inherited once, and by nothing that this release starts.
        for raw in resolved.handover.descriptors { Successor.keep(raw, false) }
        return resolved
    }

    /// What another release leaves, with what its names stand for now.
    static func predecessor(
        _ file: Descriptor,
        _ snapshot: Snapshot
    ) throws(StartError) -> ResolvedHandover {
        let key = try keys(snapshot.settings).host
        let hostKey: [UInt8]
        do throws(SocketError) {
            hostKey = try publicKeyBytes(key)
        } catch {
            throw .system("\(error)")
        }
        do throws(HandoverError) {
            return try ResolvedHandover(
                HandoverFile.read(file),
                in: snapshot.inventory,
                allowing: snapshot.settings.clientEnvironment,
                hostKey: hostKey,
                at: HandedPlaces(snapshot.settings)
            )
        } catch {
            throw .handover(error)
        }
    }

    /// What is exported, where it can be: those who are here are not to pay for it.
    static func openExports(
        _ settings: Settings,
        _ store: SQLiteStore,
        _ measurements: Measurements,
        _ logger: Logger,
        goingOn: Bool
    ) throws(StartError) -> AuditExports {
        do throws(ExportError) {
            return try AuditExports(settings, from: store, measurements, logger)
        } catch {
            guard goingOn else { throw .export(error) }
            logger.critical("nothing is exported until a start", metadata: ["reason": "\(error)"])
            return AuditExports()
        }
    }

    /// Records the ends that another release saw and could not record, because others came first.
    static func recordEnds(
        of predecessor: ResolvedHandover?,
        _ store: some Store,
        _ settings: Settings
    ) throws(StartError) {
        guard let gone = predecessor?.handover.gone, !gone.isEmpty else { return }
        let now = Timestamp.now()
        let records = gone.map {
            NewAuditRecord(time: now, attribution: $0.about, event: .connectionEnded($0.ended))
        }
        do throws(StoreError) {
            for start in stride(from: 0, to: records.count, by: AuditLimits.submissionRecords) {
                let end = min(start + AuditLimits.submissionRecords, records.count)
                _ = try store.append(Array(records[start..<end]))
            }
        } catch {
            throw .store(error, path: settings.auditTrailPath)
        }
    }

    /// What another release knew of who came and what they recorded.
    static func remember(_ handover: Handover, _ authority: Authority) {
        for use in handover.recorded {
            guard let principal = PrincipalName(use.principal) else { continue }
            authority.services.storage.remember(use.bytes, of: principal, on: use.day)
        }
        authority.admission.take(over: handover.penalties, at: Services.signedMilliseconds())
    }
}
