import CommandAnalysis
import ShellSyntax
import Testing

/// What would take long is refused by the name of a limit, and its everyday neighbour is not.
@Suite struct `a line that takes long` {
    private static let knowledge = KnowledgeBase(
        programs: [:],
        paths: [:],
        variables: [],
        programDirectories: []
    )

    private func failure(of line: String) -> Analysis.Failure? {
        Interpreter.analyze(Array(line.utf8), for: AnalysisRequest(), with: Self.knowledge).failure
    }

    private func expect(_ line: String, exceeds limit: Int) {
        guard case .problem(.limit(_, maximum: limit)) = failure(of: line) else {
            Issue.record("\(line.prefix(80)) is not refused by the limit of \(limit)")
            return
        }
    }

    private func repeating(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    @Test func `is refused where it walks too many commands`() {
        let loops = "for a in 1 2 3 4 5 6 7 8; do "
        let line = repeating(loops, 6) + ":; " + repeating("done; ", 6)
        expect(line, exceeds: AnalysisLimits.steps)
        #expect(failure(of: repeating(loops, 3) + ":; " + repeating("done; ", 3)) == nil)
    }

    @Test func `is refused where it remembers too much in too many branches`() {
        func line(_ count: Int) -> String {
            (0..<count).map { "if [ a ]; then v\($0)=x; fi; : \($0)\n" }.joined()
        }
        expect(line(1000), exceeds: AnalysisLimits.remembered)
        #expect(failure(of: line(100)) == nil)
    }

    @Test func `is refused where its words become too much`() {
        func line(_ count: Int) -> String {
            "x=\(repeating("a", 5000));" + repeating("y=$x;", count)
        }
        expect(line(4000), exceeds: AnalysisLimits.foldedBytes)
        #expect(failure(of: line(100)) == nil)
    }

    @Test(arguments: ["${x//a*b/c}", "${x//ab/c}", "${x/%*b/c}"])
    func `is refused where patterns are held against long values`(_ expansion: String) {
        func line(_ length: Int, _ count: Int) -> String {
            "x=\(repeating("ä", length));" + repeating("y=\(expansion);", count)
        }
        expect(line(4000, 400), exceeds: AnalysisLimits.patternSteps)
        #expect(failure(of: line(50, 20)) == nil)
    }

    @Test func `is refused where a path is longer than any`() {
        expect("ls > /" + repeating("a/", 10_000), exceeds: AnalysisLimits.pathBytes)
        #expect(failure(of: "ls > /" + repeating("a/", 1000)) == nil)
        #expect(failure(of: "echo " + repeating("a/", 10_000)) == nil)
    }

    @Test func `is refused where a command has too many arguments`() {
        expect("ls" + repeating(" a", 5000), exceeds: AnalysisLimits.fields)
        #expect(failure(of: "ls" + repeating(" a", 1000)) == nil)
    }

    @Test func `is refused where aliases bring in too much`() {
        func line(_ count: Int) -> String {
            "shopt -s expand_aliases\n"
                + (0..<count).map { "alias a\($0)='a\($0 + 1) x; a\($0 + 1) '\n" }.joined() + "a0\n"
        }
        guard case .syntax(let error) = failure(of: line(100)) else {
            Issue.record("aliases of aliases are not refused")
            return
        }
        #expect(error.description.contains("\(AnalysisLimits.aliasBytes)"))
        #expect(failure(of: line(5)) == nil)
    }

    @Test func `is refused where it reads too much again`() {
        func line(_ count: Int) -> String {
            repeating("eval ", 20) + repeating("long-name ", count)
        }
        expect(line(2000), exceeds: AnalysisLimits.rereadBytes)
        #expect(failure(of: line(300)) == nil)
    }
}
