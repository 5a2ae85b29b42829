import AuditTrail
import Glibc
import Logging
import PolicyEngine

/// What administrators may do to a running authority.
final class Administration {
    private unowned let authority: Authority
    private let store: any Store
    private var services: Services { authority.services }

    init(_ authority: Authority, store: any Store) {
        self.authority = authority
        self.store = store
    }

    func handle(_ request: AdminRequest, from client: AdminClientConnection) {
        guard let user = client.userID() else {
            return client.answer(AdminAnswer(error: "nobody knows who asks"))
        }
        guard let administrator = services.snapshot.administrators[user] else {
            // Was one when it connected: the settings changed.
            return client.answer(AdminAnswer(error: Self.stranger(user)))
        }
        switch AdminPermission.check(request, by: administrator) {
        case .refused(let reason): client.answer(AdminAnswer(error: reason))
        case .granted(let request): perform(request, administrator, client)
        }
    }

    /// Whether a Unix user may ask anything at all.
    func admits(_ user: UInt32) -> Bool { services.snapshot.administrators[user] != nil }

    static func stranger(_ user: UInt32) -> String {
        "uid \(user) is not among the `administrators` of the settings"
    }

    private func perform(
        _ request: AdminRequest,
        _ administrator: Administrator,
        _ client: AdminClientConnection
    ) {
        switch request {
        case .sessions, .connections, .audit, .locks: read(request, client)
        case .status: client.answer(status())
        case .health: health(client)
        case .metrics(let what): metrics(what.format, client)
        case .reload: reload(client)
        case .terminate(let what): terminate(what, administrator, client)
        case .lock(let lock): self.lock(lock, administrator, client)
        case .unlock(let lock): unlock(lock, administrator, client)
        case .play(let session): play(session, administrator, client)
        case .examine(let what): examine(what, administrator, client)
        }
    }

    private func examine(
        _ what: AdminRequest.Examine,
        _ administrator: Administrator,
        _ client: AdminClientConnection
    ) {
        do throws(TargetDoctor.Failure) {
            try TargetDoctor.examine(
                target: what.target,
                login: what.login,
                for: administrator.principal.description,
                services
            ) { report in client.answer(AdminAnswer(\.report, report)) }
        } catch {
            client.answer(AdminAnswer(error: error.description))
        }
    }

    private func status() -> AdminAnswer {
        let status = AdminAnswer.Status(
            connections: authority.connections.count,
            sessions: authority.connections.values.reduce(0) { $0 + $1.sessions.count },
            endings: authority.services.endings.pending,
            failedEndings: authority.services.endings.failures,
            snapshotVersion: services.snapshotVersion,
            listening: authority.addresses.map(\.description),
            auditFailure: services.auditor.failure?.description,
            unwrittenRecords: services.auditor.unwrittenRecords
        )
        return AdminAnswer(\.status, status)
    }

    private func health(_ client: AdminClientConnection) {
        authority.readHealth { health in client.answer(AdminAnswer(\.health, health)) }
    }

    private func metrics(_ format: MetricsText, _ client: AdminClientConnection) {
        authority.readMetrics { rows in
            client.answer(AdminAnswer(\.metrics, format.text(rows)))
        }
    }

    private func reload(_ client: AdminClientConnection) {
        authority.reload { outcome in
            switch outcome {
            case .inForce(let reloaded, let endedSessions):
                client.answer(AdminAnswer(.reloaded(reloaded), endedSessions: endedSessions))
            case .refused(let reason): client.answer(AdminAnswer(error: reason))
            }
        }
    }

    // MARK: Reading

    private func read(_ request: AdminRequest, _ client: AdminClientConnection) {
        let ticket = services.reactor.expect { (line: [UInt8]?) in
            client.send(line ?? AdminCoding.line(AdminAnswer(error: "too much is being read")))
        }
        let store = store
        // A page is large, so it is encoded over there, too.
        services.work.run(
            { AdminCoding.line(AdminReading.answer(request, from: store)) },
            fulfilling: ticket
        )
    }

    // MARK: Ending

