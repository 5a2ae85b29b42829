import AuditTrail
import Glibc
import Logging
import PlainText
import PolicyEngine
import RecordingStore

/// Looks at the disks and at how large the recordings are that are being written.
///
/// The session processes count for themselves; this does not believe them.
final class StorageWatch {
    /// LIMIT: between two looks, so how long somebody writes beyond a limit.
    static let interval = Duration.seconds(2)

    /// What is examined on a helper thread, and what was found.
    private struct Look: Sendable {
        var spaces: [DiskReserve.Place: DiskSpace] = [:]
        var sizes: [String: UInt64] = [:]
        /// Those of sessions that are over to which nobody can write any more.
        var closed: Set<String> = []
    }

    /// What is looked at, relative to the folder of recordings, by the session.
    private struct Subject: Sendable {
        let recording: String
        let isOver: Bool
    }

    /// A recording whose session is over, and which its process may still have.
    struct Left {
        let recording: String
        let principal: PrincipalName
        let connection: InboundConnection
        /// Nil where nobody could measure it yet.
        var bytes: UInt64?
        /// Whether the last look began after the process was gone.
        var isFinal = false
    }

    /// Which moment it is.
    var moment: () -> Timestamp = Timestamp.now
    /// How the room of the file system is found on which a path is; nil where it cannot be.
    var examine: @Sendable (String) -> DiskSpace? = DiskSpace.init(at:)
    unowned let services: Services
    /// That of the start: another one in the settings counts only after the next.
    private let stateDirectory: String
    private var reserve: DiskReserve
    private(set) var recordings = DailyRecordings()
    private var sessions: (() -> [ServedSession])?
    /// By the session; an honest process has none, unless the file system has no leases.
    ///
    /// Then they are at most all that its connection had.
    var left: [String: Left] = [:]

    private var today: Int64 { DailyRecordings.day(of: moment()) }

    init(_ services: Services) {
        self.services = services
        stateDirectory = services.snapshot.settings.stateDirectory
        reserve = DiskReserve(services.snapshot.settings.diskReserve)
    }

    // MARK: Looking

    /// Looks now, and again and again; before that, nobody is served.
    ///
    /// `sessions` gives those that there are.
    func begin(_ sessions: @escaping () -> [ServedSession]) {
        guard self.sessions == nil else { return }
        self.sessions = sessions
        looked(Self.look(at: places, [:], in: services.recordings, examine))
        lookLater()
    }

    private func lookLater() {
        _ = services.reactor.after(Self.interval) { [weak self] in self?.look() }
    }

    private var places: [DiskReserve.Place: String] {
        [
            .recordings: services.recordings.path,
            .auditTrail: stateDirectory,
        ]
    }

    private func look() {
        let subjects = subjects()
        let (places, folder, examine) = (places, services.recordings, examine)
        let ticket = services.reactor.expect { [weak self] (look: Look?) in
            // Helper threads that are too busy to look know nothing new.
            if let look { self?.looked(look) }
            self?.lookLater()
        }
        services.work.run(
            { Self.look(at: places, subjects, in: folder, examine) },
            fulfilling: ticket
        )
    }

    private func subjects() -> [String: Subject] {
        var subjects: [String: Subject] = [:]
        for session in sessions?() ?? [] where session.hasRecording && !session.isOver {
            guard let path = session.relativeRecordingPath else { continue }
            subjects[session.plan.session] = Subject(recording: path, isOver: false)
        }
        for (id, entry) in left {
            left[id]?.isFinal = entry.connection.isProcessGone
            subjects[id] = Subject(recording: entry.recording, isOver: true)
        }
        return subjects
    }

    private static func look(
        at places: [DiskReserve.Place: String],
        _ subjects: [String: Subject],
        in folder: RecordingFolder,
        _ examine: (String) -> DiskSpace?
    ) -> Look {
        var look = Look()
        for (place, path) in places { look.spaces[place] = examine(path) }
        for (session, subject) in subjects {
            if subject.isOver, let bytes = folder.finalBytes(of: subject.recording) {
                look.closed.insert(session)
                look.sizes[session] = bytes
                continue
            }
            look.sizes[session] = folder.bytes(of: subject.recording)
        }
        return look
    }

    private func looked(_ look: Look) {
        var running: [String: ServedSession] = [:]
        for session in sessions?() ?? [] where !session.isOver {
            guard let bytes = look.sizes[session.plan.session] else { continue }
            running[session.plan.session] = session
            grew(session.plan.session, of: session.plan.principal.name, to: bytes)
        }
        watchLeft(look)
        watchReserve(look, running)
        watchPrincipals(running)
    }

