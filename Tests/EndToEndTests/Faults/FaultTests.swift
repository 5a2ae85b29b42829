import Foundation
import TestSupport
import Testing

/// Kills processes at random moments.
///
/// A few of them here; `scripts/faults` has hundreds.
@Suite(.throughTurnstile)
struct `a process killed at any moment` {
    /// How many moments, from which seed, beginning with which one, and which of those.
    private struct Extent {
        var count = 12
        var seed: UInt64 = 1
        var first = 0
        /// Nil for all of them.
        var victim: FaultMoment.Victim?
        /// Whether somebody watches.
        var isLong = false

        /// `COUNT SEED FIRST VICTIM` in the environment, as `scripts/faults` has it.
        init() throws {
            let text = ProcessInfo.processInfo.environment["SALLYPORT_FAULTS"]
            guard let text else { return }
            let words = text.split(separator: " ")
            let numbers = words.prefix(3).compactMap { UInt64($0) }
            try #require(numbers.count == 3, "SALLYPORT_FAULTS=\(text)")
            (count, seed, first) = (Int(numbers[0]), numbers[1], Int(numbers[2]))
            if let name = words.dropFirst(3).first {
                let known = FaultMoment.Victim(rawValue: "\(name)")
                try #require(known != nil, "nobody is called \(name)")
                victim = known
            }
            isLong = true
        }

        var moments: [FaultMoment] {
            (first..<first + count).map { FaultMoment(seed: seed, number: $0) }
                .filter { victim == nil || $0.victim == victim }
        }
    }

    @Test func `takes nothing acknowledged along, starts nothing unrecorded, and is made good`()
        async throws
    {
        let extent = try Extent()
        try await Lab.with("faults") { lab in
            var tally = FaultTally()
            try await lab.withRemoteFolder { folder in
                let run = FaultRun(name: "faults", lab: lab, folder: folder)
                for moment in extent.moments {
                    let evidence = try await run.run(moment)
                    let findings = try await evidence.findings { recording in
                        try await lab.sallyport("play", "--raw", recording).run()
                    }
                    for finding in findings { Issue.record("\(moment): \(finding)") }
                    tally.count(evidence)
                    if extent.isLong { say("\(moment)\n    \(evidence.summary)") }
                }
            }
            if extent.isLong { say(tally.description) }
            #expect(tally.killed > extent.count / 2 || extent.isLong, "\(tally)")
        }
    }

    /// At once, for whoever watches behind a pipe.
    private func say(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
