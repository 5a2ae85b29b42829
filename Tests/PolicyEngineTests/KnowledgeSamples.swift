import CommandAnalysis
import PolicyEngine
import ShellSyntax
import StrictYAML

/// Knowledge files as tests write them.
enum KnowledgeSamples {
    /// The files are called `a.yaml`, `b.yaml` …, and get the version that each must have.
    static func read(_ texts: String...) throws(RefusedFiles) -> KnowledgeBase {
        try KnowledgeBase.read(files(texts)).value
    }

    static func findings(_ texts: String...) -> [String] {
        do throws(RefusedFiles) {
            return try KnowledgeBase.read(files(texts)).warnings.map(\.description)
        } catch {
            return error.findings.map(\.description)
        }
    }

    /// What is wrong with the definition of one program, whose text begins at line 1.
    static func findings(program text: String) -> [String] {
        findings("programs: {p: {\(text)}}\n").map {
            $0.replacing("a.yaml:1: ", with: "")
        }
    }

    /// The program `p` whose definition is this.
    static func program(_ text: String) throws -> ProgramKnowledge? {
        try read("programs: {p: {\(text)}}\n").programs["p"]
    }

    private static func files(_ texts: [String]) -> [SourceFile] {
        zip("abcdefgh", texts).map { letter, text in
            SourceFile(name: "\(letter).yaml", bytes: Array((text + "\nknowledge: 1\n").utf8))
        }
    }
}
