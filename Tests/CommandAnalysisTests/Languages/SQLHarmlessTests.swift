import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `SQL that frightens and does nothing` {
    @Test(arguments: [
        "select 'drop table users'",
        "SELECT 'DROP TABLE x; DELETE FROM y'",
        "select 'it''s; drop table users'",
        "select \"delete\" from users",
        "select \"drop\", \"truncate\" from \"update\"",
        "select t.delete from audit t",
        "select 1 -- drop table users",
        "select 1 /* drop table users; */",
        "/* delete from users */ select 1",
        "select 1; -- ; drop table users",
        "select $$drop table users;$$",
        "select $x$delete from users; $$ $x$",
        "select E'\\'; drop table users; --'",
        "select count(*) from deleted_users",
        "select count(*) from drops where updated_at > now() - interval '1 day'",
        "select * from users where status = 'truncate'",
        "select * from users where name like '%drop table%'",
        "select deleted, updated from users order by deleted",
        "explain delete from users",
        "explain (costs off) drop_me",
        "explain (analyze false) delete from users",
        "explain verbose update users set a = 1",
        "show search_path",
        "show all",
        "with dropped as (select 1) select * from dropped",
        "with delete_me as (select id from users) select count(*) from delete_me",
        "with recursive t(n) as (values (1) union all select n + 1 from t where n < 9) select sum(n) from t",
        "(select 1) union (select 2)",
        "select * from (select 1) as t(delete)",
        "select coalesce(sum(x), 0), max(y) from t group by z having count(*) > 1",
        "select pg_size_pretty(pg_database_size('app'))",
        "select pid, now() - query_start as age, query from pg_stat_activity where state <> 'idle'",
        "select has_table_privilege('app', 'users', 'delete')",
        "select * from information_schema.table_privileges where privilege_type = 'TRUNCATE'",
        "select count(*) filter (where op = 'delete') over (partition by t) from audit",
        "select case when a then 'drop' else 'keep' end from t",
        "select extract(year from created_at) from users",
        "select a is distinct from b from t",
        "select cast(a as numeric(10, 2)), b::varchar(20) from t",
        "select relname, n_dead_tup from pg_stat_user_tables order by 2 desc limit 10",
        "begin; select 1; commit",
        "begin transaction read only; select 1; rollback",
        "set search_path to app; select 1",
        "set statement_timeout = '5s'; select count(*) from users",
        "set standard_conforming_strings = on; select 1",
        "values (1), (2)",
        "table users",
        "copy (select * from users) to stdout with csv header",
        "prepare p as select 1; execute p; deallocate p",
        "declare c cursor for select 1; fetch all from c; close c",
        "select row_number() over (order by id) from users",
        "select unnest(array['drop', 'delete'])",
        "select jsonb_agg(x) from jsonb_each_text('{\"drop\": 1}') as e(k, x)",
        "select '2024-01-01'::date, current_date",
        "",
        " ; ; -- nothing",
    ])
    func `is read and nothing else to PostgreSQL`(_ text: String) {
        expectReadOnly(text, .postgresql, nil)
    }

    @Test(arguments: [
        "select \"drop table users\"",
        "select 'it\\'s; drop table users'",
        "select `delete` from `drop`",
        "select 1 # drop table users",
        "select /*+ max_execution_time(1000) */ 1",
        "select replace(name, 'a', 'b'), insert('abc', 1, 1, 'x'), truncate(1.5, 1) from t",
        "show tables like 'drop%'",
        "show processlist",
        "show create table users",
        "describe users",
        "desc users",
        "explain format=json delete from users",
        "select @a := 1",
        "set names utf8mb4; select 1",
        "use app; select count(*) from users",
        "select user, host from mysql.user",
        "select group_concat(x separator '; drop') from t",
        "select * from t where d < date_sub(now(), interval 1 day)",
        "select 1\\G",
        "status",
        "/*!40101 SET NAMES utf8 */; select 1",
    ])
    func `is read and nothing else to MySQL`(_ text: String) {
        expectReadOnly(text, .mysql, .mysql)
    }

    @Test(arguments: [
        "select [delete] from [drop]",
        "pragma table_info(users)",
        "pragma integrity_check;",
        "pragma foreign_keys = on; select 1",
        "explain query plan delete from users",
        "select name from sqlite_master where type = 'table'",
        ".tables",
        ".schema users",
        ".mode csv\n.headers on\nselect 1;",
        ".dump",
        "-- drop table users\nselect 1;",
        "# drop table users\nselect 1;",
        "select strftime('%Y', 'now'), typeof(1), julianday('now')",
    ])
    func `is read and nothing else to SQLite`(_ text: String) {
        expectReadOnly(text, .sqlite, .sqlite3)
    }

    @Test(arguments: [
        "\\d users", "\\dt+ *.*", "\\l", "\\timing on", "\\x\nselect 1;", "\\conninfo",
        "\\echo 'drop table users'", "\\pset pager off\nselect 1;", "select 1 \\g", "\\set x 1",
        "select 1 as a \\gset", "\\c app\nselect 1;", "select 1\\;select 2;",
    ])
    func `is read and nothing else to psql`(_ text: String) {
        expectReadOnly(text, .postgresql, .psql)
    }

    @Test(arguments: [
        "select 'drop table users'", "select count(*) from users where id = 7",
        "select 1; select 2",
    ])
    func `is read and nothing else to a product that nobody knows`(_ text: String) {
        expectReadOnly(text, .generic, nil)
    }

    @Test(arguments: [
        (SQLEngine.mssql, "select case when a = 1 then 2 else 3 end from t"),
        (.mssql, "select top (10) [drop] from t where x = 'delete' order by 1"),
        (.mssql, "exec sp_who2"), (.mssql, "select name from sys.databases"),
        (.mssql, "with a as (select 1 as x) select x from a"),
        (.cassandra, "select * from ks.users where id = 1 // drop"),
        (.clickhouse, "show tables"), (.clickhouse, "select count() from system.parts format JSON"),
    ])
    func `is read and nothing else to others`(_ sample: (engine: SQLEngine, text: String)) {
        expectReadOnly(sample.text, sample.engine, nil)
    }

    private func expectReadOnly(_ text: String, _ engine: SQLEngine, _ client: SQLClient?) {
        let findings = SQLScript.findings(in: abstract(text), engine: engine, client: client)
        let others = FindingsText.lines(findings).filter {
            !$0.hasPrefix("database.read") || $0.hasSuffix("?")
        }
        #expect(others.isEmpty, "\(text)")
    }
}
