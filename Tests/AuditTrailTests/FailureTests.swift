import AuditTrail
import Foundation
import Testing

@Suite struct `a trail that cannot be written` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `says that it is full, keeps what it has, and takes nothing by half`() throws {
        let settings = SQLiteSettings(maximumBytes: 256 * 1024)
        let store = try SQLiteStore(path: folder.database, settings: settings)
        let text = String(repeating: "x", count: 10_000)
        var kept = 0
        let error = #expect(throws: StoreError.self) {
            while kept < 1000 {
                _ = try store.append([Facts.notice(text)])
                kept += 1
            }
        }
        #expect(error == .full(reason: "database or disk is full"))
        #expect((1..<30).contains(kept))

        // A smaller record finds room where a larger one did not, and the numbers have no gap.
        let small = try store.append([Facts.notice("small")])
        #expect(small.map(\.sequence) == [Int64(kept + 1)])
        #expect(
            try store.auditRecords(matching: AuditFilter(limit: 1000)).entries.count == kept + 1
        )
    }

    @Test func `says that it is busy while another process writes`() throws {
        let settings = SQLiteSettings(busyTimeout: .milliseconds(20))
        let store = try SQLiteStore(path: folder.database, settings: settings)
        let holder = try WriteLockHolder(folder.database)

        let error = #expect(throws: StoreError.self) { try store.append([Facts.notice("a")]) }
        #expect(error == .busy(reason: "database is locked"))
        #expect(try store.auditRecords(matching: AuditFilter()).entries.isEmpty)

        try holder.release()
        #expect(try store.append([Facts.notice("b")]).map(\.sequence) == [1])
    }
}

/// Another process that holds the write lock of a database until it is told to let go.
private final class WriteLockHolder {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(_ path: String) throws {
        let program = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1], isolation_level=None)
            database.execute("BEGIN IMMEDIATE")
            print("held", flush=True)
            sys.stdin.read()
            """
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program, path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let answer = try output.fileHandleForReading.read(upToCount: 5)
        #expect(answer.map { String(decoding: $0, as: UTF8.self) } == "held\n")
    }

    func release() throws {
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
