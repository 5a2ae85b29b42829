import AuditTrail
import PlainText

/// Whether what ended sessions ran on targets is known to be over.
enum EndingsCheck {
    /// One day: who looks every day sees each.
    static let spanMicroseconds: Int64 = 86_400 * 1_000_000
    /// As many targets as are read at a glance.
    static let namedTargets = 5

    /// Nil where there is no audit trail yet.
    static func run(_ settings: Settings, now: Timestamp) -> Diagnosis? {
        guard FileFacts(of: settings.auditTrailPath) != nil else { return nil }
        let since = Timestamp(
            microsecondsSince1970: now.microsecondsSince1970 - spanMicroseconds
        )
        do throws(StoreError) {
            let reader = try SQLiteReader(path: settings.auditTrailPath)
            let endings = try reader.unsureEndings(since: since)
            try reader.close()
            return judge(endings)
        } catch {
            return .error(
                "endings",
                "the audit trail cannot be read: \(error)",
                "run this as the account that serves, with programs of the same release"
            )
        }
    }

    static func judge(_ endings: [UnsureEndings]) -> Diagnosis {
        let sessions = endings.reduce(0) { $0 + $1.sessions }
        guard sessions > 0 else {
            return .ok("endings", "of all sessions that ended in the last day nothing runs on")
        }
        let named = endings.prefix(namedTargets).map { ending in
            "`\(ending.target.map { PrintableText.escaped($0, limit: 64) } ?? "?")` "
                + "(\(ending.sessions.counted("session")))"
        }
        let others = endings.count - named.count
        let more = others > 0 ? [others.counted("other target")] : []
        return .warning(
            "endings",
            "what \(sessions.counted("session")) of the last day ran may still run on "
                + (named + more).joined(separator: ", "),
            "`sallyport audit --kind session-ended --since 1d` tells of each why; look for it on the "
                + "target, and ask `sallyport doctor target NAME` whether endings work there"
        )
    }
}