    private func terminate(
        _ what: AdminRequest.Terminate,
        _ administrator: Administrator,
        _ client: AdminClientConnection
    ) {
        let by = administrator.principal.description
        let reason = what.reason.map(Self.bounded)
        let text = "by `\(by)`" + (reason.map { ": \($0)" } ?? "")
        if let connection = authority.connections[what.id] {
            let event = AuditEvent.Terminated(by: by, what: .connection, reason: reason)
            record(.terminated(event), about: connection.attribution, client) { [authority] in
                let ended = authority.endings { connection.end(.terminated, text) }
                return AdminAnswer(.terminatedConnection(connection.id), endedSessions: ended)
            }
            return
        }
        for connection in authority.connections.values {
            for session in connection.sessions.values where session.plan.session == what.id {
                let event = AuditEvent.Terminated(by: by, what: .session, reason: reason)
                record(.terminated(event), about: session.plan.attribution, client) {
                    [authority] in
                    let ended = authority.endings { session.end(.terminated, text) }
                    return AdminAnswer(.terminatedSession(what.id), endedSessions: ended)
                }
                return
            }
        }
        let id = PrintableText.escaped(what.id, limit: 64)
        client.answer(
            AdminAnswer(
                error: "no live session or connection is called `\(id)`: "
                    + "`sallyport sessions --live` shows them"
            )
        )
    }

    /// Records what an administrator does, then does it, then answers.
    private func record(
        _ event: AuditEvent,
        about attribution: Attribution,
        _ client: AdminClientConnection,
        then action: @escaping () -> AdminAnswer
    ) {
        services.auditor.record([(event, attribution)]) { result in
            switch result {
            case .success: client.answer(action())
            case .failure(let error):
                client.answer(AdminAnswer(error: "nothing was done: \(error)"))
            }
        }
    }

    // MARK: Locking

    private func lock(
        _ lock: AdminRequest.Lock,
        _ administrator: Administrator,
        _ client: AdminClientConnection
    ) {
        let subject: LockSubject
        do throws(LockNaming.Refusal) {
            subject = try naming.locking(lock.subject)
        } catch {
            return client.answer(AdminAnswer(error: error.description))
        }
        let until: Timestamp?
        do throws(LockTooLong) {
            until = try lock.end(after: Timestamp.now())
        } catch {
            return client.answer(AdminAnswer(error: error.description))
        }
        let reason = Self.bounded(lock.reason ?? "")
        let event = AuditEvent.Locked(
            subject: subject,
            until: until,
            by: administrator.principal.description,
            reason: reason
        )
        record(.locked(event), about: Attribution(), client) { [self] in
            var locks = services.locks
            locks.lock(subject, until: until, reason: reason)
            let deed = Deed.locked(subject, until: until, isKnown: naming.isKnown(subject))
            return AdminAnswer(deed, endedSessions: authority.locksChanged(locks))
        }
    }

    private func unlock(
        _ lock: AdminRequest.Lock,
        _ administrator: Administrator,
        _ client: AdminClientConnection
    ) {
        let subject: LockSubject
        do throws(LockNaming.Refusal) {
            subject = try naming.unlocking(lock.subject, at: .now())
        } catch {
            return client.answer(AdminAnswer(error: error.description))
        }
        let event = AuditEvent.Unlocked(
            subject: subject,
            by: administrator.principal.description,
            reason: lock.reason.map(Self.bounded)
        )
        record(.unlocked(event), about: Attribution(), client) { [self] in
            var locks = services.locks
            locks.unlock(subject)
            authority.locksChanged(locks)
            return AdminAnswer(.unlocked(subject))
        }
    }

    private var naming: LockNaming {
        LockNaming(inventory: services.snapshot.inventory, locks: services.locks)
    }

    static func bounded(_ reason: String) -> String {
        PrintableText.escaped(reason, limit: AdminLimits.reasonCharacters)
    }

    // MARK: Replaying

    private func play(
        _ session: String,
        _ administrator: Administrator,
        _ client: AdminClientConnection
    ) {
        let (store, folder) = (store, services.recordings)
        let ticket = services.reactor.expect { [self] (found: FoundRecording?) in
            replay(found ?? .missing("too much is being read"), administrator, client)
        }
        services.work.run(
            { FoundRecording(of: session, for: administrator, in: store, folder) },
            fulfilling: ticket
        )
    }

    private func replay(
        _ found: FoundRecording,
        _ administrator: Administrator,
        _ client: AdminClientConnection
    ) {
        switch found {
        case .missing(let reason): client.answer(AdminAnswer(error: reason))
        case .file(let entry, let file):
            let event = AuditEvent.Replayed(by: administrator.principal.description)
            let about = Attribution(
                connection: entry.connection,
                session: entry.id,
                principal: entry.principal,
                onBehalfOf: entry.onBehalfOf,
                target: entry.target,
                login: entry.login
            )
            services.auditor.record([(.replayed(event), about)]) { result in
                switch result {
                case .success: client.answer(AdminAnswer(), file)
                case .failure(let error):
                    client.answer(AdminAnswer(error: "it cannot be recorded: \(error)"))
                }
            }
        }
    }
}
