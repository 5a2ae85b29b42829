import Glibc
import MessageSockets

/// Whether the bastion can keep what it must keep, and nobody else can touch it.
enum StateCheck {
    /// LIMIT: room for the records of sessions that are under way.
    static let errorFreeBytes: UInt64 = 256 << 20
    static let warningFreeBytes: UInt64 = 2 << 30
    /// LIMIT: a recording is a file.
    static let errorFreeFiles: UInt64 = 1000

    static func run(_ settings: Settings) -> [Diagnosis] {
        let path = settings.stateDirectory
        var findings = [
            judge(FileFacts(of: path), path: path, account: geteuid())
        ]
        if let facts = FileFacts(of: settings.auditTrailPath), facts.mode & 0o077 != 0 {
            findings.append(
                .error(
                    "audit-trail",
                    "`\(settings.auditTrailPath)` has mode \(facts.octalMode)",
                    "run `chmod 600` on it"
                )
            )
        }
        if let facts = FileFacts(of: settings.recordingsDirectory), facts.mode & 0o077 != 0 {
            findings.append(
                .error(
                    "recordings",
                    "`\(settings.recordingsDirectory)` has mode \(facts.octalMode)",
                    "run `chmod 700` on it"
                )
            )
        }
        findings += openParents(of: path).map { parent in
            .error(
                "state-directory",
                "anybody may replace what is in `\(parent)`",
                "run `chmod o-w` on it"
            )
        }
        return findings + [disk(settings), serving(settings)]
    }

    /// `account` is who runs this.
    static func judge(_ facts: FileFacts?, path: String, account: UInt32) -> Diagnosis {
        let subject = "state-directory"
        guard let facts else {
            return .ok(subject, "`\(path)` will be made when the bastion starts")
        }
        guard facts.kind == .directory else {
            return .error(subject, "`\(path)` is no directory", "move it away")
        }
        guard facts.owner == account else {
            return .error(
                subject,
                "`\(path)` belongs to uid \(facts.owner), and this runs as uid \(account)",
                "run this as the account that serves, or give that account the directory"
            )
        }
        guard facts.mode & 0o077 == 0 else {
            return .error(
                subject,
                "`\(path)` has mode \(facts.octalMode), so others can look into it",
                "run `chmod 700` on it"
            )
        }
        return .ok(subject, "`\(path)` is ours alone")
    }

    /// The directories above a path in which anybody may put something else in its place.
    static func openParents(of path: String) -> [String] {
        FileFacts.parents(of: path).filter { FileFacts(of: $0)?.isOpenDirectory == true }
    }

    // MARK: Room

    private static func disk(_ settings: Settings) -> Diagnosis {
        let trail = settings.stateDirectory
        guard let room = space(at: trail), let other = space(at: settings.recordingsDirectory)
        else {
            return .warning(
                "disk",
                "how much is free is not known: \(SocketError(call: "statvfs"))",
                "look at `df`"
            )
        }
        return judgeDisk([.auditTrail: room, .recordings: other], settings.diskReserve)
    }

    /// Where it will be, as long as it is not there.
    private static func space(at path: String) -> DiskSpace? {
        ([path] + FileFacts.parents(of: path)).first { FileFacts(of: $0) != nil }
            .flatMap(DiskSpace.init(at:))
    }

    /// What a bastion that serves would say, and what it would not say yet.
    static func judgeDisk(
        _ spaces: [DiskReserve.Place: DiskSpace],
        _ reserve: DiskReserveSettings
    ) -> Diagnosis {
        if let lack = DiskReserve.lack(spaces, reserve) { return reserved(lack) }
        let rooms = spaces.values.map(DiskRoom.init)
        return judgeDisk(
            freeBytes: rooms.map(\.freeBytes).min() ?? 0,
            freeFiles: rooms.map(\.freeFiles).min() ?? 0
        )
    }

    /// The reserve keeps new sessions out.
    static func reserved(_ lack: String) -> Diagnosis {
        .error(
            "disk",
            "\(lack): no new session begins",
            "make room, or look at `disk-reserve` in the settings"
        )
    }

    static func judgeDisk(freeBytes: UInt64, freeFiles: UInt64) -> Diagnosis {
        let free = "\(freeBytes >> 20) MiB are free for audit trail and recordings"
        let remedy =
            "make room, or move `state-directory`: where nothing can be recorded, sessions end"
        if freeFiles < errorFreeFiles {
            return .error("disk", "only \(freeFiles) more files can be made", remedy)
        }
        if freeBytes < errorFreeBytes { return .error("disk", "only " + free, remedy) }
        if freeBytes < warningFreeBytes { return .warning("disk", "only " + free, remedy) }
        return .ok("disk", free)
    }

    // MARK: The one that serves

    private static func serving(_ settings: Settings) -> Diagnosis {
        isServed(settings)
            ? .ok("serving", "a bastion serves with this state directory")
            : .ok("serving", "no bastion serves with this state directory now")
    }

    /// Whether somebody holds the lock of the audit trail.
    static func isServed(_ settings: Settings) -> Bool {
        let path = settings.auditTrailPath + ".lock"
        let raw = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard raw >= 0 else { return false }
        let lock = Descriptor(adopting: raw)
        // It is let go of when the descriptor is closed.
        return flock(lock.raw, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
