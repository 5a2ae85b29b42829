import StrictYAML
import TestSupport
import Testing

@Suite struct `a YAML file` {
    @Test func `is read with the place of every value`() throws {
        let (root, findings) = read("a: 1\nb:\n  - é: x\n    c: \"y\"\n")
        #expect(findings.isEmpty)
        guard case .mapping(let entries) = try #require(root).content,
            case .sequence(let items) = entries[1].value.content,
            case .mapping(let inner) = items[0].content
        else {
            Issue.record("another shape")
            return
        }
        #expect(entries.map(\.name) == ["a", "b"])
        #expect(inner[0].key.location == SourceLocation(file: "f.yaml", line: 3, column: 5))
        #expect(inner[0].value.location.column == 8)
        #expect(inner[1].value.content == .scalar("y", isPlain: false))
    }

    @Test(arguments: ["", "# nothing\n", "---\n# nothing\n"])
    func `without content is an empty mapping or nothing`(_ text: String) throws {
        let (root, findings) = read(text)
        #expect(findings.isEmpty)
        let content = try #require(root).content
        #expect(content == .mapping([]) || content == .scalar("", isPlain: true))
    }

    @Test(arguments: [
        (
            "a: &x 1\nb: 2\n",
            ["f.yaml:1: anchors and aliases are not read here, write the value out"]
        ),
        (
            "a: &x [1]\nb: *x\nc: &y 2\n",
            [
                "f.yaml:1: anchors and aliases are not read here, write the value out",
                "f.yaml:3: anchors and aliases are not read here, write the value out",
            ]
        ),
        ("a: *x\n", ["f.yaml:1: anchors and aliases are not read here, write the value out"]),
        ("a: !!str 1\n", ["f.yaml:1: tags are not read here, leave it out"]),
        ("a: ! 1\n", ["f.yaml:1: tags are not read here, leave it out"]),
        ("a: !!str \"1\"\n", ["f.yaml:1: tags are not read here, leave it out"]),
        ("a:\n  !!map\n  b: 1\n", ["f.yaml:2: tags are not read here, leave it out"]),
        ("!x\na: 1\n", ["f.yaml:1: tags are not read here, leave it out"]),
        (
            "a:\n  <<: {b: 1}\n",
            ["f.yaml:2: merge keys are not read here, write the values out"]
        ),
        (
            "a: 1\n---\nb: 2\n",
            ["f.yaml:2: a second document begins here, one file holds one document"]
        ),
        ("? [a]\n: 1\n", ["f.yaml:1: a key must be a text, found a list"]),
        (
            "a: [1\n",
            [
                "f.yaml:2: is not YAML: did not find expected ',' or ']' "
                    + "while parsing a flow sequence of line 1"
            ]
        ),
        (
            "a: 1\n\tb: 2\n",
            [
                "f.yaml:2: is not YAML: found a tab character that violates indentation "
                    + "while scanning a plain scalar of line 1"
            ]
        ),
    ])
    func `is refused for what makes it mean something else`(_ text: String, _ expected: [String]) {
        #expect(read(text).findings == expected)
    }

    @Test(arguments: [
        "a: \"&x\"\n", "a: b & c *d\n", "a: \"!x\"\n", "a: x!y\n", "a: \"<<\"\n", "\"<<\": 1\n",
        "a: |\n  &x !y *z\n", "a: 'it''s'\n", "a: [\"*x\"]\r\nb: 1\r\n", "%YAML 1.1\n---\na: 1\n",
    ])
    func `may hold the same characters as text`(_ text: String) {
        #expect(read(text).findings.isEmpty)
    }

