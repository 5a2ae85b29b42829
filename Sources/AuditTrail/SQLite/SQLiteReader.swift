import GRDB

/// Reads an audit trail in a SQLite file, beside its writer or without one.
package final class SQLiteReader: AuditReading {
    let pool: DatabasePool

    /// Opens a file that is there; changes nothing in it.
    package init(path: String, settings: SQLiteSettings = SQLiteSettings()) throws(StoreError) {
        try DatabaseFile.check(path)
        pool = try StoreError.catching {
            let pool = try DatabasePool(path: path, configuration: settings.readerConfiguration)
            try pool.read { database in
                let application = try Int32.fetchOne(database, sql: "PRAGMA application_id")
                guard application == SQLiteSettings.applicationID else {
                    throw StoreError.foreign(path: path)
                }
                try SQLiteStore.refuseNewerSchema(database)
            }
            return pool
        }
    }

    package func auditRecords(
        matching filter: AuditFilter
    ) throws(StoreError) -> AuditPage<AuditRecord> {
        var conditions = Conditions()
        conditions.add("kind", isOneOf: filter.kinds.map(\.rawValue).sorted())
        conditions.add("connection = ?", filter.about.connection)
        conditions.add("session = ?", filter.about.session)
        conditions.add("principal = ?", filter.about.principal)
        conditions.add("on_behalf_of = ?", filter.about.onBehalfOf)
        conditions.add("target = ?", filter.about.target)
        conditions.add("login = ?", filter.about.login)
        conditions.add("time >= ?", filter.since?.microsecondsSince1970)
        conditions.add("time < ?", filter.until?.microsecondsSince1970)
        let direction: String
        switch filter.order {
        case .oldestFirst(let after):
            conditions.add("sequence > ?", after)
            direction = "ASC"
        case .newestFirst(let before):
            conditions.add("sequence < ?", before)
            direction = "DESC"
        }
        let query = PageQuery(
            table: "audit",
            conditions: conditions,
            direction: direction,
            limit: filter.limit
        )
        return try page(query, AuditRecord.init(row:))
    }

    package func sessions(
        matching filter: SessionFilter
    ) throws(StoreError) -> AuditPage<SessionEntry> {
        var conditions = Conditions()
        conditions.add("connection = ?", filter.connection)
        conditions.add("principal = ?", filter.principal)
        conditions.add("on_behalf_of = ?", filter.onBehalfOf)
        conditions.add("target = ?", filter.target)
        let query = PageQuery(table: "sessions", conditions, filter.page)
        return try page(query, SessionEntry.init(row:))
    }

    package func connections(
        matching filter: ConnectionFilter
    ) throws(StoreError) -> AuditPage<ConnectionEntry> {
        var conditions = Conditions()
        conditions.add("id = ?", filter.connection)
        conditions.add("principal = ?", filter.principal)
        conditions.add("on_behalf_of = ?", filter.onBehalfOf)
        conditions.add("peer_address = ?", filter.peerAddress)
        let query = PageQuery(table: "connections", conditions, filter.page)
        return try page(query, ConnectionEntry.init(row:))
    }

    package func session(_ id: String) throws(StoreError) -> SessionEntry? {
        try one("SELECT * FROM sessions WHERE id = ?", [id], SessionEntry.init(row:))
    }

    package func connection(_ id: String) throws(StoreError) -> ConnectionEntry? {
        try one("SELECT * FROM connections WHERE id = ?", [id], ConnectionEntry.init(row:))
    }

    package func certificate(
        _ serial: CertificateSerial
    ) throws(StoreError) -> CertificateEntry? {
        try one(
            "SELECT * FROM certificates WHERE number = ? AND authority = ?",
            [Int64(serial.number), serial.authority],
            CertificateEntry.init(row:)
        )
    }

    package func lastCertificate(
        ofSession id: String
    ) throws(StoreError) -> CertificateEntry? {
        try one(
            """
            SELECT * FROM certificates WHERE session = ? AND purpose = ?
            ORDER BY number DESC LIMIT 1
            """,
            [id, AuditEvent.CertificateIssued.Purpose.session.rawValue],
            CertificateEntry.init(row:)
        )
    }

    /// Not in pages: as many as there are principals and targets at most, and each counts.
    package func locks(at moment: Timestamp) throws(StoreError) -> [LockEntry] {
        try StoreError.catching {
            try pool.read { database in
                try Row.fetchAll(
                    database,
                    sql: "SELECT * FROM locks WHERE until IS NULL OR until > ? ORDER BY sequence",
                    arguments: [moment.microsecondsSince1970]
                ).map { try LockEntry(row: RowReader($0, table: "locks")) }
            }
        }
    }

    package func close() throws(StoreError) {
        try StoreError.catching { try pool.close() }
    }

    private func one<Entry>(
        _ sql: String,
        _ values: [(any DatabaseValueConvertible)?],
        _ entry: (RowReader) throws -> Entry
    ) throws(StoreError) -> Entry? {
        try StoreError.catching {
            try pool.read { database in
                let arguments = StatementArguments(whole: values)
                return try Row.fetchOne(database, sql: sql, arguments: arguments)
                    .map { try entry(RowReader($0, table: "row")) }
            }
        }
    }

    private func page<Entry: Sendable>(
        _ query: PageQuery,
        _ entry: (RowReader) throws -> Entry
    ) throws(StoreError) -> AuditPage<Entry> {
        try StoreError.catching {
            try pool.read { database in try query.page(database, entry) }
        }
    }
}
