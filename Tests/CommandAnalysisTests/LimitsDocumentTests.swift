import TestSupport
import Testing

@testable import CommandAnalysis

@Suite struct `the document of limits` {
    private static let limits: [String: String] = [
        "AnalysisLimits.steps": WrittenLimit.count(AnalysisLimits.steps),
        "AnalysisLimits.remembered": WrittenLimit.count(AnalysisLimits.remembered),
        "AnalysisLimits.foldedBytes": WrittenLimit.bytes(AnalysisLimits.foldedBytes),
        "AnalysisLimits.patternSteps": WrittenLimit.count(AnalysisLimits.patternSteps),
        "AnalysisLimits.pathBytes": WrittenLimit.bytes(AnalysisLimits.pathBytes),
        "AnalysisLimits.aliasBytes": WrittenLimit.bytes(AnalysisLimits.aliasBytes),
        "AnalysisLimits.wordBytes": WrittenLimit.bytes(AnalysisLimits.wordBytes),
        "AnalysisLimits.dotComponents": WrittenLimit.count(AnalysisLimits.dotComponents),
        "AnalysisLimits.lowestSubstitution": WrittenLimit.count(AnalysisLimits.lowestSubstitution),
        "AnalysisLimits.comparedBytes": WrittenLimit.bytes(AnalysisLimits.comparedBytes),
        "AnalysisLimits.nesting": WrittenLimit.count(AnalysisLimits.nesting),
        "AnalysisLimits.textBytes": WrittenLimit.bytes(AnalysisLimits.textBytes),
        "AnalysisLimits.alternatives": WrittenLimit.count(AnalysisLimits.alternatives),
        "AnalysisLimits.fields": WrittenLimit.count(AnalysisLimits.fields),
        "AnalysisLimits.iterations": WrittenLimit.count(AnalysisLimits.iterations),
        "AnalysisLimits.actions": WrittenLimit.count(AnalysisLimits.actions),
        "AnalysisLimits.writtenPaths": WrittenLimit.count(AnalysisLimits.writtenPaths),
        "AnalysisLimits.processNames": WrittenLimit.count(AnalysisLimits.processNames),
        "AnalysisLimits.rereadBytes": WrittenLimit.bytes(AnalysisLimits.rereadBytes),
        "AnalysisLimits.references": WrittenLimit.count(AnalysisLimits.references),
        "Interpreter.widenings": WrittenLimit.count(Interpreter.widenings),
        "Interpreter.maximumForms": WrittenLimit.count(Interpreter.maximumForms),
        "Interpreter.maximumTrees": WrittenLimit.count(Interpreter.maximumTrees),
        "Interpreter.maximumUnknownArguments": WrittenLimit.count(
            Interpreter.maximumUnknownArguments
        ),
        "ConcurrentFiles.maximum": WrittenLimit.count(ConcurrentFiles.maximum),
        "Departures.maximum": WrittenLimit.count(Departures.maximum),
        "ShellState.alternatives": WrittenLimit.count(ShellState.alternatives),
        "ShellState.directoryAlternatives": WrittenLimit.count(ShellState.directoryAlternatives),
        "FileTable.links": WrittenLimit.count(FileTable.links),
        "PathForm.maximumBytes": WrittenLimit.bytes(PathForm.maximumBytes),
        "PathForm.maximumLevelsUp": WrittenLimit.count(PathForm.maximumLevelsUp),
        "GlobMachine.maximumStates": WrittenLimit.count(GlobMachine.maximumStates),
        "GlobMachine.maximumLooks": WrittenLimit.count(GlobMachine.maximumLooks),
    ]

