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

    /// Of each session since then its end, if it has one, and what that measured.
    ///
    /// What it costs grows with the sessions since then: they are found, and ordered, by when they were
    /// opened.
    private static let measured = """
        FROM sessions LEFT JOIN audit
            ON audit.session = sessions.id AND audit.kind = 'session-ended'
        WHERE sessions.opened_at >= ?
            AND json_extract(CAST(audit.payload AS TEXT), '$.recordingBytes')
        """

    package func recordedBytes(since moment: Timestamp) throws(StoreError) -> [RecordedUse] {
        try rows(
            """
            SELECT sessions.principal AS principal,
                sum(json_extract(CAST(audit.payload AS TEXT), '$.recordingBytes')) AS bytes
            \(Self.measured) IS NOT NULL GROUP BY sessions.principal
            """,
            [moment.microsecondsSince1970]
        ) { row in
            let bytes: Int64 = try row.value("bytes")
            return RecordedUse(
                principal: try row.value("principal"),
                bytes: UInt64(clamping: bytes)
            )
        }
    }

    package func unmeasuredRecordings(
        since moment: Timestamp,
        limit: Int
    ) throws(StoreError) -> [UnmeasuredRecording] {
        try rows(
            """
            SELECT sessions.principal AS principal, sessions.recording AS recording
            \(Self.measured) IS NULL AND sessions.recording IS NOT NULL
            ORDER BY sessions.opened_at DESC LIMIT ?
            """,
            [moment.microsecondsSince1970, limit]
        ) { row in
            UnmeasuredRecording(
                principal: try row.value("principal"),
                recording: try row.value("recording")
            )
        }
    }

    /// What it costs grows with the records since then: not by their kind, which is that of all ends
    /// there ever were.
    package func recordings(
        across moment: Timestamp,
        limit: Int
    ) throws(StoreError) -> [SpanningRecording] {
        let microseconds = moment.microsecondsSince1970
        return try rows(
            """
            SELECT sessions.principal AS principal, sessions.recording AS recording,
                sessions.opened_at AS opened_at, audit.time AS ended_at,
                json_extract(CAST(audit.payload AS TEXT), '$.recordingBytes') AS bytes
            FROM audit JOIN sessions ON sessions.id = audit.session
            WHERE audit.time >= ? AND +audit.kind = 'session-ended'
                AND sessions.opened_at < ? AND sessions.recording IS NOT NULL
            ORDER BY audit.time DESC LIMIT ?
            """,
            [microseconds, microseconds, limit]
        ) { row in
            let bytes: Int64? = try row.optional("bytes")
            return SpanningRecording(
                principal: try row.value("principal"),
                recording: try row.value("recording"),
                openedAt: try row.time("opened_at"),
                endedAt: try row.time("ended_at"),
                bytes: bytes.map { UInt64(clamping: $0) }
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

    package func recordedBytes(since moment: Timestamp) throws(StoreError) -> [RecordedUse] {
        try reader.recordedBytes(since: moment)
    }

    package func unmeasuredRecordings(
        since moment: Timestamp,
        limit: Int
    ) throws(StoreError) -> [UnmeasuredRecording] {
        try reader.unmeasuredRecordings(since: moment, limit: limit)
    }

    package func recordings(
        across moment: Timestamp,
        limit: Int
    ) throws(StoreError) -> [SpanningRecording] {
        try reader.recordings(across: moment, limit: limit)
    }
}
