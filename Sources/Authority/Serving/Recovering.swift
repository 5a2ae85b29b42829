import AuditTrail
import Logging
import RecordingStore

/// Closes what a crash left open, before anything is served.
enum Recovering {
    /// The sessions that still run on their targets, as far as is known, are returned open.
    static func run(
        _ store: some Store,
        _ recordings: RecordingFolder,
        _ logger: Logger
    ) throws(StartError) -> [LeftoverSession] {
        let recovery: CrashRecovery
        do throws(StoreError) {
            recovery = try store.recover(at: .now())
        } catch {
            throw .store(error)
        }
        let sessions = recovery.sessions.count + recovery.leftovers.count
        if sessions > 0 || !recovery.connections.isEmpty {
            logger.warning(
                "the last run was cut short",
                metadata: [
                    "sessions": "\(sessions)", "leftovers": "\(recovery.leftovers.count)",
                    "connections": "\(recovery.connections.count)",
                ]
            )
        }
        for session in try unfinished(recordings).sorted() {
            settle(session, store, recordings, logger)
        }
        return recovery.leftovers
    }

    private static func unfinished(_ recordings: RecordingFolder) throws(StartError) -> [String] {
        do throws(RecordingStoreError) {
            return try recordings.unfinished()
        } catch {
            throw .recordings(error)
        }
    }

    /// One recording that cannot be mended is said and left; the others go on.
    private static func settle(
        _ session: String,
        _ store: some Store,
        _ recordings: RecordingFolder,
        _ logger: Logger
    ) {
        do {
            guard let settlement = try recordings.settle(session: session) else { return }
            let event = AuditEvent.RecordingRecovered(bytesCut: settlement.cutBytes)
            let record = NewAuditRecord(
                time: .now(),
                attribution: Attribution(session: session),
                event: .recordingRecovered(event)
            )
            _ = try store.append([record])
            logger.warning("a recording was recovered", metadata: ["session.id": "\(session)"])
        } catch {
            logger.error(
                "a recording cannot be recovered",
                metadata: ["session.id": "\(session)", "reason": "\(error)"]
            )
        }
    }
}
