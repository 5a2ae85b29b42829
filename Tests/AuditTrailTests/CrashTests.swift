import AuditTrail
import Foundation
import Testing

@Suite struct `a crash` {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `that cuts the end of the log loses nothing that was committed before`() throws {
        let store = try SQLiteStore(path: folder.database)
        _ = try store.append([Facts.notice("a")])
        // What another machine would find on the disk, with a half-written frame behind it.
        let copy = try TemporaryFolder()
        for suffix in ["", "-wal"] {
            let file = copy.database + suffix
            try FileManager.default.copyItem(atPath: folder.database + suffix, toPath: file)
        }
        let log = try FileHandle(
            forUpdating: URL(fileURLWithPath: copy.database + "-wal")
        )
        try log.seekToEnd()
        try log.write(contentsOf: Data(repeating: 0x5A, count: 1000))
        try log.close()

        let after = try SQLiteStore(path: copy.database)
        #expect(try after.append([Facts.notice("b")]).map(\.sequence) == [2])
        try after.close()
    }
}
