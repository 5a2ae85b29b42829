import TestSupport
import Testing

extension `a store` {
    /// How often the disk fails and is back before that.
    private static let faults = 3

    @Test(
        .enabled(if: PreloadedLibrary.canBeBuilt, "\(PreloadedLibrary.reason)"),
        arguments: StoreKind.allCases,
        FailingDisk.Call.allCases
    )
    func `whose disk fails and whose writer is killed then has what it acknowledged`(
        _ kind: StoreKind,
        _ call: FailingDisk.Call
    ) async throws {
        let workshop = try kind.workshop()
        let disk = try await FailingDisk()
        var acknowledged: [KilledWriter.Acknowledgement] = []
        for run in 1...2 {
            let writer = try KilledWriter(kind, workshop, run: "\(run)", on: disk)
            for _ in 0..<Self.faults {
                try waitForAcknowledgements(60, of: writer)
                try disk.fail(call)
                try waitForFault(call, of: writer)
                try disk.fail(nil)
            }
            // The last time it is killed in the midst of it.
            try waitForAcknowledgements(60, of: writer)
            try disk.fail(call)
            try waitForFault(call, of: writer)
            // Half as much again as it has when it is folded.
            if call == .fold { #expect(try workshop.logBytes() > 6 << 20) }
            try writer.kill(afterAcknowledgements: 0)
            try disk.fail(nil)
            acknowledged += writer.acknowledged
            try expectWhole(workshop, acknowledged, runs: run)
        }
    }

    private func waitForAcknowledgements(_ count: Int, of writer: KilledWriter) throws {
        let before = writer.acknowledged.count
        try writer.listen { writer.acknowledged.count >= before + count }
    }

    /// Commits go on where the log cannot be folded, which is tried with each of them from some on.
    private func waitForFault(_ call: FailingDisk.Call, of writer: KilledWriter) throws {
        let (acknowledged, refused) = (writer.acknowledged.count, writer.refusals)
        try writer.listen {
            switch call {
            case .write, .sync: writer.refusals >= refused + 20
            case .fold: writer.acknowledged.count >= acknowledged + 250
            }
        }
    }
}
