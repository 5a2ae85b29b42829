import AuditTrail
import Logging
import RecordingStore

/// Closes what a crash left open, before anything is served.
enum Recovering {
    /// The sessions that still run on their targets, as far as is known, are returned open.
    ///
    /// The recordings first: until the trail says that a session is over, each start looks at its
    /// recording, and a crash in the midst of this changes nothing of that.
    static func run(
        _ store: some Store,
        _ recordings: RecordingFolder,
        _ logger: Logger,
        sparing live: LiveEntries = LiveEntries()
    ) throws(StoreError) -> [LeftoverSession] {
        try settleOpen(store, recordings, logger, sparing: live.sessions)
        let recovery = try store.recover(at: .now(), sparing: live)
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
        return recovery.leftovers
    }

    /// What it costs grows with what was open, not with what was ever recorded.
    private static func settleOpen(
        _ store: some Store,
        _ recordings: RecordingFolder,
        _ logger: Logger,
        sparing live: Set<String>
    ) throws(StoreError) {
        var before: Int64?
        repeat {
            let page = try store.sessions(
                matching: SessionFilter(
                    page: PageFilter(isLive: true, before: before, limit: AuditLimits.pageRows)
                )
            )
            for session in page.entries where !live.contains(session.id) {
                guard let recording = session.recording else { continue }
                settle(session.id, recording, store, recordings, logger)
            }
            before = page.next
        } while before != nil
    }

    /// One recording that cannot be mended is said and left; the others go on.
    private static func settle(
        _ session: String,
        _ recording: String,
        _ store: some Store,
        _ recordings: RecordingFolder,
        _ logger: Logger
    ) {
        do {
            // None was made, or it was closed in good order.
            guard let settlement = try recordings.settle(recording), !settlement.wasClosed else {
                return
            }
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
