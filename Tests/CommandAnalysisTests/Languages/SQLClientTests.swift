import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `a command of a client in SQL` {
    struct Case: CustomStringConvertible {
        let client: SQLClient
        let text: String
        let finds: String
        var description: String { text }

        init(_ client: SQLClient, _ text: String, _ finds: String) {
            self.client = client
            self.text = text
            self.finds = finds
        }
    }

    @Test(arguments: [
        Case(.psql, "\\! rm -r /data", "shell rm -r /data"),
        Case(.psql, "select 1 \\! rm -r /data", "shell rm -r /data"),
        Case(.psql, "select 1; \\!rm -r /data", "shell rm -r /data"),
        Case(.psql, "\\i /tmp/x.sql", "read /tmp/x.sql"),
        Case(.psql, "\\i /tmp/x.sql", "open"),
        Case(.psql, "\\ir x.sql", "read x.sql"),
        Case(.psql, "\\o /tmp/x", "write /tmp/x"),
        Case(.psql, "\\o |sh", "shell sh"),
        Case(.psql, "select 1 \\g /tmp/x", "write /tmp/x"),
        Case(.psql, "select 'id' \\g |sh -s", "shell sh -s"),
        Case(.psql, "select 1 \\g (format=csv) /tmp/x", "write /tmp/x"),
        Case(.psql, "drop table users \\g", "database.schema drop table users"),
        Case(.psql, "select 'drop table users' \\gexec", "database.schema drop table users ?"),
        Case(.psql, "select format('drop table %I', t) from x \\gexec", "open"),
        Case(.psql, "\\copy t from program 'rm -r /data'", "shell rm -r /data"),
        Case(.psql, "\\copy t to '/tmp/x'", "write /tmp/x"),
        Case(
            .psql,
            "\\copy (delete from t returning *) to stdout",
            "database.write delete t unbounded"
        ),
        Case(.psql, "\\echo `rm -r /data`", "shell rm -r /data"),
        Case(.psql, "\\set x `rm -r /data`", "shell rm -r /data"),
        Case(.psql, "\\echo hi \\! rm -r /data", "shell rm -r /data"),
        Case(.psql, "\\echo hi \\\\ drop table users;", "database.schema drop table users"),
        Case(.psql, "select 1\\; drop table users;", "database.schema drop table users"),
        Case(.psql, ":x", "open"),
        Case(.psql, "select 1 where :x", "open"),
        Case(.psql, "\\if true\ndrop table users;\n\\endif", "database.schema drop table users"),
        Case(.psql, "\\w /tmp/x", "write /tmp/x"),
        Case(.psql, "\\lo_export 1 /tmp/x", "write /tmp/x"),
        Case(.psql, "\\setenv PAGER x", "code.run ?"),
        Case(.psql, "\\nonsense", "open"),
        Case(
            .psql,
            "copy t from stdin;\n1\ta\n\\.\ndrop table users;",
            "database.schema drop table users"
        ),
        Case(
            .psql,
            "copy t from stdin;\ndrop table users;\n\\.\n",
            "database.schema drop table users ?"
        ),
        Case(.mysql, "\\! rm -r /data", "shell rm -r /data"),
        Case(.mysql, "system rm -r /data", "shell rm -r /data"),
        Case(.mysql, "SYSTEM rm -r /data;", "shell rm -r /data"),
        Case(.mysql, "select 1; system rm -r /data", "shell rm -r /data"),
        Case(.mysql, "select 1 \\! rm -r /data", "shell rm -r /data"),
        Case(.mysql, "source /tmp/x.sql", "read /tmp/x.sql"),
        Case(.mysql, "\\. /tmp/x.sql", "open"),
        Case(.mysql, "tee /tmp/x", "write /tmp/x"),
        Case(.mysql, "pager cat > /tmp/x", "shell cat > /tmp/x"),
        Case(.mysql, "use app\ndrop table users;", "database.schema drop table users"),
        Case(.mysql, "use app; drop table users;", "database.schema drop table users"),
        Case(.mysql, "select 1\\G drop table users", "database.schema drop table users"),
        Case(.mysql, "delimiter //\ndrop table users//", "database.schema drop table users"),
        Case(
            .mysql,
            "delimiter //\nselect 1; drop table users //",
            "database.schema drop table users"
        ),
        Case(
            .mysql,
            "delimiter //\ncreate procedure p() begin select 1; end; drop table users //",
            "database.schema drop table users"
        ),
        Case(.mysql, "delimiter x\nselect 1", "open"),
        Case(.mysql, "\\d //\nselect 1// drop table users//", "database.schema drop table users"),
        Case(.sqlite3, ".shell rm -r /data", "shell rm -r /data"),
        Case(.sqlite3, ".system rm -r /data", "shell rm -r /data"),
        Case(.sqlite3, ".she rm -r /data", "shell rm -r /data"),
        Case(.sqlite3, ".sy rm -r /data", "shell rm -r /data"),
        Case(.sqlite3, "select 1;\n.shell rm -r /data", "shell rm -r /data"),
        Case(.sqlite3, "-- x\n.shell rm -r /data", "shell rm -r /data"),
        Case(.sqlite3, ".read /tmp/x.sql", "open"),
        Case(.sqlite3, ".read '|rm -r /data'", "shell rm -r /data"),
        Case(.sqlite3, ".output /tmp/x", "write /tmp/x"),
        Case(.sqlite3, ".once '|sh'", "shell sh"),
        Case(.sqlite3, ".import '|rm -r /data' t", "shell rm -r /data"),
        Case(.sqlite3, ".import /tmp/x t", "database.write import bounded"),
        Case(.sqlite3, ".backup main /tmp/x", "write /tmp/x"),
        Case(.sqlite3, ".restore /tmp/x", "database.write restore unbounded"),
        Case(.sqlite3, ".load /tmp/x.so", "code.run"),
        Case(.sqlite3, ".open --new /data/app.db", "write /data/app.db"),
        Case(.sqlite3, ".nonsense", "open"),
        Case(.sqlite3, "delete from t\ngo\nwhere id = 1;", "database.write delete t unbounded"),
        Case(.sqlite3, "delete from t\n/\nwhere id = 1;", "database.write delete t unbounded"),
        Case(.sqlcmd, ":r /tmp/x.sql", "read /tmp/x.sql"),
        Case(.sqlcmd, ":!! rm -r /data", "shell rm -r /data"),
        Case(.sqlcmd, "!! rm -r /data", "shell rm -r /data"),
        Case(.sqlcmd, "select $(x)", "open"),
        Case(.sqlcmd, ":out /tmp/x", "write /tmp/x"),
        Case(.cqlsh, "SOURCE '/tmp/x.cql'", "read /tmp/x.cql"),
        Case(.cqlsh, "CAPTURE '/tmp/x'\nDROP TABLE users;", "database.schema drop table users"),
        Case(.cqlsh, "COPY ks.t TO '/tmp/x'", "write /tmp/x"),
    ])
    func `is found`(_ sample: Case) {
        #expect(lines(sample).contains(sample.finds), "\(lines(sample))")
    }

    @Test(arguments: [
        Case(.psql, "select '\\! rm -r /data'", "shell"),
        Case(.psql, "select 1 -- \\! rm -r /data", "shell"),
        Case(.psql, "select $$\\! rm$$", "shell"),
        Case(.psql, "\\echo '`rm -r /data`'", "shell"),
        Case(.psql, "select a::text, b[1:2] from t", "open"),
        Case(.psql, "copy t from stdin;\n1\tdrop table users\n\\.\n", "database.schema"),
        Case(.mysql, "select 'x\\! rm'", "shell"),
        Case(.mysql, "select system from t", "shell"),
        Case(.mysql, "select 1 /* \\! rm */", "shell"),
        Case(
            .mysql,
            "delimiter //\ncreate procedure p() begin drop table users; end //",
            "database.schema drop"
        ),
        Case(.sqlite3, "select 1,\n.5;", "shell"),
        Case(.sqlite3, "select '\n.shell rm -r /data\n';", "shell"),
        Case(
            .sqlite3,
            "create trigger x after insert on t begin delete from u; end;",
            "database.write"
        ),
        Case(.sqlcmd, "select ':r x'", "read"),
    ])
    func `is not found where there is none`(_ sample: Case) {
        #expect(!lines(sample).contains { $0.hasPrefix(sample.finds) }, "\(lines(sample))")
    }

    @Test func `belongs to the client by its program`() {
        #expect(SQLClient(program: "mariadb") == .mysql)
        #expect(SQLClient(program: "psql")?.engine == .postgresql)
        #expect(SQLClient(program: "pg_dump") == nil)
        #expect(SQLEngine(program: "clickhouse-client") == .clickhouse)
        #expect(SQLEngine(program: "mysql") == .mysql)
        #expect(SQLEngine(program: "sqlplus") == .generic)
    }

    private func lines(_ sample: Case) -> [String] {
        let engine = sample.client.engine
        return FindingsText.lines(
            SQLScript.findings(in: abstract(sample.text), engine: engine, client: sample.client)
        )
    }
}
