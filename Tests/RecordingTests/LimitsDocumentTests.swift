import TestSupport
import Testing

@testable import Recording

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "RecordingBudget.maximumExpansion": WrittenLimit.count(RecordingBudget.maximumExpansion),
        "StreamSegment.maximumBytes": WrittenLimit.bytes(StreamSegment.maximumBytes),
        "StreamSegment.validBytesThatEndDamage": WrittenLimit.bytes(
            StreamSegment.validBytesThatEndDamage
        ),
        "Base64Text.stageGroups": WrittenLimit.count(Base64Text.stageGroups),
        "JSONText.stageBytes": WrittenLimit.bytes(JSONText.stageBytes),
        "JSONText.stepBytes": WrittenLimit.bytes(JSONText.stepBytes),
        "EventTime.smallestFraction": WrittenLimit.microseconds(EventTime.smallestFraction),
        "CastLine.maximumMicroseconds": WrittenLimit.microseconds(CastLine.maximumMicroseconds),
        "CastReader.maximumLineBytes": WrittenLimit.bytes(CastReader.maximumLineBytes),
        "JSONParser.maximumDepth": WrittenLimit.count(JSONParser.maximumDepth),
        "JSONParser.maximumValues": WrittenLimit.count(JSONParser.maximumValues),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## Recording")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "Recording").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
