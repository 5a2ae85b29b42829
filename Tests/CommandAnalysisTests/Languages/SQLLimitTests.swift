import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `a hostile SQL text` {
    /// Texts that make readers slow, of a size that can be chosen.
    static let makers: [@Sendable (Int) -> String] = [
        { repeated("(", $0) },
        { repeated("(delete from t where ", $0) },
        { "delete from t where " + repeated("(a = 1 or ", $0) },
        { "delete from t where " + repeated("not ", $0) + "a = 1" },
        { "delete from t where " + repeated("a in (select b from c where ", $0) },
        { "select " + repeated("f(", $0) },
        { repeated("with a as (", $0) },
        { repeated("explain analyze ", $0) + "delete from t" },
        { repeated("/*", $0) },
        { repeated("/* */", $0) },
        { repeated("/*! ", $0) },
        { repeated("'", $0) },
        { repeated("$a", $0) },
        { "$a$" + repeated("$", $0) },
        { repeated(";", $0) },
        { repeated("a;", $0) },
        { repeated("do $$ ", $0) },
        { repeated("execute '", $0) },
        { "create trigger x begin " + repeated("select 1; ", $0) },
        { "do $$ " + repeated("begin ", $0) + "$$" },
        { "do $$ " + repeated("if a then ", $0) + "$$" },
        { repeated("\\", $0) },
        { repeated("\\gexec 'a b' ", $0) },
        { repeated("\\echo `x` ", $0) },
        { repeated("go\n", $0) },
        { "alter table t " + repeated("drop a, ", $0) },
        { "insert into t values " + repeated("(1, 'a'), ", $0) },
        { "select 1 from " + repeated("a, ", $0) },
        { repeated("drop table a ", $0) },
        { repeated("copy t from stdin;\n1\n", $0) },
    ]

    private static func repeated(_ piece: String, _ bytes: Int) -> String {
        String(repeating: piece, count: bytes / piece.utf8.count)
    }

    @Test(arguments: makers.indices, [SQLEngine.postgresql, .mysql, .sqlite, .mssql])
    func `of twice the size takes about twice the steps`(_ maker: Int, _ engine: SQLEngine) {
        let client = SQLClient.allCases.first { $0.engine == engine }
        func steps(_ bytes: Int) -> Int {
            let text = AbstractText(ShellText(Self.makers[maker](bytes)))
            return SQLScript.reading(of: text, engine: engine, client: client).steps
        }
        let small = steps(1 << 12)
        let large = steps(1 << 13)

        #expect(small <= 30 * (1 << 12))
        #expect(Double(large) <= 2.5 * Double(small) + 4096)
    }

    @Test func `that is too long may do anything`() {
        let text = "select 1;" + String(repeating: " ", count: SQLScript.maximumBytes)
        let findings = SQLScript.findings(in: AbstractText(ShellText(text)), engine: .sqlite)

        #expect(FindingsText.lines(findings) == ["database.write ?", "open"])
    }

    @Test func `with more effects than are told is not complete`() {
        let text = (0..<600).map { "drop table t\($0);" }.joined()
        let findings = SQLScript.findings(in: AbstractText(ShellText(text)), engine: .sqlite)

        #expect(findings.effects.count == 512)
        #expect(!findings.isComplete)
    }

    @Test func `of ten thousand rows says one thing`() {
        let text = String(repeating: "insert into t values (1);\n", count: 10_000)
        let findings = SQLScript.findings(in: AbstractText(ShellText(text)), engine: .postgresql)

        #expect(FindingsText.lines(findings) == ["database.write insert t bounded"])
    }

    @Test func `in a text in a text is read as deep as the limit, and not deeper`() {
        func nested(_ depth: Int) -> CodeFindings {
            var text = "drop table users"
            for _ in 0..<depth {
                text =
                    "do $$ begin execute '" + text.split(separator: "'").joined(separator: "''")
                    + "'; end $$"
                text = text.split(separator: "$$").joined(separator: "$q\(text.utf8.count)$")
            }
            return SQLScript.findings(in: AbstractText(ShellText(text)), engine: .postgresql)
        }
        #expect(FindingsText.lines(nested(1)) == ["database.schema drop table users"])
        #expect(!nested(40).isComplete)
    }
}
