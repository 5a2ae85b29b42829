import CommandAnalysis
import PolicyEngine
import StrictYAML
import Testing

@Suite struct `a book of policies and knowledge` {
    private func file(_ name: String, _ text: String) -> SourceFile {
        SourceFile(name: name, bytes: Array(text.utf8))
    }

    private let policy = "policy: 1\nname: p\nrules:\n  - {id: r, permit: any}\n"
    private let knowledge = "knowledge: 1\nprograms:\n  frob: {does: system.read}\n"

    @Test func `is read from files in any order, told apart by their first key`() throws {
        let files = [file("k.yaml", knowledge), file("p.yaml", policy)]
        for files in [files, files.reversed()] {
            let book = try RuleBook.read(files).value
            #expect(book.policy.rules.map(\.id.text) == ["r (p.yaml:4)"])
            #expect(book.knowledge.programs.count == 1)
        }
    }

    @Test func `shows all that is wrong with all files at once`() throws {
        let files = [
            file("p.yaml", "policy: 1\nname: p\nrules:\n  - {id: r, permit: sleep.well}\n"),
            file("k.yaml", "knowledge: 1\nprogrammes: {}\n"),
            file("x.yaml", "targets: {}\n"),
        ]
        let error = #expect(throws: RefusedFiles.self) { try RuleBook.read(files) }
        let places = try #require(error).findings.map { "\($0.location)" }
        #expect(places == ["x.yaml", "p.yaml:4", "k.yaml:2"])
    }

    @Test func `is refused for a file that is neither`() {
        #expect(throws: RefusedFiles.self) { try RuleBook.read([file("x.yaml", "")]) }
    }

    @Test func `is read however much in it only looks wrong`() throws {
        let names = 0...Findings.maximumCount
        let sets = names.map { "  s\($0): [a]\n" }.joined()
        let text = policy.replacing("rules:", with: "sets:\n\(sets)rules:")
        let book = try RuleBook.read([file("p.yaml", text), file("k.yaml", knowledge)])
        #expect(book.warnings.count == Findings.maximumCount + 1)
        #expect(book.warnings.allSatisfy { $0.severity == .warning })
    }
}
