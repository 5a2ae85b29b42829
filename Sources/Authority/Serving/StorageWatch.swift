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
    }

    /// How the room of the file system is found on which a path is; nil where it cannot be.
    var examine: @Sendable (String) -> DiskSpace? = DiskSpace.init(at:)
    private unowned let services: Services
    /// That of the start: another one in the settings counts only after the next.
    private let stateDirectory: String
    private var reserve: DiskReserve
    private(set) var recordings = DailyRecordings()
    private var sessions: (() -> [ServedSession])?

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
        self.sessions = sessions
        looked(Self.look(at: places, recordings: [:], examine))
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
        var paths: [String: String] = [:]
        for session in sessions?() ?? [] where session.hasRecording && !session.isOver {
            guard let path = session.relativeRecordingPath else { continue }
            paths[session.plan.session] = "\(services.recordings.path)/\(path)"
        }
        let (places, examine) = (places, examine)
        let ticket = services.reactor.expect { [weak self] (look: Look?) in
            // Helper threads that are too busy to look know nothing new.
            if let look { self?.looked(look) }
            self?.lookLater()
        }
        services.work.run(
            { [paths] in Self.look(at: places, recordings: paths, examine) },
            fulfilling: ticket
        )
    }

    private static func look(
        at places: [DiskReserve.Place: String],
        recordings: [String: String],
        _ examine: (String) -> DiskSpace?
    ) -> Look {
        var look = Look()
        for (place, path) in places { look.spaces[place] = examine(path) }
        for (session, path) in recordings {
            var status = stat()
            guard unsafe lstat(path, &status) == 0 else { continue }
            look.sizes[session] = UInt64(clamping: status.st_size)
        }
        return look
    }

    private func looked(_ look: Look) {
        var running: [String: ServedSession] = [:]
        for session in sessions?() ?? [] where !session.isOver {
            guard let bytes = look.sizes[session.plan.session] else { continue }
            running[session.plan.session] = session
            let principal = session.plan.principal.name
            recordings.grew(session.plan.session, of: principal, on: session.day, to: bytes)
        }
        watchReserve(look, running)
        watchPrincipals(running)
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
        let totals = recordings.totals(on: DailyRecordings.day(of: .now()))
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
        let today = DailyRecordings.day(of: .now())
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
    func settled(_ session: ServedSession, _ bytes: UInt64?) {
        let principal = session.plan.principal.name
        recordings.settle(session.plan.session, of: principal, on: session.day, bytes)
    }

    /// What a principal recorded before the start, of sessions of this day.
    func remember(_ bytes: UInt64, of principal: PrincipalName, on day: Int64) {
        recordings.add(bytes, of: principal, on: day)
    }
}

extension ServedSession {
    /// The day to which its recording belongs.
    fileprivate var day: Int64 { DailyRecordings.day(ofSecond: seconds) }
}

extension DailyRecordings {
    static func day(of moment: Timestamp) -> Int64 {
        day(ofSecond: moment.microsecondsSince1970 / 1_000_000)
    }
}

extension DiskSpace {
    /// Of the file system on which a path is.
    init?(at path: String) {
        var status = statvfs()
        guard unsafe statvfs(path, &status) == 0 else { return nil }
        self.init(
            total: UInt64(status.f_blocks) &* UInt64(status.f_frsize),
            free: UInt64(status.f_bavail) &* UInt64(status.f_frsize)
        )
    }
}
