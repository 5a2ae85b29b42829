import GRDB

/// An audit trail in one SQLite file, for one authority.
package final class SQLiteStore: Store, ForwardedReading {
    private let lock: InstanceLock
    let writer: DatabaseQueue
    let reader: SQLiteReader
    package var reading: any AuditReading { reader }

    /// The names of the steps that lead to the shape that this release writes.
    package static var steps: [String] { Schema.migrator.migrations }

    /// Opens the file, or makes a new one, 0600 in a folder 0700.
    ///
    /// Nothing is changed in a file that is not ours, is damaged, or is newer than we are.
    package init(path: String, settings: SQLiteSettings = SQLiteSettings()) throws(StoreError) {
        try DatabaseFile.prepare(path)
        lock = try InstanceLock(for: path)
        let writer = try StoreError.catching {
            try DatabaseQueue(path: path, configuration: settings.writerConfiguration)
        }
        try StoreError.catching {
            try writer.writeWithoutTransaction { database in
                try Self.inspect(database, path: path, settings: settings)
                try Self.startWriteAheadLog(database)
            }
            try Schema.migrator.migrate(writer)
        }
        self.writer = writer
        reader = try SQLiteReader(path: path, settings: settings)
    }

    package func append(_ records: [NewAuditRecord]) throws(StoreError) -> [Committed] {
        guard !records.isEmpty else { throw .refused(.nothingSubmitted) }
        return try StoreError.catching {
            try writer.writeWithoutTransaction { database in
                var committed: [Committed] = []
                // IMMEDIATE: the place of the next record is known only to who may write.
                try database.inTransaction(.immediate) {
                    var appending = try RecordAppending(database)
                    for record in records { committed.append(try appending.append(record)) }
                    return .commit
                }
                return committed
            }
        }
    }

    package func close() throws(StoreError) {
        try reader.close()
        // The last connection to close folds the write-ahead log into the file.
        try StoreError.catching { try writer.close() }
        lock.release()
    }

    private static func inspect(
        _ database: Database,
        path: String,
        settings: SQLiteSettings
    ) throws {
        let isNew = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
        let application = try Int32.fetchOne(database, sql: "PRAGMA application_id")
        if isNew, application == 0 {
            return try database.execute(
                sql: "PRAGMA application_id = \(SQLiteSettings.applicationID)"
            )
        }
        guard application == SQLiteSettings.applicationID else {
            throw StoreError.foreign(path: path)
        }
        try refuseNewerSchema(database)
        if settings.checksIntegrity {
            let finding = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
            guard finding == "ok" else {
                throw StoreError.corrupt(reason: finding ?? "nothing can be checked")
            }
        }
    }

    static func refuseNewerSchema(_ database: Database) throws {
        let applied = try Schema.migrator.appliedIdentifiers(database)
        let unknown = applied.subtracting(Schema.migrator.migrations)
        guard unknown.isEmpty else {
            throw StoreError.newerSchema(unknownSteps: unknown.sorted())
        }
    }

    private static func startWriteAheadLog(_ database: Database) throws {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
            throw StoreError.unexpected(code: 0, reason: "no write-ahead log on this file system")
        }
    }
}
