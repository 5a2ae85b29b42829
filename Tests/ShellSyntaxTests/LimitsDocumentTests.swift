import ShellSyntax
import TestSupport
import Testing

@Suite struct `the document of limits` {
    @Test func `says every limit of the parser as the code has it, and no other`() throws {
        let limits = ParserLimits()
        #expect(
            try LimitsDocument().limits(under: "## Shell parser") == [
                "inputBytes": WrittenLimit.bytes(limits.inputBytes),
                "nesting": WrittenLimit.count(limits.nesting),
                "nodes": WrittenLimit.count(limits.nodes),
                "aliasBytes": WrittenLimit.bytes(limits.aliasBytes),
                "rereadBytes": WrittenLimit.bytes(limits.rereadBytes),
                "hereDocumentNesting": WrittenLimit.count(limits.hereDocumentNesting),
                "errors": WrittenLimit.count(limits.errors),
            ]
        )
    }
}
