import Foundation
import TestSupport
import Testing

/// Keys that are exchanged anew while the bastion's program is exchanged too.
@Suite(.throughTurnstile)
struct `an upgrade beside key exchanges` {
    private static let upgrades = 3
    private static let block = 256 * 1024

    @Test func `loses no byte where both ends want other keys all the time, and comes about`()
        async throws
    {
        try await Lab.with("upgrade-rekey", ["--set", "sshd.web1.RekeyLimit=64K"]) { lab in
            let client = lab.ssh("alice.web1", "cat", options: Rekeying.options(each: "64K"))
            try await client.readingWhatIsWritten().start { child in
                let isOver = Flag()
                async let sent = pump(into: child, until: isOver)
                for number in 1...Self.upgrades {
                    let before = Rekeying.count(in: child.progress.errors)
                    do {
                        try await lab.upgraded(toThe: number)
                    } catch {
                        isOver.raise()
                        throw error
                    }
                    #expect(Rekeying.count(in: child.progress.errors) > before)
                }
                isOver.raise()
                let bytes = try await sent
                child.closeInput()
                let outcome = try await child.finished()
                #expect(outcome.end == .exited(0))
                #expect(outcome.output == bytes, "\(outcome.output.count) of \(bytes.count)")
                #expect(Rekeying.count(in: outcome.errors) > Self.upgrades)
            }
            #expect(try await lab.sessions().map(\.isLive) == [false])
        }
    }

    /// Sends a block when the one before came back.
    private func pump(into child: ChildProcess, until isOver: Flag) async throws -> [UInt8] {
        var generator = SeededGenerator(seed: 19)
        var sent: [UInt8] = []
        repeat {
            let block = (0..<Self.block / 8).flatMap { _ in
                let number = generator.next()
                return (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
            }
            child.write(block)
            sent += block
            let awaited = sent.count
            try await child.reached("\(awaited) bytes", within: .seconds(60)) {
                $0.output.count >= awaited
            }
        } while !isOver.isRaised
        return sent
    }
}

/// A stock client that exchanges keys again after so many bytes either way, and says so.
enum Rekeying {
    static func options(each bytes: String) -> [String] { ["-v", "-o", "RekeyLimit=\(bytes)"] }

    /// How often it did, the first time included.
    static func count(in errors: [UInt8]) -> Int {
        String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline)
            .count { $0.contains("SSH2_MSG_NEWKEYS received") }
    }
}
