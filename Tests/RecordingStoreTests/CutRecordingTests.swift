import Foundation
import Recording
import TestSupport
import Testing

@testable import RecordingStore

/// What a crash leaves of a recording, cut in places all over it.
@Suite struct `a recording that a crash has cut` {
    @Test(arguments: ["exec.cast", "terminal.cast", "transfer.cast"])
    func `is, once recovered, what every reader takes, with all of its whole lines`(
        name: String
    ) throws {
        let temporary = try TemporaryFolder()
        let folder = try RecordingFolder(path: temporary.path + "/recordings")
        let golden = try contents(RepositoryFile.path("Tests/Fixtures/recordings/\(name)"))
        let header = Samples.header().encoded
        // The header is on the disk before anything else is.
        let events = golden.drop { $0 != 0x0a }.dropFirst()

        for count in stride(from: 0, through: events.count, by: 7) {
            let session = "s-\(String(1_000_000_000_000 + count).dropFirst())"
            let created = try folder.create(session: session, header: Samples.header(), at: 0)
            let path = created.path
            let handle = FileHandle(fileDescriptor: created.release(), closeOnDealloc: true)
            try handle.write(contentsOf: Data(events.prefix(count)))
            try handle.close()
            _ = try folder.settle(session: session, at: 0)

            let recovered = try contents(path)
            let whole =
                events.prefix(count).lastIndex(of: 0x0a).map { events[...$0] } ?? []
            #expect(ReaderRules.broken(by: recovered) == [], "\(count)")
            #expect(recovered.starts(with: header + whole), "\(count)")
        }
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "only root can mount a small file system"))
    func `is left as it is where there is no room for what is cut, until there is`() throws {
        let disk = try SmallDisk(bytes: 1 << 20)
        let folder = try RecordingFolder(path: disk.path + "/recordings")
        let created = try folder.create(session: Samples.session, header: Samples.header(), at: 0)
        let path = created.path
        let handle = FileHandle(fileDescriptor: created.release(), closeOnDealloc: true)
        // A cut line: a session that was writing when its disk was full.
        let cut = Data("[0.100000,\"o\",\"".utf8) + Data(repeating: 0x78, count: 9000)
        try handle.write(contentsOf: cut)
        try handle.close()
        let before = try contents(path)
        try disk.fill()

        #expect(
            throws: RecordingStoreError.system(
                operation: "write",
                path: path + ".torn",
                code: ENOSPC
            )
        ) { try folder.settle(session: Samples.session, at: 0) }
        #expect(try contents(path) == before)
        #expect(!FileManager.default.fileExists(atPath: path + ".torn"))

        try disk.clear()
        let settlement = try #require(try folder.settle(session: Samples.session, at: 0))
        #expect(settlement.cutBytes == 9015)
        #expect(settlement.tornFile == "\(Samples.session).cast.torn")
    }
}
