/// What a crash had left open, and is closed now.
package struct CrashRecovery: Hashable, Sendable {
    /// As they were: their recordings are to be closed too.
    package let sessions: [SessionEntry]
    package let connections: [ConnectionEntry]
}

extension Store {
    /// Closes the sessions and connections that the last run left open.
    ///
    /// To be called once, before anything is served. When they truly ended nobody knows: the
    /// records say `recovered`, and their time is that of the recovery. A crash in the midst of it
    /// leaves the rest for the next start.
    package func recover(at moment: Timestamp) throws(StoreError) -> CrashRecovery {
        var sessions: [SessionEntry] = []
        while true {
            let open = try self.sessions(
                matching: SessionFilter(
                    page: PageFilter(isLive: true, limit: AuditLimits.submissionRecords)
                )
            ).entries
            guard !open.isEmpty else { break }
            _ = try append(open.map { $0.recovered(at: moment) })
            sessions += open
        }
        var connections: [ConnectionEntry] = []
        while true {
            let open = try self.connections(
                matching: ConnectionFilter(
                    page: PageFilter(isLive: true, limit: AuditLimits.submissionRecords)
                )
            ).entries
            guard !open.isEmpty else { break }
            _ = try append(open.map { $0.recovered(at: moment) })
            connections += open
        }
        return CrashRecovery(sessions: sessions, connections: connections)
    }
}

extension SessionEntry {
    fileprivate func recovered(at moment: Timestamp) -> NewAuditRecord {
        NewAuditRecord(
            time: moment,
            attribution: Attribution(
                connection: connection,
                session: id,
                principal: principal,
                onBehalfOf: onBehalfOf,
                target: target,
                login: login
            ),
            event: .sessionEnded(
                AuditEvent.SessionEnded(
                    cause: .recovered,
                    // What was started may still run: nobody was there to end it.
                    remoteEnd: startedAt == nil ? nil : .unreachable,
                    detail: "found open at the start of the authority"
                )
            )
        )
    }
}

extension ConnectionEntry {
    fileprivate func recovered(at moment: Timestamp) -> NewAuditRecord {
        NewAuditRecord(
            time: moment,
            attribution: Attribution(
                connection: id,
                principal: principal,
                onBehalfOf: onBehalfOf
            ),
            event: .connectionEnded(
                AuditEvent.ConnectionEnded(
                    cause: .recovered,
                    detail: "found open at the start of the authority"
                )
            )
        )
    }
}
