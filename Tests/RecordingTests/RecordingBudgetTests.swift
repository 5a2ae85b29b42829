import Testing

@testable import Recording

@Suite struct `a recording budget` {
    @Test func `records everything up to the limit of all streams together`() {
        var budget = RecordingBudget(maximumBytes: 10, then: .end)

        #expect(budget.arrived(byteCount: 4, on: .standardOutput) == .record)
        #expect(budget.arrived(byteCount: 6, on: .standardError) == .record)
        #expect(budget.arrived(byteCount: 0, on: .standardError) == .record)
        #expect(budget.recordedBytes == 10)
    }

    @Test func `ends the session in the middle of the read that goes over the limit`() {
        var budget = RecordingBudget(maximumBytes: 10, then: .end)

        #expect(
            budget.arrived(byteCount: 11, on: .standardOutput) == .recordThenEnd(recordedBytes: 10)
        )
        #expect(budget.arrived(byteCount: 1, on: .standardInput) == .refuse)
    }

    @Test func `counts what comes after the limit, by stream, where a digest is asked for`() {
        var budget = RecordingBudget(maximumBytes: 10, then: .digest)
        _ = budget.arrived(byteCount: 8, on: .standardOutput)

        #expect(
            budget.arrived(byteCount: 5, on: .standardOutput)
                == .recordThenDigest(recordedBytes: 2)
        )
        #expect(budget.arrived(byteCount: 7, on: .standardOutput) == .digest)
        #expect(budget.arrived(byteCount: 9, on: .standardInput) == .digest)
        #expect(budget.unrecordedBytes(of: .standardOutput) == 10)
        #expect(budget.unrecordedBytes(of: .standardInput) == 9)
        #expect(budget.unrecordedBytes(of: .standardError) == 0)
        #expect(budget.limitFact == .limit(maximumBytes: 10, then: .digest))
    }

    @Test func `bounds the file too, whatever single bytes cost`() {
        var budget = RecordingBudget(maximumBytes: 10, then: .digest)
        _ = budget.arrived(byteCount: 1, on: .standardOutput)
        budget.wrote(byteCount: 79)
        #expect(budget.arrived(byteCount: 1, on: .standardOutput) == .record)
        budget.wrote(byteCount: 1)

        #expect(
            budget.arrived(byteCount: 1, on: .standardOutput)
                == .recordThenDigest(recordedBytes: 0)
        )
    }

    @Test(arguments: [RecordingBudget.Overflow.digest, .end])
    func `takes events beside the streams until the file is full`(
        _ overflow: RecordingBudget.Overflow
    ) {
        var budget = RecordingBudget(maximumBytes: 10, then: overflow)
        // The limit of the streams does not count for them.
        _ = budget.arrived(byteCount: 11, on: .standardOutput)
        budget.wrote(byteCount: 79)
        #expect(budget.eventArrived() == .record)
        budget.wrote(byteCount: 1)

        #expect(budget.eventArrived() == (overflow == .end ? .leaveOutThenEnd : .leaveOut))
        #expect(budget.eventsLeftOut == 1)
    }

    @Test func `takes the greatest limit there is`() {
        var budget = RecordingBudget(maximumBytes: .max, then: .end)
        budget.wrote(byteCount: .max)

        #expect(budget.arrived(byteCount: .max, on: .standardOutput) == .record)
        #expect(budget.eventArrived() == .record)
    }
}
