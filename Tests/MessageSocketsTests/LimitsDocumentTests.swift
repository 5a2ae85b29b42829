import CSystem
import TestSupport
import Testing

@Suite struct `the document of limits` {
    private static let limits = [
        "SP_MAXIMUM_DESCRIPTORS": WrittenLimit.count(SP_MAXIMUM_DESCRIPTORS)
    ]

    @Test func `says every limit of the control sockets as the code has it`() throws {
        #expect(try LimitsDocument().limits(under: "## Control sockets") == Self.limits)
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let definition = "#define "
        let lines = try RepositoryFile("Sources/CSystem/include/CSystem.h").lines
        let declared = zip(lines, lines.dropFirst()).filter { $0.0.contains("LIMIT:") }
            .map { $0.1.dropFirst(definition.count).prefix { $0 != " " } }
        #expect(declared.map(String.init) == Self.limits.keys.sorted())
        #expect(try DeclaredLimits(in: "MessageSockets").names == [])
    }
}
