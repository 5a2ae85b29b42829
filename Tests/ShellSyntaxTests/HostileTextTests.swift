import Testing

@testable import ShellSyntax

/// What makes a parser slow or deep, as long as a command line may be.
@Suite struct `a hostile text` {
    struct Hostile: CustomTestStringConvertible, Sendable {
        let name: String
        let text: String

        var testDescription: String { name }

        init(_ name: String, repeating piece: String, before: String = "", after: String = "") {
            self.name = name
            text = before + String(repeating: piece, count: 65536 / piece.utf8.count) + after
        }
    }

    static let repeated: [Hostile] = [
        Hostile("parentheses", repeating: "("),
        Hostile("substitutions", repeating: "$("),
        Hostile("quoted substitutions", repeating: "\"$("),
        Hostile("process substitutions", repeating: "<("),
        Hostile("braces", repeating: "{"),
        Hostile("groups", repeating: "{ "),
        Hostile("subscripts", repeating: "a["),
        Hostile("parameters", repeating: "${a:-"),
        Hostile("unreadable parameters", repeating: "${a b $( "),
        Hostile("replacements", repeating: "${a/"),
        Hostile("back-quotes", repeating: "`"),
        Hostile("quoted back-quotes", repeating: "\"`"),
        Hostile("arithmetic", repeating: "$(("),
        Hostile("arithmetic that is commands", repeating: "$((a) ", before: ": "),
        Hostile("arithmetic commands that are subshells", repeating: "((a) "),
        Hostile("sums", repeating: "1+", before: ": $((", after: "1))"),
        Hostile("choices", repeating: "1?1:", before: ": $((", after: "1))"),
        Hostile("alternatives", repeating: "{a,", before: ": "),
        Hostile("pairs of braces", repeating: "{a}", before: ": "),
        Hostile("sequences", repeating: "{1..2}", before: ": "),
        Hostile("half sequences", repeating: "{a..", before: ": "),
        Hostile("patterns", repeating: "@(", before: "shopt -s extglob\n: "),
        Hostile(
            "patterns in a parameter",
            repeating: "@(",
            before: "shopt -s extglob\n: ${a#",
            after: "}"
        ),
        Hostile("conditions", repeating: "( ", before: "[[ "),
        Hostile("negated conditions", repeating: "! ", before: "[[ "),
        Hostile("cases", repeating: "case a in a) "),
        Hostile("branches", repeating: "if "),
        Hostile("members", repeating: ":;"),
        Hostile("pipelines", repeating: "a|", after: "a"),
        Hostile("and-or lists", repeating: "a&&", after: "a"),
        Hostile("negations", repeating: "! "),
        Hostile("continued lines", repeating: "\\\n"),
        Hostile("assignments", repeating: "a=b "),
        Hostile("array elements", repeating: "b ", before: "a=(", after: ")"),
        Hostile("dollars", repeating: "$"),
        Hostile("everything", repeating: "$((`\"${a[(<("),
    ]

    static let built: [Hostile] = [
        Hostile(
            "here-documents on a line",
            repeating: "",
            lines: "cat" + (0..<5000).map { " <<a\($0)" }.joined() + "\n"
                + (0..<5000).map { "a\($0)\n" }.joined()
        ),
        Hostile(
            "here-documents in here-documents",
            repeating: "",
            lines: (0..<4000).map { "$(cat <<a\($0)\n" }.joined()
        ),
        Hostile(
            "aliases of aliases",
            repeating: "",
            lines: "shopt -s expand_aliases\n"
                + (0..<40).map { "alias a\($0)='a\($0 + 1) a\($0 + 1) '\n" }.joined() + "a0\n"
        ),
        Hostile(
            "uses of an alias",
            repeating: "",
            lines: "shopt -s expand_aliases\nalias a=b\n" + String(repeating: "a;", count: 30000)
        ),
    ]

    @Test(arguments: repeated + built, Dialect.allCases)
    func `gets an answer without much work`(_ hostile: Hostile, _ dialect: Dialect) {
        let program = Program(hostile.text.utf8, dialect: dialect)

        switch program.status {
        case .accepted: #expect(!program.commands.isEmpty || hostile.name == "continued lines")
        case .rejected: #expect(!program.errors.isEmpty)
        case .incomplete: #expect(program.incomplete != nil)
        }
    }

    @Test func `nests as deep as the limit and no deeper`() {
        let limit = ParserLimits().nesting
        func program(_ depth: Int) -> Program {
            let text =
                String(repeating: "(", count: depth) + " : " + String(repeating: ")", count: depth)
            return Program(text.utf8.map { $0 }.separated, dialect: .posix)
        }

        #expect(program(limit).status == .accepted)
        #expect(
            program(limit + 1).errors.first?.kind == .limit(.nesting, maximum: limit)
        )
    }

    /// The work would double with each level.
    @Test func `is refused where too much of it is to be read again`() {
        let text =
            "echo " + String(repeating: "$((a); t$(( {@$ b) ", count: 40)
            + String(repeating: " )", count: 40)
        let program = Program(text.utf8, dialect: .bash)

        #expect(
            program.errors.first?.kind
                == .limit(
                    .rereadBytes,
                    maximum: ParserLimits().rereadBytes + 4 * text.utf8.count
                )
        )
    }

    @Test func `is refused where it is too long`() {
        var limits = ParserLimits()
        limits.inputBytes = 4

        #expect(Program("echo".utf8, dialect: .bash, limits: limits).status == .accepted)
        #expect(
            Program("echo ".utf8, dialect: .bash, limits: limits).errors.first?.kind
                == .limit(.inputBytes, maximum: 4)
        )
    }

    @Test func `is refused where it has too many nodes`() {
        var limits = ParserLimits()
        limits.nodes = 20
        let few = Program("a b c d".utf8, dialect: .bash, limits: limits)
        let many = Program(
            String(repeating: "a ", count: 20).utf8,
            dialect: .bash,
            limits: limits
        )

        #expect(few.status == .accepted)
        #expect(many.errors.first?.kind == .limit(.nodes, maximum: 20))
    }

    @Test func `has only so many of its errors told`() {
        var limits = ParserLimits()
        limits.errors = 3

        #expect(Program(")\n)\n)\n)\n)\n".utf8, dialect: .bash, limits: limits).errors.count == 3)
    }
}

extension `a hostile text`.Hostile {
    fileprivate init(_ name: String, repeating: String, lines: String) {
        self.name = name
        text = lines
    }
}

extension [UInt8] {
    /// With a blank between two parentheses, so that they open no arithmetic.
    fileprivate var separated: [UInt8] {
        flatMap { $0 == 0x28 || $0 == 0x29 ? [$0, 0x20] : [$0] }
    }
}
