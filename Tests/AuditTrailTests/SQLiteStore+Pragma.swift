import GRDB

@testable import AuditTrail

extension SQLiteStore {
    /// What is in force on the connection that writes.
    func pragma(_ name: String) throws -> String? {
        try writer.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") }
    }
}
