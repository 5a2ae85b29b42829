import Foundation
import Testing

@testable import sallyport

@Suite struct `a limit of an argument` {
    @Test func `is how long a span of time is`() {
        #expect(TimeSpan(argument: "\(TimeSpan.maximumSeconds)s")?.seconds == 316_224_000)
        #expect(TimeSpan(argument: "\(TimeSpan.maximumSeconds + 1)s") == nil)
        #expect(TimeSpan(argument: "3660d") != nil)
        #expect(TimeSpan(argument: "3661d") == nil)
    }

    @Test func `is how large a file of host authorities is, and a larger one is not cut`() throws {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "sallyport-authorities-\(UUID().uuidString)").path
        defer {
            do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
        }
        let most = TargetEnrollCommand.maximumFileBytes
        let comment = String(repeating: "#", count: most)
        try Data(comment.utf8).write(to: URL(filePath: path))
        #expect(try TargetEnrollCommand.authorities(path) == comment)
        try Data((comment + "#").utf8).write(to: URL(filePath: path))
        #expect(throws: (any Error).self) { try TargetEnrollCommand.authorities(path) }
    }
}
