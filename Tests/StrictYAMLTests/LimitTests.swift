import TestSupport
import Testing

@testable import StrictYAML

@Suite struct `a limit of YAML` {
    private static func lines(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined(separator: "\n")
    }

    @Test func `of a text is kept, and one byte above is refused`() {
        let longest = String(repeating: "x", count: YAMLLimits.textBytes)
        #expect(value(longest) { $0.text() }.value == longest)
        let above = value(longest + "x") { $0.text() }
        #expect(above.value == nil)
        #expect(above.findings == ["f:1: `k`: exceeds the limit of 8192 bytes"])
    }

    @Test(arguments: [("items", "- x"), ("entries", "")])
    func `of a list or mapping is kept, and one more is refused`(_ noun: String, _ item: String) {
        func read(_ count: Int) -> (count: Int?, findings: [String]) {
            let findings = Findings()
            let text = Self.lines(count) { item.isEmpty ? "k\($0): x" : item }
            guard let root = YAMLFile.root(of: Array(text.utf8), file: "f", findings: findings)
            else { return (nil, findings.sorted.map(\.description)) }
            let field = YAMLField(root, name: "it", findings: findings)
            let read = item.isEmpty ? field.entries()?.count : field.items()?.count
            return (read, findings.sorted.map(\.description))
        }
        let full = read(YAMLLimits.entries)
        #expect(full.count == YAMLLimits.entries && full.findings.isEmpty)
        let above = read(YAMLLimits.entries + 1)
        #expect(above.count == nil)
        #expect(above.findings == ["f:1: `it`: exceeds the limit of 100000 \(noun)"])
    }

    @Test func `of repeated keys is how many are named`() {
        func named(_ count: Int) -> [String] {
            read(Self.lines(count) { "k\($0): 1\nk\($0): 2" }).findings
        }
        #expect(named(YAMLLimits.repeatedKeys).count == YAMLLimits.repeatedKeys)
        #expect(named(YAMLLimits.repeatedKeys + 1).count == 1)
    }

    @Test func `of aliases is up to how many their lines are said`() {
        func said(_ count: Int) -> String? {
            read("a: &a x\n" + Self.lines(count) { "k\($0): *a" }).findings.first
        }
        let refusal = "anchors and aliases are not read here, write the value"
        #expect(said(YAMLLimits.aliases) == "f.yaml:1: \(refusal) out")
        #expect(said(YAMLLimits.aliases + 1) == "f.yaml:1: \(refusal)s out")
    }

    @Test func `of what is quoted is how much is shown, and the rest is a mark`() {
        let most = String(repeating: "x", count: String.maximumQuotedCharacters)
        #expect(most.quoted == "`\(most)`")
        #expect((most + "x").quoted == "`\(most.dropLast())…`")
    }

    @Test func `of a word is up to which length another is suggested`() {
        let word = String(repeating: "w", count: Suggestion.maximumLength)
        #expect(Suggestion.closest(to: word, among: [word.dropLast() + "v"]) != nil)
        #expect(Suggestion.closest(to: word + "w", among: [word]) == nil)
        #expect(Suggestion.closest(to: word, among: [word + "w"]) == nil)
    }
}
