import TestSupport
import Testing

@testable import sallyport_decide

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "DecideProcess.memoryBytes": WrittenLimit.bytes(DecideProcess.memoryBytes),
        "DecideProcess.questionMilliseconds": WrittenLimit.milliseconds(
            DecideProcess.questionMilliseconds
        ),
        "DecideProcess.loadMilliseconds": WrittenLimit.milliseconds(DecideProcess.loadMilliseconds),
        "DecideProcess.descriptors": WrittenLimit.count(DecideProcess.descriptors),
        "SnapshotFile.readBytes": WrittenLimit.bytes(SnapshotFile.readBytes),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## Decider")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "sallyport-decide").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
