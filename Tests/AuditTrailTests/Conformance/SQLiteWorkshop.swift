import AuditTrail
import Foundation
import TestSupport
import Testing

/// SQLite in a file.
final class SQLiteWorkshop: StoreWorkshop {
    let place: String
    /// Removed with this value; nil where it is somebody else's.
    private let folder: TemporaryFolder?

    init() throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        place = folder.database
    }

    init(at place: String) {
        self.place = place
        folder = nil
    }

    func open() throws -> any Store { try SQLiteStore(path: place) }

    func openImpatient() throws -> any Store {
        try SQLiteStore(
            path: place,
            settings: SQLiteSettings(busyTimeout: .milliseconds(20))
        )
    }

    func openReader() throws -> any AuditReading { try SQLiteReader(path: place) }

    func damage() throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: place))
        let size = try file.seekToEnd()
        for page in stride(from: UInt64(4096), to: size, by: 4096) {
            try file.seek(toOffset: page)
            try file.write(contentsOf: Data(repeating: 0xFF, count: 64))
        }
        try file.close()
    }

    func contents() throws -> [String: [UInt8]] {
        let folder = URL(fileURLWithPath: place).deletingLastPathComponent().path
        var contents: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            contents[name] = [UInt8](
                try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            )
        }
        return contents
    }

    func logBytes() throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: place + "-wal")
        return try #require(attributes[.size] as? Int)
    }

    func whileHeld(_ body: () throws -> Void) throws {
        let holder = try WriteLockHolder(place)
        try body()
        try holder.release()
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

    deinit { if process.isRunning { process.terminate() } }

    func release() throws {
        try input.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}

/// SQLite on a file system that is full.
struct SQLiteOnSmallDisk: CrampedStore {
    private let disk: SmallDisk
    let workshop: any StoreWorkshop

    init() throws {
        disk = try SmallDisk(bytes: 2 << 20)
        try disk.fill(leaving: 1 << 20)
        workshop = SQLiteWorkshop(at: "\(disk.path)/audit.db")
    }

    func open() throws -> any Store { try workshop.open() }

    func giveRoom() throws -> Bool {
        try disk.clear()
        return true
    }
}

/// SQLite with a limit of its own.
struct LimitedSQLite: CrampedStore {
    let workshop: any StoreWorkshop

    init() throws { workshop = try SQLiteWorkshop() }

    func open() throws -> any Store {
        try SQLiteStore(
            path: workshop.place,
            settings: SQLiteSettings(maximumBytes: 256 * 1024)
        )
    }

    func giveRoom() throws -> Bool { false }
}
