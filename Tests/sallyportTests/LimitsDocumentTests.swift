import TestSupport
import Testing

@testable import sallyport

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "TargetEnrollCommand.maximumFileBytes": WrittenLimit.bytes(
            TargetEnrollCommand.maximumFileBytes
        ),
        "BatchRequest.maximumLineBytes": WrittenLimit.bytes(
            BatchRequest.maximumLineBytes
        ),
        "BoundedLines.chunkBytes": WrittenLimit.bytes(BoundedLines.chunkBytes),
        "AskedCommandSources.maximumComplaints": WrittenLimit.count(
            AskedCommandSources.maximumComplaints
        ),
        "ShippedPolicies.maximumLevels": WrittenLimit.count(ShippedPolicies.maximumLevels),
        "HealthCommand.pauseSeconds": WrittenLimit.time(.seconds(HealthCommand.pauseSeconds)),
        "TimeSpan.maximumSeconds": WrittenLimit.seconds(TimeSpan.maximumSeconds),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## Command line")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "sallyport").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
