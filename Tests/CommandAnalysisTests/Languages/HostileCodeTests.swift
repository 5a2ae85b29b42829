import CommandAnalysis
import ShellSyntax
import Testing

/// Texts made to be slow to read.
@Suite struct `hostile code` {
    private static let pieces = [
        "(", "[", "{", "\"", "'", "`", "/", "\\", "#", "$x{", "$x[", "${", "#{", "f\"{", "`${",
        "s/x/", "q{",
        "system(", "os.system(", "system \"a\" . ", "import a.", "a.b", "a,", "a=", "<", "<<",
        "? :x ", "%w(",
        "-- [=[", "[[", "[====", "$h{a}", "@{[", "\"$x", "a => ", "\n", ";", "|", "print > ",
        "| getline ",
        "(\"a\" ", "function f(a) ", "sub f ", "g/x/", "s/[/]/x/;", "/[", "a\\\n", "e ", "[[:",
        "//", "/*", "{{",
        "}", ")", "a?.[", "=>", "{a:", "f\"{x:{", "\u{e9}", "1.", "0x", "$#{", "y/a/b/", "->(", "&",
        "&:a",
        "reduce(:+)", "list(map(", "from a import (b,", "x = require('fs').",
        "{a} = require('fs');", "Path('a').",
    ]

    @Test(arguments: CodeLanguage.allCases)
    func `is read in steps that grow like its length`(_ language: CodeLanguage) {
        for piece in Self.pieces {
            let small = steps(piece, 500, language)
            let large = steps(piece, 2_000, language)
            #expect(large <= small * 5 + 2_000, "\(piece): \(small), then \(large)")
            #expect(large <= 2_000 * 60, "\(piece): \(large)")
        }
    }

    private func steps(_ piece: String, _ length: Int, _ language: CodeLanguage) -> Int {
        let text = String(repeating: piece, count: length / piece.utf8.count)
        return CodeReading(AbstractText(ShellText(text)), in: language).steps
    }

    @Test(arguments: CodeLanguage.allCases)
    func `is not read beyond the limit, and then may do anything`(_ language: CodeLanguage) {
        let long = AbstractText(ShellText(String(repeating: " ", count: 1 << 16)))
        #expect(CodeReading(long, in: language).findings.isComplete)
        let reading = CodeReading(long + " ", in: language)
        #expect(reading.findings == .opaque)
        #expect(reading.steps == 0)
    }

    /// Pieces in a row, the same ones each time, with unknown text among them.
    private static let mixtures: [String] = {
        var state: UInt64 = 1
        let all = pieces + ["«name»", "«digits»", "x", " ", "1", "=", "print "]
        return (0..<400).map { _ in
            (0..<10).map { _ -> String in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return all[Int(state >> 33) % all.count]
            }
            .joined()
        }
    }()

    @Test(arguments: CodeLanguage.allCases)
    func `is read whatever it is, and is never complete before text that is not known`(
        _ language: CodeLanguage
    ) {
        for mixture in Self.mixtures {
            let loop = CodeOptions(modules: [], isLoop: true)
            _ = CodeReading(CodeExample.text(mixture), in: language, options: loop)
            let open = CodeReading(CodeExample.text(mixture + "«text»"), in: language).findings
            #expect(open.isComplete == false, "\(mixture)")
            #expect(open.effects.allSatisfy { $0.certainty == .possible }, "\(mixture)")
        }
    }

    @Test func `has only so many effects, and then may do anything`() {
        let few = AbstractText(ShellText(String(repeating: "w a\n", count: 1024)))
        let many = AbstractText(ShellText(String(repeating: "w a\n", count: 1025)))
        let findings = CodeReading(few, in: .sed).findings
        #expect(findings.effects.count == 1024)
        #expect(findings.isComplete)
        #expect(CodeReading(many, in: .sed).findings.effects.count == 1024)
        #expect(CodeReading(many, in: .sed).findings.isComplete == false)
    }

    @Test(arguments: [(22, ""), (30, "?")])
    func `goes down into strings in strings only so deep`(_ count: Int, _ expected: String) {
        let open = String(repeating: "`${", count: count)
        let close = String(repeating: "}`", count: count)
        #expect(CodeExample(.node, open + "1" + close).found == expected)
    }

    @Test func `has arguments that are told apart only up to a number`() {
        func file(_ count: Int) -> String {
            let more = String(repeating: "+a", count: count)
            return CodeExample(.python, "open('/etc/x', 'w', a\(more))").found
        }
        #expect(file(40) == "write(/etc/x)")
        #expect(file(50) == "read(…) ?")
    }

    @Test func `of a megabyte is refused at once`() {
        let text = AbstractText(ShellText(String(repeating: "system(", count: 150_000)))
        #expect(CodeReading(text, in: .perl).findings == .opaque)
    }

    @Test func `has operands that are computed only up to a length`() {
        func shell(_ count: Int) -> String {
            let parts = Array(repeating: "'a'", count: count).joined(separator: "+")
            return CodeExample(.python, "import os; os.system(\(parts))").found
        }
        #expect(shell(50) == "sh(\(String(repeating: "a", count: 50)))")
        #expect(shell(51) == "sh(…) ?")
    }
}
