import AuditTrail
import Glibc
import MessageSockets
import RecordingStore

/// Answers from the audit trail; it blocks, so helper threads call it.
enum AdminReading {
    static func answer(_ request: AdminRequest, from store: any Store) -> AdminAnswer {
        do throws(StoreError) {
            switch request {
            case .sessions(let filter):
                let page = try store.sessions(matching: SessionFilter(filter))
                return AdminAnswer(\.sessions, page: page)
            case .connections(let filter):
                let page = try store.connections(matching: ConnectionFilter(filter))
                return AdminAnswer(\.connections, page: page)
            case .audit(let filter):
                let page = try store.auditRecords(matching: AuditFilter(filter))
                return AdminAnswer(\.records, page: page)
            case .locks: return AdminAnswer(\.locks, try store.locks(at: .now()))
            case .terminate, .lock, .unlock, .play, .reload, .status, .health, .metrics,
                .examine:
                preconditionFailure("only what reads is asked here")
            }
        } catch {
            return AdminAnswer(error: error.description)
        }
    }
}

extension SessionFilter {
    init(_ filter: AdminRequest.Sessions) {
        self.init(
            connection: filter.connection,
            principal: filter.principal,
            onBehalfOf: filter.onBehalfOf,
            target: filter.target,
            page: PageFilter(filter)
        )
    }
}

extension PageFilter {
    fileprivate init(_ filter: AdminRequest.Sessions) {
        self.init(
            since: filter.since,
            until: filter.until,
            isLive: filter.live,
            before: filter.before,
            limit: filter.limit.bounded
        )
    }
}

extension ConnectionFilter {
    init(_ filter: AdminRequest.Sessions) {
        self.init(
            connection: filter.connection,
            principal: filter.principal,
            onBehalfOf: filter.onBehalfOf,
            page: PageFilter(filter)
        )
    }
}

extension AuditFilter {
    init(_ filter: AdminRequest.Audit) {
        self.init(
            kinds: Set(filter.kinds ?? []),
            about: Attribution(
                connection: filter.connection,
                session: filter.session,
                principal: filter.principal,
                onBehalfOf: filter.onBehalfOf,
                target: filter.target
            ),
            since: filter.since,
            until: filter.until,
            order: filter.after.map { .oldestFirst(after: $0) }
                ?? .newestFirst(before: filter.before),
            limit: filter.limit.bounded
        )
    }
}

extension Int? {
    /// A page has one row at least and as many as the store gives at most.
    fileprivate var bounded: Int {
        Swift.min(Swift.max(self ?? AuditLimits.defaultPageRows, 1), AuditLimits.pageRows)
    }
}

/// The recording of a session, opened for reading.
enum FoundRecording: Sendable {
    case file(SessionEntry, Descriptor)
    case missing(String)

    init(
        of session: String,
        for administrator: Administrator,
        in store: any Store,
        _ folder: RecordingFolder
    ) {
        do {
            // Before anything else is said of it.
            guard let entry = try store.session(session),
                AdminPermission.mayReplay(entry, administrator)
            else {
                self = .missing(Self.unknown(session))
                return
            }
            guard let path = try Self.place(of: entry, in: folder) else {
                self = .missing("the session `\(entry.id)` has no recording")
                return
            }
            let raw = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY)
            guard raw >= 0 else {
                self = .missing("the recording: \(SocketError(call: "open"))")
                return
            }
            self = .file(entry, Descriptor(adopting: raw))
        } catch {
            self = .missing("\(error)")
        }
    }

    private static func place(
        of entry: SessionEntry,
        in folder: RecordingFolder
    ) throws(RecordingStoreError) -> String? {
        guard let recording = entry.recording else { return nil }
        return try folder.locate(recording)
    }

    /// The same for a session that does not exist and one of somebody else.
    static func unknown(_ session: String) -> String {
        "no session is called `\(PrintableText.escaped(session, limit: 64))`"
    }
}
