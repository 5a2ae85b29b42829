import GRDB

/// On how many sessions of a target it is not known that what they ran is over.
package struct UnsureEndings: Hashable, Sendable {
    /// Nil where it is not on record.
    package let target: String?
    package let sessions: Int

    package init(target: String?, sessions: Int) {
        self.target = target
        self.sessions = sessions
    }
}

extension SQLiteReader {
    /// Sessions that ended at this moment or later, and what they ran was not reached or is in doubt.
    ///
    /// The target with the most comes first; not in pages, as there are few targets.
    package func unsureEndings(since moment: Timestamp) throws(StoreError) -> [UnsureEndings] {
        let states: [AuditEvent.RemoteEnd.State] = [.unreachable, .left, .uncertain]
        return try StoreError.catching {
            try pool.read { database in
                try Row.fetchAll(
                    database,
                    sql: """
                        SELECT target, count(*) AS sessions FROM sessions
                        WHERE ended_at >= ? AND remote_end IN (?, ?, ?)
                        GROUP BY target ORDER BY sessions DESC, target
                        """,
                    arguments: StatementArguments(
                        whole: [moment.microsecondsSince1970] + states.map(\.rawValue)
                    )
                ).map { UnsureEndings(target: $0["target"], sessions: $0["sessions"]) }
            }
        }
    }
}
