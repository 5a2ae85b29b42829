import PolicyEngine
import RecordingStore

/// What another release has to know of recordings of sessions that are over.
extension StorageWatch {
    /// Counts the last of what processes wrote that are gone: nobody goes on with their connections.
    func measureAbandoned() {
        for (id, entry) in left where entry.connection.isProcessGone {
            if let bytes = services.recordings.bytes(of: entry.recording) { sawLeft(id, bytes) }
            forget(id)
        }
    }

    /// The recordings that the process of a connection may still have.
    ///
    /// Those of sessions that are being ended on their targets are not closed yet: the other release
    /// does that as soon as it starts.
    func handed(of connection: InboundConnection) -> [HandedRecording] {
        let closed = left.filter { $0.value.connection === connection }.map { id, entry in
            handed(id, entry.recording, entry.bytes)
        }
        let open = connection.sessions.values.compactMap { session -> HandedRecording? in
            guard session.isBeingEnded, session.hasRecording,
                let path = session.relativeRecordingPath
            else { return nil }
            return handed(session.plan.session, path, nil)
        }
        return closed + open
    }

    private func handed(_ id: String, _ path: String, _ bytes: UInt64?) -> HandedRecording {
        HandedRecording(
            session: id,
            path: path,
            bytes: bytes,
            countedBytes: recordings.seenBytes(of: id)
        )
    }

    /// Goes on to watch one of them, which is closed by now.
    func goOn(
        watching handed: HandedRecording,
        of principal: PrincipalName,
        _ connection: InboundConnection
    ) {
        if let bytes = handed.countedBytes { resumed(handed.session, bytes) }
        left[handed.session] = Left(
            recording: handed.path,
            principal: principal,
            connection: connection,
            bytes: handed.bytes ?? services.recordings.bytes(of: handed.path)
        )
    }
}