    /// Ends the processes that write to recordings of sessions that are over.
    private func watchLeft(_ look: Look) {
        for (id, entry) in left {
            if let bytes = look.sizes[id] { sawLeft(id, bytes) }
            if entry.isFinal || look.closed.contains(id) { forget(id) }
        }
    }

    func sawLeft(_ id: String, _ bytes: UInt64) {
        guard let entry = left[id] else { return }
        left[id]?.bytes = bytes
        grew(id, of: entry.principal, to: bytes)
        let before = entry.bytes ?? bytes
        if bytes > before { entry.connection.wroteBehindEnd(of: id, bytes - before) }
    }

    func forget(_ session: String) {
        left[session] = nil
        recordings.forget(session)
    }

    private func watchReserve(_ look: Look, _ running: [String: ServedSession]) {
        reserve.settings = services.snapshot.settings.diskReserve
        let writers = running.values.filter(\.goesOn).map {
            DiskReserve.Writer(
                session: $0.plan.session,
                bytes: look.sizes[$0.plan.session] ?? 0
            )
        }
        let outcome = reserve.looked(look.spaces, writers, at: Services.signedMilliseconds())
        if let news = outcome.news {
            services.logger.warning("the reserve of the disk", metadata: ["reason": "\(news)"])
        }
        for session in outcome.ending {
            running[session]?.end(.limit, by: .diskReserve, "the disk is nearly full")
        }
    }

    private func watchPrincipals(_ running: [String: ServedSession]) {
        let totals = recordings.totals(on: today)
        for session in running.values where session.goesOn {
            let principal = session.plan.principal.name
            guard let reason = excess(of: principal, totals[principal] ?? 0) else { continue }
            session.end(.limit, by: .recordingBytesPerPrincipalAndDay, reason)
        }
    }

    // MARK: Asking and telling

    /// Why no new session begins on these disks; nil where they have room.
    var lack: String? {
        sessions == nil ? nil : reserve.lack(at: Services.signedMilliseconds())
    }

    /// What keeps a principal from another session.
    func obstacle(for principal: PrincipalName) -> (limit: LimitName, reason: String)? {
        guard sessions != nil else { return nil }
        if let lack { return (.diskReserve, lack) }
        return excess(of: principal, recordings.bytes(of: principal, on: today)).map {
            (.recordingBytesPerPrincipalAndDay, $0)
        }
    }

    private func excess(of principal: PrincipalName, _ bytes: UInt64) -> String? {
        guard let limit = services.snapshot.settings.recording.bytesPerPrincipalAndDay,
            bytes >= limit
        else { return nil }
        return "what `\(principal)` recorded today has \(limit.counted("byte"))"
    }

    /// A recording is closed, of so many bytes; nil where nobody knows.
    ///
    /// `last` is how large it is now that nobody can write to it any more. Where somebody may, its
    /// process is watched.
    func settled(_ session: ServedSession, _ bytes: UInt64?, finally last: UInt64?) {
        let (id, principal) = (session.plan.session, session.plan.principal.name)
        if let bytes { grew(id, of: principal, to: bytes) }
        guard sessions != nil, let path = session.relativeRecordingPath else {
            return recordings.forget(id)
        }
        left[id] = Left(
            recording: path,
            principal: principal,
            connection: session.connection,
            bytes: bytes
        )
        guard let last else { return }
        sawLeft(id, last)
        forget(id)
    }

    private func grew(_ session: String, of principal: PrincipalName, to bytes: UInt64) {
        recordings.grew(session, of: principal, on: today, to: bytes)
    }

    /// A session goes on that another release began, which counted so much of its recording.
    func resumed(_ session: String, _ bytes: UInt64) {
        recordings.takeOver(session, seen: bytes)
    }

    /// What a principal recorded on a day before the start.
    func remember(_ bytes: UInt64, of principal: PrincipalName, on day: Int64) {
        recordings.add(bytes, of: principal, on: day)
    }
}

extension RecordingFolder {
    /// How large a recording is where it is certain that nobody can write to it any more.
    func finalBytes(of recording: String) -> UInt64? {
        do throws(RecordingStoreError) {
            // First: what is measured after that is the last of it.
            return try hasWriter(recording) == false ? bytes(of: recording) : nil
        } catch {
            return nil
        }
    }

    /// How large a recording is; nil where nobody can say.
    func bytes(of recording: String) -> UInt64? {
        var status = stat()
        guard unsafe lstat("\(path)/\(recording)", &status) == 0 else { return nil }
        return UInt64(clamping: status.st_size)
    }
}

extension DailyRecordings {
    static func day(of moment: Timestamp) -> Int64 {
        day(ofSecond: moment.microsecondsSince1970 / 1_000_000)
    }
}
