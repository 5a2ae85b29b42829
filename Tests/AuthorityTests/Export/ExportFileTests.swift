import AuditTrail
import Foundation
import Glibc
import TestSupport
import Testing

@testable import Authority

@Suite struct `a file of audit records` {
    private func run(_ trail: TrailOfTests, _ committed: Int64) throws {
        let exporter = try trail.fileExporter()
        exporter.start(committed: committed)
        exporter.stop()
    }

    @Test func `has each record once, in order, as the trail has it`() throws {
        let trail = try TrailOfTests(records: 3 * Exporter.pageRecords + 7)
        try run(trail, 775)
        #expect(try trail.exported() == trail.lines())
        let mode = try #require(FileFacts(of: trail.filePath)).mode & 0o777
        #expect(mode == 0o640)

        let last = try trail.record(5)
        try run(trail, last)
        try run(trail, last)
        #expect(try trail.exported() == trail.lines())
    }

    @Test func `grows behind the commits while the bastion serves`() throws {
        let trail = try TrailOfTests()
        let exporter = try trail.fileExporter()
        exporter.start(committed: 0)
        for _ in 0..<3 {
            let last = try trail.record(4)
            exporter.committed(last)
            try trail.turns.await { $0.position == last }
            #expect(try trail.exported() == trail.lines())
        }
        exporter.stop()
        let readings = trail.metering.registry.readings()
        let exported = readings.first {
            $0.series == MetricSeries(.exportedRecords, ["file"])
        }
        #expect(exported?.reading == .total(12))
    }

    /// What `kill -9` and a lost page of the disk can leave, at every kind of moment.
    @Test func `is whole again after any crash, with each record once`() throws {
        let trail = try TrailOfTests(records: 60)
        try run(trail, 60)
        let whole = try trail.exported()
        let bytes = Array(whole.utf8)
        let positions = whole.split(separator: "\n").map { Array($0.utf8) }
        var random = SeededGenerator(seed: 5)
        for _ in 0..<150 {
            // The file ends anywhere, with zeros behind it or not; the position is any that was.
            let end = Int.random(in: 0...bytes.count, using: &random)
            let zeros = Int.random(in: 0...3, using: &random) == 0 ? 17 : 0
            let torn = Array(bytes[..<end]) + [UInt8](repeating: 0, count: zeros)
            try Data(torn).write(to: URL(fileURLWithPath: trail.filePath))
            let complete = bytes[..<end].count { $0 == UInt8(ascii: "\n") }
            let kept = Int.random(in: 0...complete, using: &random)
            let file = PositionFile(path: trail.positionPath, destination: trail.filePath)
            if kept == 0 || complete == 0 {
                _ = unsafe unlink(trail.positionPath)
            } else {
                try file.write(try ExportPosition(line: positions[kept - 1]))
            }
            try run(trail, 60)
            #expect(try trail.exported() == whole, "ended at \(end), kept \(kept)")
        }
    }

