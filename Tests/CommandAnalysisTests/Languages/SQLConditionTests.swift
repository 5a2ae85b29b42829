import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `the condition of a delete` {
    @Test(arguments: [
        "1=1", "1", "true", "not false", "'a'='a'", "1 = 1.0", "2 > 1", "1 < 2 and 3 = 3",
        "id = id",
        "id=id", "t.id = id", "(id) = ((id))", "\"id\" = id", "id >= id", "id <= id", "id like id",
        "id in (1, id)", "id between id and id", "id is null or id is not null", "id = 1 or 1 = 1",
        "1 = 1 or id = 1", "id = 1 or true", "id = 1 or not (id = 1)", "id = 1 or id <> 1",
        "id = 1 or id != 1", "a < 5 or a >= 5", "a < 5 or a > 3", "a <= 5 or a >= 5",
        "a <> 1 or a <> 2", "not (id = 1 and id <> 1)", "not (1 = 2)", "not not true",
        "name like '%'",
        "name ilike '%%'", "name ~ '.*'", "name similar to '%'", "id > 0", "id >= 1", "id > -1",
        "0 < id", "id <> 0", "id is not null", "id < 9999999999", "length(name) >= 0", "id * 0 = 0",
        "id - id = 0", "1 in (1, 2)", "exists (select 1)", "exists (select 1 from t)",
        "not exists (select 1 where 1 = 0)", "id in (select id from t)",
        "id = any (select id from t)", "id in (select id from t where true)",
        "current_date > '2000-01-01'",
        "now() > '2000-01-01'", "length('a') = 1", "(id = id) is true", "(id = 1) is not null",
        "id = 1 = 1", "case when 1 = 1 then true end", "null is null", "id is not distinct from id",
        "'a' = 'A'", "(((1)))", "id not in (-1)", "a = 1 or (b = 2 or (1 = 1))", "1 xor 0",
        "id = 1 or 'x' is not null", "(select 1) = 1", "", "id = 1 or (a = 2) or not (a = 2)",
        "exists (select 1 from u where u.a = 1)", "exists (select 1 from u x where x.a = 1)",
        "(select count(*) from u where a = 1) > 5",
        "1 < '1'",
        "a not between 5 and 1", "id = id + 0", "+id = id * 1",
        "not exists (select 1 from t where 1 <> true)", "not (now() > '2000-01-01')",
        "id not in (select 0)", "not (not (1))", "not null",
    ])
    func `that holds for every row is no bound`(_ condition: String) {
        #expect(isBounded(condition, .postgresql) == false)
    }

    @Test(arguments: [
        "id = 1", "id in (1, 2)", "name = 'x'", "id between 1 and 9", "not (a = 1)",
        "id = 1 or id = 2",
        "1 = 0", "false", "'a' = 'b'", "a <> 1", "created_at < now() - interval '30 days'",
        "deleted_at is not null", "a is null or b is not null", "a.id = b.id",
        "email <> lower(email)",
        "name like 'x%'", "name not like '%'", "a > 0", "a < 5 or a > 7", "a < 5 or b > 3",
        "a < 5 or a > 5", "active", "not active", "id in (select id from expired)",
        "id in (select id from t where a = 1)", "id in (select id from t limit 5)",
        "exists (select 1 from u where u.id = t.id)",
        "exists (select 1 from t as x where x.id < t.id)",
        "not exists (select 1 from u where u.id = t.id)", "a not between 1 and 5", "a = b + 0",
        "id = 1 and 1 = 1",
        "id = 7 and (true or a = 1)",
        "(id = 1)", "id = 1 -- or 1 = 1", "id = 1 /* or true */", "name = 'x or 1=1'", "\"or\" = 1",
        "a = b", "case when a = 1 then true else false end", "id = {digits}", "name = '{name}'",
        "a between 1 and 2 and b = 3", "lower(name) = 'x'", "data->>'k' = 'v'",
        "ts < '2020-01-01'::date",
        "(a, b) = (1, 2)", "id <> 1 and a = 2", "a is distinct from 1",
    ])
    func `that may leave out a row is one`(_ condition: String) {
        #expect(isBounded(condition, .postgresql) == true)
    }

    @Test(arguments: [
        ("id = 1 || 1 = 1", false), ("id = 1 && 1 = 1", true), ("id <=> id", false), ("'a'", false),
        ("\"a\" = \"a\"", false), ("id = 1 limit 5", true), ("1 = 1 limit 5", true),
        ("1 = 1 limit 99999999", false), ("name rlike '.*'", false), ("!(a = 1)", true),
        ("!0", false), ("id = 1 or 1", false),
    ])
    func `is read as MySQL reads it`(_ sample: (condition: String, isBounded: Bool)) {
        #expect(isBounded(sample.condition, .mysql) == sample.isBounded)
    }

    @Test func `may stand in parentheses as deep as the limit, and not deeper`() {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "id = 1" + String(repeating: ")", count: depth)
        }
        #expect(isBounded(nested(20), .postgresql) == true)
        #expect(isBounded(nested(500), .postgresql) == false)
    }

    @Test(arguments: [
        ("update t set a = 1", false), ("update t set a = (select b from u where id = 1)", false),
        ("update t set a = 1 where id = 2", true), ("update t set a = 'where id = 1'", false),
        ("delete from t using u where t.id = u.id", true), ("delete from t returning *", false),
        ("delete from t where current of c", true), ("update t set \"where\" = 1", false),
    ])
    func `is looked for where it belongs`(_ sample: (text: String, isBounded: Bool)) {
        #expect(bound(sample.text, .postgresql) == sample.isBounded)
    }

    private func isBounded(_ condition: String, _ engine: SQLEngine) -> Bool? {
        bound("delete from t where " + condition, engine)
    }

    /// Whether all writes of a text are bounded; nil where it has none.
    private func bound(_ text: String, _ engine: SQLEngine) -> Bool? {
        let findings = SQLScript.findings(in: abstract(text), engine: engine)
        let lines = FindingsText.lines(findings).filter { $0.hasPrefix("database.write") }
        return lines.isEmpty ? nil : lines.allSatisfy { $0.hasSuffix(" bounded") }
    }
}
