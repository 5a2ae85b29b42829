import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `classes of paths` {
    /// The table in which the knowledge has them is ordered differently in each process.
    @Test func `are told in their own order where their patterns say as much`() throws {
        let kinds: [PathClass] = [.power, .schedule, .kernel, .device, .audit, .guard]
        var paths: [PathClass: [PathPattern]] = [:]
        for (number, kind) in kinds.enumerated() {
            paths[kind] = [try PathPattern(ShellText("/e/a\(number)"))]
        }
        let analysis = Interpreter.analyze(
            "> /e/??".utf8,
            for: AnalysisRequest(),
            with: KnowledgeBase(programs: [:], paths: paths, variables: [], programDirectories: [])
        )

        #expect(
            analysis.actions.map(\.action) == [
                .fileWrite, .guardEscape, .auditTamper, .deviceWrite, .kernelChange,
                .scheduleChange, .hostPower,
            ]
        )
    }
}