    /// As a child does between `fork` and `exec`, on whichever thread it was made.
    @Test func `is free once it is closed, whoever holds the open file still`() throws {
        let trail = try TrailOfTests(records: 1)
        let file = ExportFile(path: trail.filePath)
        _ = try file.open(after: nil)
        let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let held = descriptors.compactMap { CInt($0) }.filter { number in
            let link = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/fd/\(number)"
            )
            return link == trail.filePath
        }.map { dup($0) }
        defer { for copy in held { Glibc.close(copy) } }
        try #require(held.count == 1)
        #expect(throws: ExportError.self) {
            _ = try ExportFile(path: trail.filePath).open(after: nil)
        }
        file.close()
        _ = try ExportFile(path: trail.filePath).open(after: nil)
    }

    @Test func `goes on in a new file after a rotation, without a gap or a repetition`() throws {
        let trail = try TrailOfTests(records: 10)
        let exporter = try trail.fileExporter()
        exporter.start(committed: 10)
        try trail.turns.await { $0.position == 10 }
        let rotated = trail.filePath + ".1"
        try #require(unsafe rename(trail.filePath, rotated) == 0)
        exporter.committed(try trail.record(10))
        try trail.turns.await { $0.position == 20 }
        exporter.stop()
        #expect(try trail.exported(rotated) + trail.exported() == trail.lines())
    }

    @Test func `has what went to a file that was removed meanwhile, once`() throws {
        let trail = try TrailOfTests(records: 10)
        let remove: @Sendable (String) -> Void = { unsafe _ = unlink($0) }
        let sink = RotatedFile(ExportFile(path: trail.filePath), [remove, remove])
        let exporter = try trail.exporter(.file, sink, trail.filePath)
        exporter.start(committed: 10)
        try trail.turns.await { $0.position == 10 }
        exporter.stop()
        #expect(try trail.exported() == trail.lines())
    }

    @Test func `has what went to a file that was renamed meanwhile, which has it, too`() throws {
        let trail = try TrailOfTests(records: 10)
        let rotated = trail.filePath + ".1"
        let sink = RotatedFile(
            ExportFile(path: trail.filePath),
            [
                { _ in },
                {
                    unsafe _ = rename($0, rotated)
                    // As `create` of logrotate.
                    close(unsafe open($0, O_CREAT | O_EXCL | O_WRONLY, 0o640))
                },
            ]
        )
        let exporter = try trail.exporter(.file, sink, trail.filePath)
        exporter.start(committed: 10)
        try trail.turns.await { $0.position == 10 }
        exporter.committed(try trail.record(10))
        try trail.turns.await { $0.position == 20 }
        exporter.stop()
        #expect(try trail.exported(rotated) == trail.lines())
        let second = try trail.lines().split(separator: "\n").suffix(10).map { $0 + "\n" }.joined()
        #expect(try trail.exported() == second)
    }

    @Test func `is reopened at a signal, so that what was rotated away may be compressed`() throws {
        let trail = try TrailOfTests(records: 10)
        let exporter = try trail.fileExporter()
        exporter.start(committed: 10)
        try trail.turns.await { $0.position == 10 }
        let rotated = trail.filePath + ".1"
        try #require(unsafe rename(trail.filePath, rotated) == 0)
        exporter.reopen()
        // No record comes, and the bastion is killed: the new file has no line that says where.
        try trail.turns.await { [path = trail.filePath] _ in unsafe access(path, F_OK) == 0 }
        #expect(try trail.exported() == "")
        let held = unsafe open(rotated, O_RDONLY | O_CLOEXEC)
        defer { close(held) }
        #expect(flock(held, LOCK_EX | LOCK_NB) == 0, "it is still held")

        let file = PositionFile(path: trail.positionPath, destination: trail.filePath)
        #expect(try file.read()?.sequence == 10)
        exporter.stop()
        let last = try trail.record(3)
        try run(trail, last)
        #expect(try trail.exported(rotated) + trail.exported() == trail.lines())
    }

    @Test func `is written by one bastion only`() throws {
        let trail = try TrailOfTests(records: 1)
        let first = try trail.fileExporter()
        #expect(throws: ExportError.self) { try trail.fileExporter() }
        first.start(committed: 1)
        first.stop()
    }

    @Test func `is refused at the start where it cannot be written, with its name`() throws {
        let trail = try TrailOfTests(records: 1)
        let path = trail.filePath
        func refusal() -> String? {
            do throws(ExportError) {
                _ = try trail.fileExporter()
                return nil
            } catch {
                return error.description
            }
        }
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false
        )
        #expect(refusal()?.hasPrefix("cannot export to `\(path)`: ") == true)
        try FileManager.default.removeItem(atPath: path)

        try trail.folder.write("", to: "precious")
        try FileManager.default.createSymbolicLink(
            atPath: path,
            withDestinationPath: "\(trail.folder.path)/precious"
        )
        #expect(refusal()?.hasPrefix("cannot export to `\(path)`: ") == true)
        try FileManager.default.removeItem(atPath: path)

        try trail.folder.write("", to: "audit.jsonl")
        try trail.folder.setMode(0o666, of: "audit.jsonl")
        #expect(refusal()?.contains("anybody may write to it") == true)
        try trail.folder.setMode(0o600, of: "audit.jsonl")
        #expect(refusal() == nil)
    }

    @Test(arguments: [
        "precious\n", "precious", "{\"a\":1}", "{\"a\":1}\n", "{\"sequence\":7}\n{\"seq",
    ])
    func `is left alone where it is something else`(text: String) throws {
        let trail = try TrailOfTests(records: 1)
        try trail.folder.write(text, to: "audit.jsonl")
        #expect(throws: ExportError.self) { try trail.fileExporter() }
        #expect(try trail.exported() == text)
    }

    @Test func `is not continued for another audit trail`() throws {
        let (old, new) = (try TrailOfTests(records: 5), try TrailOfTests(records: 9))
        try run(old, 5)
        try FileManager.default.copyItem(atPath: old.filePath, toPath: new.filePath)
        let path = new.filePath
        #expect(
            throws: ExportError.foreign(
                path: path,
                reason: "tells of record 5 of another audit trail"
            )
        ) { try new.fileExporter() }
        // With the copy moved away it is the position beside the trail that tells of the other one.
        try PositionFile(path: new.positionPath, destination: path).write(
            ExportPosition(line: Array(try old.exported().split(separator: "\n")[4].utf8))
        )
        try FileManager.default.removeItem(atPath: path)
        #expect(
            throws: ExportError.foreign(
                path: new.positionPath,
                reason: "tells of record 5 of another audit trail"
            )
        ) { try new.fileExporter() }
        // Nor for one that is older than the copy, as after a restored backup.
        let short = try TrailOfTests(records: 4)
        try FileManager.default.copyItem(atPath: old.filePath, toPath: short.filePath)
        #expect(throws: ExportError.self) { try short.fileExporter() }
    }

    @Test(arguments: [0, -1, Int64.min])
    func `is refused where its last line is no record's`(sequence: Int64) throws {
        let trail = try TrailOfTests(records: 1)
        let line = "{\"sequence\":\(sequence),\"time\":\"2026-09-21T14:13:20.123456Z\"}\n"
        try trail.folder.write(line, to: "audit.jsonl")
        #expect(throws: ExportError.self) { try trail.fileExporter() }
        #expect(try trail.exported() == line)
    }

    @Test func `is written again when there is room again, from where it broke off`() throws {
        let trail = try TrailOfTests(records: 20)
        let sink = FullDisk(ExportFile(path: trail.filePath))
        let exporter = try trail.exporter(.file, sink, trail.filePath)
        exporter.start(committed: 20)
        try trail.turns.await { $0.failures == 1 }
        #expect(try !trail.exported().isEmpty)
        sink.makeRoom()
        exporter.reopen()
        try trail.turns.await { $0.position == 20 }
        exporter.stop()
        #expect(try trail.exported() == trail.lines())
    }
}
