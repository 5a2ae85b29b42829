/// What a crash had left open.
package struct CrashRecovery: Hashable, Sendable {
    /// As they were; they are closed now.
    package let sessions: [SessionEntry]
    package let connections: [ConnectionEntry]
    /// What they ran is to be ended on their targets first, so they are still open.
    package let leftovers: [LeftoverSession]
}

/// What is open in the audit trail and goes on, by its ids.
package struct LiveEntries: Hashable, Sendable {
    package let connections: Set<String>
    package let sessions: Set<String>

    package init(connections: Set<String> = [], sessions: Set<String> = []) {
        self.connections = connections
        self.sessions = sessions
    }
}

/// A session that a crash left open, and the transport by which its command may still run.
package struct LeftoverSession: Hashable, Sendable {
    package let id: String
    /// Whom its records are about.
    package let attribution: Attribution
    package let transport: TransportEnds

    package init(id: String, attribution: Attribution, transport: TransportEnds) {
        self.id = id
        self.attribution = attribution
        self.transport = transport
    }
}

extension Store {
    /// Closes the sessions and connections that the last run left open, where nothing of theirs can
    /// be ended on a target.
    ///
    /// To be called once, before anything is served. When they truly ended nobody knows: the
    /// records say `recovered`, and their time is that of the recovery. A crash in the midst of it
    /// leaves the rest for the next start; so does one before a leftover is ended and closed.
    ///
    /// What `live` holds goes on, and stays open.
    package func recover(
        at moment: Timestamp,
        sparing live: LiveEntries = LiveEntries()
    ) throws(StoreError) -> CrashRecovery {
        var sessions: [SessionEntry] = []
        var leftovers: [LeftoverSession] = []
        var before: Int64?
        repeat {
            let page = try self.sessions(
                matching: SessionFilter(
                    page: PageFilter(
                        isLive: true,
                        before: before,
                        limit: AuditLimits.submissionRecords
                    )
                )
            )
            var ends: [NewAuditRecord] = []
            for session in page.entries where !live.sessions.contains(session.id) {
                let certificate = try lastCertificate(ofSession: session.id)
                if let transport = certificate?.transport {
                    leftovers.append(
                        LeftoverSession(
                            id: session.id,
                            attribution: session.attribution,
                            transport: transport
                        )
                    )
                    continue
                }
                sessions.append(session)
                ends.append(session.recovered(at: moment, hasCertificate: certificate != nil))
            }
            if !ends.isEmpty { _ = try append(ends) }
            before = page.next
        } while before != nil
        return CrashRecovery(
            sessions: sessions,
            connections: try closeConnections(at: moment, sparing: live.connections),
            leftovers: leftovers
        )
    }

    private func closeConnections(
        at moment: Timestamp,
        sparing live: Set<String>
    ) throws(StoreError) -> [ConnectionEntry] {
        var connections: [ConnectionEntry] = []
        var before: Int64?
        repeat {
            let page = try self.connections(
                matching: ConnectionFilter(
                    page: PageFilter(
                        isLive: true,
                        before: before,
                        limit: AuditLimits.submissionRecords
                    )
                )
            )
            let open = page.entries.filter { !live.contains($0.id) }
            if !open.isEmpty { _ = try append(open.map { $0.recovered(at: moment) }) }
            connections += open
            before = page.next
        } while before != nil
        return connections
    }
}

extension AuditEvent.SessionEnded {
    /// The end of a session that a crash left open.
    package static func recovered(_ remoteEnd: AuditEvent.RemoteEnd?, detail: String?) -> Self {
        let found = "found open at the start of the authority"
        return Self(
            cause: .recovered,
            remoteEnd: remoteEnd,
            detail: detail.map { "\(found); \($0)" } ?? found
        )
    }
}

extension SessionEntry {
    fileprivate var attribution: Attribution {
        Attribution(
            connection: connection,
            session: id,
            principal: principal,
            onBehalfOf: onBehalfOf,
            target: target,
            login: login
        )
    }

    fileprivate func recovered(at moment: Timestamp, hasCertificate: Bool) -> NewAuditRecord {
        // What was started may still run, and nothing tells which processes it is.
        let mayRun = hasCertificate || startedAt != nil
        return NewAuditRecord(
            time: moment,
            attribution: attribution,
            event: .sessionEnded(
                .recovered(
                    mayRun ? .unreachable : nil,
                    detail: mayRun ? "its transport is not on record" : nil
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
