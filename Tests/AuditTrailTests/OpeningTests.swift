import AuditTrail
import Foundation
import GRDB
import Testing

@Suite struct `opening an audit trail` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `makes files that are their owner's alone`() throws {
        let path = folder.path + "/state/audit.db"
        let store = try SQLiteStore(path: path)
        _ = try store.append([Facts.notice("a")])

        #expect(try folder.permissions(of: folder.path + "/state") == 0o700)
        for file in [path, path + "-wal", path + "-shm", path + ".lock"] {
            #expect(try folder.permissions(of: file) == 0o600)
        }
    }

    @Test(arguments: [(0o750, 0o600), (0o700, 0o640), (0o701, 0o600), (0o700, 0o604)])
    func `refuses files that others may touch`(folderMode: Int, fileMode: Int) throws {
        try SQLiteStore(path: folder.database).close()
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: folderMode], ofItemAtPath: folder.path)
        try manager.setAttributes([.posixPermissions: fileMode], ofItemAtPath: folder.database)

        let wrong =
            folderMode == 0o700
            ? StoreError.exposed(path: folder.database, mode: UInt32(fileMode))
            : StoreError.exposed(path: folder.path, mode: UInt32(folderMode))
        #expect(throws: wrong) { try SQLiteStore(path: folder.database) }
        #expect(throws: wrong) { try SQLiteReader(path: folder.database) }
    }

    @Test func `refuses a link in place of the file`() throws {
        try SQLiteStore(path: folder.path + "/real.db").close()
        try FileManager.default.createSymbolicLink(
            atPath: folder.database,
            withDestinationPath: folder.path + "/real.db"
        )
        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.database) }
        #expect(error == .cannotOpen(path: folder.database, reason: "is no plain file"))
    }

    @Test func `puts every setting in force`() throws {
        let store = try SQLiteStore(path: folder.database)
        let expected = [
            "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1",
            "trusted_schema": "0", "cell_size_check": "1", "mmap_size": "0",
            "recursive_triggers": "1", "journal_size_limit": "16777216",
            "wal_autocheckpoint": "1000", "busy_timeout": "5000",
            "application_id": "1396788304",
        ]
        for (name, value) in expected {
            #expect(try store.pragma(name) == value, "\(name)")
        }
    }

    @Test func `refuses a database that is something else, and leaves it as it is`() throws {
        let other = try DatabaseQueue(path: folder.database)
        try other.write { try $0.execute(sql: "CREATE TABLE cats (name TEXT)") }
        try other.close()
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.database)
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.database))

        #expect(throws: StoreError.foreign(path: folder.database)) {
            try SQLiteStore(path: folder.database)
        }
        #expect(throws: StoreError.foreign(path: folder.database)) {
            try SQLiteReader(path: folder.database)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.database)) == before)
    }

    @Test func `refuses a newer schema and names the steps that it does not know`() throws {
        try SQLiteStore(path: folder.database).close()
        let newer = try DatabaseQueue(path: folder.database)
        try newer.write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('2 approvals')")
        }
        try newer.close()

        let refusal = StoreError.newerSchema(unknownSteps: ["2 approvals"])
        #expect(throws: refusal) { try SQLiteStore(path: folder.database) }
        #expect(throws: refusal) { try SQLiteReader(path: folder.database) }
        #expect(refusal.description.contains("newer sallyport (2 approvals)"))
    }

    @Test func `takes a file of the first release further, and all that is in it`() throws {
        let first = try SQLiteStore(path: folder.database)
        _ = try first.append([
            Facts.connectionOpened("c-1"), Facts.sessionOpened("s-1", in: "c-1"),
            Facts.certificate(session: "s-1", over: nil),
        ])
        try first.close()
        let older = try DatabaseQueue(path: folder.database)
        try older.write {
            try $0.execute(
                sql: """
                    DROP INDEX certificates_session;
                    ALTER TABLE certificates DROP COLUMN local_address;
                    ALTER TABLE certificates DROP COLUMN local_port;
                    ALTER TABLE certificates DROP COLUMN peer_address;
                    ALTER TABLE certificates DROP COLUMN peer_port;
                    DELETE FROM grdb_migrations WHERE identifier != '1 audit trail'
                    """
            )
        }
        try older.close()
        // Who only reads does not change it.
        let serial = CertificateSerial(authority: 1, number: 1)
        #expect(try SQLiteReader(path: folder.database).certificate(serial)?.transport == nil)

        let store = try SQLiteStore(path: folder.database)
        let added = try store.append([Facts.certificate(session: "s-1")])

        #expect(try store.certificate(serial)?.transport == nil)
        let next = try #require(added.first?.certificateSerial)
        #expect(try store.certificate(next)?.transport == Facts.transport)
        #expect(
            try store.auditRecords(matching: AuditFilter(kinds: [.certificateIssued])).entries
                .count == 2
        )
    }

    @Test func `goes on where a crash cut the first start short`() throws {
        let cut = try DatabaseQueue(path: folder.database)
        try cut.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA application_id = 1396788304; PRAGMA journal_mode = WAL")
        }
        try cut.close()
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.database)

        let store = try SQLiteStore(path: folder.database)
        #expect(try store.append([Facts.notice("a")]).map(\.sequence) == [1])
    }

    @Test func `refuses an emptied file whose log has records, and keeps them`() throws {
        let store = try SQLiteStore(path: folder.database)
        _ = try store.append([Facts.notice("a")])
        // What is left when somebody empties the file of an authority that is killed.
        let copy = try TemporaryFolder()
        let log = try Data(contentsOf: URL(fileURLWithPath: folder.database + "-wal"))
        for (file, content) in [copy.database: Data(), copy.database + "-wal": log] {
            try content.write(to: URL(fileURLWithPath: file))
            let manager = FileManager.default
            try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }

        let refusal = StoreError.corrupt(reason: "it is empty, and its write-ahead log is not")
        #expect(throws: refusal) { try SQLiteStore(path: copy.database) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: copy.database + "-wal")) == log)
        try store.close()
    }

    @Test func `refuses what is no database`() throws {
        let file = URL(fileURLWithPath: folder.database)
        try Data(repeating: 0x41, count: 8192).write(to: file)
        let manager = FileManager.default
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.database)

        let error = #expect(throws: StoreError.self) { try SQLiteStore(path: folder.database) }
        #expect(error?.isCorrupt == true)
    }
}

extension StoreError {
    fileprivate var isCorrupt: Bool {
        if case .corrupt = self { true } else { false }
    }
}
