import GRDB

extension SQLiteReader: UsageReading {
    package func signIns(
        since moment: Timestamp,
        limit: Int
    ) throws(StoreError) -> [SignInPlace] {
        try rows(
            """
            SELECT peer_address AS address, max(opened_at) AS opened_at FROM connections
            WHERE opened_at >= ? AND principal IS NOT NULL
            GROUP BY peer_address ORDER BY 2 DESC LIMIT ?
            """,
            [moment.microsecondsSince1970, limit]
        ) { row in
            SignInPlace(
                address: try row.value("address"),
                openedAt: try row.time("opened_at")
            )
        }
    }

    private func rows<Entry: Sendable>(
        _ sql: String,
        _ values: [(any DatabaseValueConvertible)?],
        _ entry: (RowReader) throws -> Entry
    ) throws(StoreError) -> [Entry] {
        try StoreError.catching {
            try pool.read { database in
                try Row.fetchAll(
                    database,
                    sql: sql,
                    arguments: StatementArguments(whole: values)
                ).map { try entry(RowReader($0, table: "usage")) }
            }
        }
    }
}

extension SQLiteStore: UsageReading {
    package func signIns(
        since moment: Timestamp,
        limit: Int
    ) throws(StoreError) -> [SignInPlace] {
        try reader.signIns(since: moment, limit: limit)
    }
}