    private static let limitsOfLanguages: [String: String] = [
        "CodeText.maximumLength": WrittenLimit.bytes(CodeText.maximumLength),
        "CodeText.maximumDepth": WrittenLimit.count(CodeText.maximumDepth),
        "FindingsBuilder.maximumEffects": WrittenLimit.count(FindingsBuilder.maximumEffects),
        "TokenList.maximumFold": WrittenLimit.count(TokenList.maximumFold),
        "LispProgram.maximumSteps": WrittenLimit.count(LispProgram.maximumSteps),
        "MakeCommands.maximum": WrittenLimit.count(MakeCommands.maximum),
        "MakeCommands.maximumValues": WrittenLimit.count(MakeCommands.maximumValues),
        "MakeCommands.maximumBytes": WrittenLimit.bytes(MakeCommands.maximumBytes),
        "EditorReader.maximumDepth": WrittenLimit.count(EditorReader.maximumDepth),
        "EffectCollector.maximumEffects": WrittenLimit.count(EffectCollector.maximumEffects),
        "SQLScript.maximumBytes": WrittenLimit.bytes(SQLScript.maximumBytes),
        "SQLWork.maximumStepsPerByte": WrittenLimit.count(SQLWork.maximumStepsPerByte),
        "SQLWork.minimumSteps": WrittenLimit.count(SQLWork.minimumSteps),
        "SQLReader.maximumNesting": WrittenLimit.count(SQLReader.maximumNesting),
        "SQLReader.maximumStatementNesting": WrittenLimit.count(SQLReader.maximumStatementNesting),
        "SQLReader.maximumNames": WrittenLimit.count(SQLReader.maximumNames),
        "SQLReader.maximumToldTables": WrittenLimit.count(SQLReader.maximumToldTables),
        "SQLReader.maximumParts": WrittenLimit.count(SQLReader.maximumParts),
        "SQLReader.maximumBoundedRows": WrittenLimit.count(SQLReader.maximumBoundedRows),
        "SQLReader.maximumCallDistance": WrittenLimit.count(SQLReader.maximumCallDistance),
        "SQLReader.maximumWordsBeforeKind": WrittenLimit.count(SQLReader.maximumWordsBeforeKind),
        "SQLCondition.maximumNesting": WrittenLimit.count(SQLCondition.maximumNesting),
        "SQLCondition.everyRow": WrittenLimit.count(Int(SQLCondition.everyRow)),
        "SQLLexer.maximumKeywordBytes": WrittenLimit.bytes(SQLLexer.maximumKeywordBytes),
        "QueryText.maximumArguments": WrittenLimit.count(QueryText.maximumArguments),
        "QueryText.maximumPieces": WrittenLimit.count(QueryText.maximumPieces),
        "HTTPReader.maximumBodyBytes": WrittenLimit.bytes(HTTPReader.maximumBodyBytes),
        "MongoScript.maximumBytes": WrittenLimit.bytes(MongoScript.maximumBytes),
        "MongoReader.maximumStepsPerToken": WrittenLimit.count(MongoReader.maximumStepsPerToken),
        "MongoReader.minimumSteps": WrittenLimit.count(MongoReader.minimumSteps),
        "MongoValueReader.maximumNesting": WrittenLimit.count(MongoValueReader.maximumNesting),
        "MongoLexer.maximumWordBytes": WrittenLimit.bytes(MongoLexer.maximumWordBytes),
        "RedisCommands.maximumBytes": WrittenLimit.bytes(RedisCommands.maximumBytes),
        "RedisReader.maximumKeys": WrittenLimit.count(RedisReader.maximumKeys),
        "RedisScript.maximumCommands": WrittenLimit.count(RedisScript.maximumCommands),
    ]

    @Test func `says every limit of this target as the code has it, and no other`() throws {
        let document = try LimitsDocument()
        #expect(try document.limits(under: "## Command analysis") == Self.limits)
        #expect(
            try document.limits(under: "## Code and queries in a command line")
                == Self.limitsOfLanguages
        )
    }

    @Test func `is compared with every limit that the source declares`() throws {
        let declared = try DeclaredLimits(in: "CommandAnalysis").names
        let compared = Set(Self.limits.keys).union(Self.limitsOfLanguages.keys)
        #expect(declared.symmetricDifference(compared) == [])
    }
}
