import TestSupport
import Testing

@testable import StrictYAML

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "YAMLLimits.fileBytes": WrittenLimit.bytes(YAMLLimits.fileBytes),
        "YAMLLimits.depth": WrittenLimit.count(YAMLLimits.depth),
        "YAMLLimits.textBytes": WrittenLimit.bytes(YAMLLimits.textBytes),
        "YAMLLimits.entries": WrittenLimit.count(YAMLLimits.entries),
        "YAMLLimits.repeatedKeys": WrittenLimit.count(YAMLLimits.repeatedKeys),
        "YAMLLimits.aliases": WrittenLimit.count(YAMLLimits.aliases),
        "Findings.maximumCount": WrittenLimit.count(Findings.maximumCount),
        "Suggestion.maximumLength": WrittenLimit.count(Suggestion.maximumLength),
        "String.maximumQuotedCharacters": WrittenLimit.count(String.maximumQuotedCharacters),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let written = try LimitsDocument().limits(under: "## YAML")
        #expect(written == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "StrictYAML").names
        #expect(declared.subtracting(Self.limits.keys) == [])
    }
}
