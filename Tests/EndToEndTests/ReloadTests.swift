import Foundation
import TestSupport
import Testing

@Suite(.throughTurnstile)
struct `a reload` {
    @Test func `leaves no more descriptors and processes behind than it found, fifty times over`()
        async throws
    {
        try await Lab.with("reloads", []) { lab in
            let process = try lab.bastionProcess
            // The first one, so that what is made once is there.
            #expect(try await lab.sallyport("reload").run().succeeded)
            let before = try await Holdings.settled(of: process)
            for _ in 0..<50 {
                let reloaded = try await lab.sallyport("reload").run()
                guard reloaded.succeeded else {
                    Issue.record("\(reloaded)")
                    return
                }
            }
            // What was retired is reaped when its end is seen.
            let isNoMore = try await eventually(within: .seconds(20)) {
                try Holdings(of: process).isNoMore(than: before)
            }
            let after = try Holdings(of: process)
            #expect(isNoMore, "\(after) instead of \(before)")
        }
    }
}

/// What the kernel holds for a process.
private struct Holdings: Equatable {
    let descriptors: Int
    let children: Int

    init(of process: Int) throws {
        descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd")
            .count
        children = try FileManager.default.contentsOfDirectory(atPath: "/proc").count { other in
            guard Int(other) != nil,
                let status = FileManager.default.contents(atPath: "/proc/\(other)/status")
            else { return false }
            return String(decoding: status, as: UTF8.self).contains("\nPPid:\t\(process)\n")
        }
    }

    /// A busy machine may still be letting go of something when it is looked at first.
    func isNoMore(than other: Holdings) -> Bool {
        descriptors <= other.descriptors && children <= other.children
    }

    /// When two looks in a row find the same.
    static func settled(of process: Int) async throws -> Holdings {
        var last = try Holdings(of: process)
        _ = try await eventually(within: .seconds(20)) {
            let now = try Holdings(of: process)
            defer { last = now }
            return now == last
        }
        return last
    }
}