    @Test func `names every repeated key and the first place of it`() {
        let text = """
            a: 1
            b:
              c: 1
              "c": 2
            a: 2
            d: {e: 1, e: 2, e: 3}
            é: 1
            é: 2
            """
        #expect(
            read(text).findings == [
                "f.yaml:4: duplicate key `c`, first at line 3",
                "f.yaml:5: duplicate key `a`, first at line 1",
                "f.yaml:6: duplicate key `e`, first at line 6",
                "f.yaml:6: duplicate key `e`, first at line 6",
                "f.yaml:8: duplicate key `é`, first at line 7",
            ]
        )
    }

    @Test func `with more repeated keys than are sought is refused all the same`() {
        let text = (0..<30).map { "k\($0): 1\nk\($0): 2\n" }.joined()
        #expect(read(text).findings.count == 1)
        #expect(read(text).root == nil)
    }

    @Test func `is refused beyond the depth that is read`() {
        let deep = { (depth: Int) in
            "a: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(read(deep(YAMLLimits.depth - 1)).findings.isEmpty)
        #expect(
            read(deep(YAMLLimits.depth)).findings
                == ["f.yaml:1: nesting exceeds the limit of 32 levels"]
        )
        for depth in [900, 5000] {
            for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("[a: ", "]")] {
                let text =
                    String(repeating: open, count: depth) + "1"
                    + String(repeating: close, count: depth)
                #expect(!read(text).findings.isEmpty)
            }
        }
    }

    @Test func `is refused when too large, and not one byte earlier`() {
        let findings = Findings()
        var bytes = [UInt8](repeating: UInt8(ascii: "#"), count: YAMLLimits.fileBytes)
        #expect(YAMLFile.root(of: bytes, file: "f", findings: findings) != nil)
        bytes.append(UInt8(ascii: "#"))
        #expect(YAMLFile.root(of: bytes, file: "f", findings: findings) == nil)
        #expect(findings.sorted.map(\.description) == ["f: exceeds the limit of 16777216 bytes"])
    }

    @Test func `must be UTF-8 without invisible characters`() {
        let findings = Findings()
        let bytes = Array("a: 1\nb: ".utf8) + [0xFF, 0x0A] + Array("c: \u{202E}x\nd: \u{0}\n".utf8)
        #expect(YAMLFile.root(of: bytes, file: "f", findings: findings) == nil)
        let hint = "; write it as an escape in double quotes if it is meant"
        #expect(
            findings.sorted.map(\.description) == [
                "f:2: is not UTF-8",
                "f:3: holds the invisible character U+202E" + hint,
                "f:4: holds the invisible character U+0" + hint,
            ]
        )
        #expect(read("a: \"\\u202E\"\n").findings.isEmpty)
    }

    @Test func `of aliases that multiply is refused before they do`() {
        var text = "a0: &a0 [x, x]\n"
        for level in 1..<40 {
            text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        text += "? *a39\n: 1\n"
        #expect(
            read(text).findings
                == ["f.yaml:1: anchors and aliases are not read here, write the values out"]
        )
    }

    @Test func `never traps a reader, whatever is changed in it`() {
        let seed = """
            # comment
            a: "q\\u0041" # x
            b:
              - {c: 'd', e: [1, 2]}
              - |
                text
              - &x y
              - *x
              - !!str z
            "k": >-
              folded
            ? k2
            : v
            """
        var generator = SeededGenerator(seed: 42)
        let alphabet = Array("abk:&*!|>{}[],?-\"'\\#%@` \n\t\r<~0:\u{0}\u{FF}é".utf8)
        for _ in 0..<3000 {
            var bytes = Array(seed.utf8)
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let at = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[at] = alphabet.randomElement(using: &generator) ?? 0
                case 1: bytes.insert(alphabet.randomElement(using: &generator) ?? 0, at: at)
                case 2: bytes.remove(at: at)
                default:
                    let end = Int.random(in: at..<bytes.count, using: &generator)
                    bytes += bytes[at..<end]
                }
            }
            let findings = Findings()
            let root = YAMLFile.root(of: bytes, file: "f", findings: findings)
            #expect(root != nil || findings.hasErrors)
        }
    }

    /// Each place in a line was counted from its beginning.
    @Test func `finds what is refused in a long line, behind characters of several bytes`() {
        let items = String(repeating: "é, ", count: 60_000)
        let line = "a: [\(items)!t 1, ü, !t 2]"

        #expect(
            read(line).findings == [
                "f.yaml:1: tags are not read here, leave it out",
                "f.yaml:1: tags are not read here, leave it out",
            ]
        )
    }
}
