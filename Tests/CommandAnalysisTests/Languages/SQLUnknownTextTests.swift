import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `text that is not known in SQL` {
    @Test(arguments: [
        ("select * from t where id = {digits}", ["database.read select t"]),
        ("select * from t where day = '{name}'", ["database.read select t"]),
        ("select * from logs_{digits}", ["database.read select logs_{digits}"]),
        ("select * from logs_{name}", ["database.read select logs_{name}"]),
        ("copy t to '/tmp/t-{name}.csv'", ["database.read copy t", "write /tmp/t-{name}.csv"]),
        ("drop table t_{digits}", ["database.schema drop table t_{digits}"]),
        ("delete from t where id = {digits}", ["database.write delete t bounded"]),
        ("delete from t limit {digits}", ["database.write delete t unbounded"]),
        (
            "delete from t where id = {name}",
            ["database.write delete t bounded ?", "database.write delete t unbounded ?"]
        ),
        (
            "delete from t_{name} where id = 1",
            [
                "database.write delete t_{name} bounded ?",
                "database.write delete t_{name} unbounded ?",
            ]
        ),
    ])
    func `is an operand where it cannot be more`(_ sample: (text: String, lines: [String])) {
        #expect(lines(sample.text) == sample.lines)
    }

    @Test(arguments: [
        ("{text}", ["database.write ?", "open"]),
        (
            "select * from t where name = '{text}'",
            ["database.write ?", "database.read select t ?", "open"]
        ),
        (
            "select * from t where name = '{path}'",
            ["database.write ?", "database.read select t ?", "open"]
        ),
        (
            "select 1; select '{text}'",
            ["database.read select", "database.write ?", "database.read select ?", "open"]
        ),
        ("select 1; select 2 -- {text}", ["database.read select", "database.write ?", "open"]),
        ("select 1 /* {text} */", ["database.read select", "database.write ?", "open"]),
        ("{name} from t", ["database.write ?", "open"]),
        ("select * {name} copy from t", ["database.write ?", "database.read select t", "open"]),
        (
            "{text}; drop table users",
            ["database.write ?", "database.schema drop table users ?", "open"]
        ),
        (
            "'{text}'; drop table users",
            ["database.write ?", "database.schema drop table users ?", "open"]
        ),
    ])
    func `may be any statement where it can`(_ sample: (text: String, lines: [String])) {
        let found = lines(sample.text)
        for line in sample.lines where !line.hasPrefix("database.read") {
            #expect(found.contains(line), "\(found)")
        }
        #expect(found.contains("open"))
    }

    @Test func `leaves what stood before it certain`() {
        let found = lines("drop table a; select '{text}'")
        #expect(found.first == "database.schema drop table a")
    }

    @Test func `takes the places of what stands behind it away`() {
        let text = abstract("drop table a; drop table b_{digits}; drop table c")
        let findings = SQLScript.findings(in: text, engine: .postgresql)
        #expect(findings.effects.map(\.place) == [0..<4, 14..<18, nil])
    }

    private func lines(_ text: String) -> [String] {
        FindingsText.lines(SQLScript.findings(in: abstract(text), engine: .postgresql))
    }
}
