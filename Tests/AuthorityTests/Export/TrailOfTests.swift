import AuditTrail
import Foundation
import Logging
import Synchronization
import Testing

@testable import Authority

/// An audit trail of a test with a folder for what is exported of it.
final class TrailOfTests {
    let folder: Folder
    let store: SQLiteStore
    let turns = Turns()
    let metering = Metering()

    var filePath: String { "\(folder.path)/audit.jsonl" }
    var positionPath: String { "\(folder.path)/state/export.position" }

    init(records: Int = 0) throws {
        folder = try Folder()
        try StateDirectory.make("\(folder.path)/state")
        store = try SQLiteStore(path: "\(folder.path)/state/audit.db")
        try record(records)
    }

    /// Adds so many records, of different lengths.
    @discardableResult
    func record(_ count: Int) throws -> Int64 {
        var last: Int64 = 0
        for _ in 0..<count {
            last = try record(detail: String(repeating: "\u{e9}x", count: Int(last % 50)))
        }
        return last
    }

    @discardableResult
    func record(detail: String) throws -> Int64 {
        let record = NewAuditRecord(
            time: .now(),
            attribution: Attribution(),
            event: .served(AuditEvent.Served(state: .started, detail: detail))
        )
        return try #require(try store.append([record]).first).sequence
    }

    /// All of the trail, as a file of it must be.
    func lines() throws -> String {
        var text = ""
        var next: Int64?
        repeat {
            let filter = AuditFilter(order: .oldestFirst(after: next), limit: 1000)
            let page = try store.auditRecords(matching: filter)
            for record in page.entries { text += try CanonicalJSON.line(record) + "\n" }
            next = page.next
        } while next != nil
        return text
    }

    func exported(_ path: String? = nil) throws -> String {
        try String(contentsOfFile: path ?? filePath, encoding: .utf8)
    }

    func fileExporter() throws(ExportError) -> Exporter {
        try exporter(.file, ExportFile(path: filePath), filePath)
    }

    func exporter(
        _ name: ExportName,
        _ sink: any ExportSink,
        _ destination: String
    ) throws(ExportError) -> Exporter {
        let turns = turns
        return try Exporter(
            name,
            to: sink,
            from: store,
            positions: PositionFile(path: positionPath, destination: destination),
            measurements: metering.measurements,
            logger: .silent,
            turned: { turns.note($0) }
        )
    }
}

/// Waits for what an exporter's thread did.
final class Turns: @unchecked Sendable {
    // SAFETY: `last` is touched only between `condition.lock()` and `condition.unlock()`.
    private let condition = NSCondition()
    private var last: ExportProgress?

    func note(_ progress: ExportProgress) {
        condition.lock()
        defer { condition.unlock() }
        last = progress
        condition.broadcast()
    }

    /// Until an exporter is so far; a minute is enough for every test.
    func await(_ isSoFar: (ExportProgress) -> Bool) throws {
        condition.lock()
        defer { condition.unlock() }
        let end = Date(timeIntervalSinceNow: 60)
        while last.map(isSoFar) != true {
            try #require(condition.wait(until: end), "\(String(describing: last))")
        }
    }
}
