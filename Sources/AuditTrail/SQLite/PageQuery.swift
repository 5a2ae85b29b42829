import Foundation
import GRDB

/// Reads one page of a table that is ordered by `sequence`.
struct PageQuery {
    let table: String
    let conditions: Conditions
    let direction: String
    let limit: Int

    init(table: String, conditions: Conditions, direction: String, limit: Int) {
        self.table = table
        self.conditions = conditions
        self.direction = direction
        self.limit = limit
    }

    /// A page of what was opened, the newest first.
    init(table: String, _ conditions: Conditions, _ page: PageFilter) {
        var conditions = conditions
        conditions.add("opened_at >= ?", page.since?.microsecondsSince1970)
        conditions.add("opened_at < ?", page.until?.microsecondsSince1970)
        conditions.add("sequence < ?", page.before)
        conditions.add(isLive: page.isLive)
        self.init(table: table, conditions: conditions, direction: "DESC", limit: page.limit)
    }

    /// Stops at the limit of rows or of bytes, whichever comes first, but never before one row.
    func page<Entry>(
        _ database: Database,
        _ entry: (RowReader) throws -> Entry
    ) throws -> AuditPage<Entry> {
        let limit = min(max(self.limit, 1), AuditLimits.pageRows)
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT * FROM \(table) \(conditions.clause)
                ORDER BY sequence \(direction) LIMIT \(limit + 1)
                """,
            arguments: conditions.arguments
        )
        var entries: [Entry] = []
        var last: Int64?
        var bytes = 0
        while let row = try rows.next() {
            guard entries.count < limit, bytes < AuditLimits.pageBytes else {
                return AuditPage(entries: entries, next: last)
            }
            let reader = RowReader(row, table: table)
            entries.append(try entry(reader))
            last = try reader.value("sequence", Int64.self)
            bytes += reader.largeBytes
        }
        return AuditPage(entries: entries, next: nil)
    }
}

/// Takes values out of a row, and says where it stands when one is not what it should be.
struct RowReader {
    private let row: Row
    private let table: String

    init(_ row: Row, table: String) {
        self.row = row
        self.table = table
    }

    func value<Value: DatabaseValueConvertible>(
        _ column: String,
        _ type: Value.Type = Value.self
    ) throws -> Value {
        guard let value = try optional(column, type) else { throw unreadable(column) }
        return value
    }

    func optional<Value: DatabaseValueConvertible>(
        _ column: String,
        _ type: Value.Type = Value.self
    ) throws -> Value? {
        guard let stored: DatabaseValue = row[column], !stored.isNull else { return nil }
        guard let value = Value.fromDatabaseValue(stored) else { throw unreadable(column) }
        return value
    }

    func time(_ column: String) throws -> Timestamp {
        Timestamp(microsecondsSince1970: try value(column, Int64.self))
    }

    func optionalTime(_ column: String) throws -> Timestamp? {
        try optional(column, Int64.self).map(Timestamp.init(microsecondsSince1970:))
    }

    func word<Word: RawRepresentable<String>>(
        _ column: String,
        _ type: Word.Type = Word.self
    ) throws -> Word {
        guard let word = try optionalWord(column, type) else { throw unreadable(column) }
        return word
    }

    func optionalWord<Word: RawRepresentable<String>>(
        _ column: String,
        _ type: Word.Type = Word.self
    ) throws -> Word? {
        guard let text = try optional(column, String.self) else { return nil }
        guard let word = Word(rawValue: text) else { throw unreadable(column) }
        return word
    }

    func unreadable(_ column: String) -> StoreError {
        let sequence: DatabaseValue? = row["sequence"]
        let place = sequence.map { "\(table) \($0)" } ?? table
        return .unreadable(what: place, reason: "column `\(column)` holds no such value")
    }

    /// How much the columns hold that can be large.
    var largeBytes: Int {
        ["payload", "command"].reduce(0) { sum, column in
            guard let stored: DatabaseValue = row[column] else { return sum }
            switch stored.storage {
            case .blob(let data): return sum + data.count
            case .null, .int64, .double, .string: return sum
            }
        }
    }
}
