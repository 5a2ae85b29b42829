import GRDB

/// How a store in a file is opened.
package struct SQLiteSettings: Hashable, Sendable {
    /// How long a commit waits for somebody else's.
    package var busyTimeout: Duration
    /// Whether the file is read through before it is used; a large one takes seconds.
    package var checksIntegrity: Bool
    /// The size of the file; nil leaves it to the disk.
    package var maximumBytes: Int64?

    package init(
        busyTimeout: Duration = .seconds(5),
        checksIntegrity: Bool = true,
        maximumBytes: Int64? = nil
    ) {
        self.busyTimeout = busyTimeout
        self.checksIntegrity = checksIntegrity
        self.maximumBytes = maximumBytes
    }

    static let pageBytes: Int64 = 4096
    /// `SALP`: tells our files from other databases.
    static let applicationID: Int32 = 0x5341_4C50
    /// LIMIT: pages of the write-ahead log before it is folded into the file.
    static let checkpointPages = 1000
    /// LIMIT: bytes that the write-ahead log keeps on the disk after that.
    static let journalBytes = 16 * 1024 * 1024

    var writerConfiguration: Configuration {
        var configuration = baseConfiguration
        configuration.label = "audit-writer"
        configuration.prepareDatabase { [maximumBytes] database in
            try Self.hardenConnection(database)
            // FULL: a commit is on the disk when it returns; WAL alone would lose the last ones.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA journal_size_limit = \(Self.journalBytes)")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = \(Self.checkpointPages)")
            // REPLACE would delete rows without asking the triggers that forbid it.
            try database.execute(sql: "PRAGMA recursive_triggers = ON")
            if let maximumBytes {
                let pages = max(1, maximumBytes / Self.pageBytes)
                try database.execute(sql: "PRAGMA max_page_count = \(pages)")
            }
        }
        return configuration
    }

    var readerConfiguration: Configuration {
        var configuration = baseConfiguration
        configuration.label = "audit-reader"
        configuration.readonly = true
        configuration.maximumReaderCount = AuditLimits.readers
        configuration.prepareDatabase { database in
            try Self.hardenConnection(database)
            try database.execute(sql: "PRAGMA query_only = ON")
        }
        return configuration
    }

    private var baseConfiguration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        let (seconds, attoseconds) = busyTimeout.components
        let timeout = Double(seconds) + Double(attoseconds) * 1e-18
        configuration.busyMode = .timeout(timeout)
        return configuration
    }

    private static func hardenConnection(_ database: Database) throws {
        // A schema that somebody tampered with must not call functions with side effects.
        try database.execute(sql: "PRAGMA trusted_schema = OFF")
        try database.execute(sql: "PRAGMA cell_size_check = ON")
        // A damaged disk is then an error of read(2), not a SIGBUS of the authority.
        try database.execute(sql: "PRAGMA mmap_size = 0")
        try database.execute(sql: "PRAGMA temp_store = MEMORY")
    }
}
