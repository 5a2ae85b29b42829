import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `destructive SQL` {
    /// A product, a text, and what must be found in it.
    struct Case: CustomStringConvertible {
        let engine: SQLEngine
        let text: String
        let finds: String
        var description: String { text }

        init(_ engine: SQLEngine, _ text: String, _ finds: String) {
            self.engine = engine
            self.text = text
            self.finds = finds
        }
    }

    static let dropsUsers = "database.schema drop table users"

    @Test(arguments: [
        Case(.postgresql, "drop table users", dropsUsers),
        Case(.postgresql, "DrOp\tTaBlE\n\rusers;", dropsUsers),
        Case(.postgresql, "/* x */DROP/**/TABLE/* y */users", dropsUsers),
        Case(.postgresql, "/* /* nested */ still */ drop table users", dropsUsers),
        Case(.mysql, "/* /* not nested */ drop table users -- */", dropsUsers),
        Case(.postgresql, "-- harmless\ndrop table users", dropsUsers),
        Case(.postgresql, "-- harmless\rdrop table users", dropsUsers),
        Case(.mysql, "# harmless\ndrop table users", dropsUsers),
        Case(.mysql, "select 5--1;drop table users", dropsUsers),
        Case(.mysql, "select 1 --;drop table users", dropsUsers),
        Case(.postgresql, "select 1;;;drop table users", dropsUsers),
        Case(.postgresql, "select ';'; drop table users; select ';'", dropsUsers),
        Case(.postgresql, "select ''''; drop table users", dropsUsers),
        Case(.postgresql, "select '\\'; drop table users; --'", dropsUsers),
        Case(.mysql, "select '\\'', 1; drop table users; -- '", dropsUsers),
        Case(.postgresql, "select E'\\''; drop table users; --'", dropsUsers),
        Case(.postgresql, "select $$'$$; drop table users; --'", dropsUsers),
        Case(.postgresql, "select $a$ $$ $a$; drop table users; -- $$", dropsUsers),
        Case(.postgresql, "select \"'\"; drop table users; --'", dropsUsers),
        Case(.mysql, "select `'`; drop table users; -- '", dropsUsers),
        Case(.sqlite, "select [']; drop table users; --']", dropsUsers),
        Case(.postgresql, "drop table \"users\"", dropsUsers),
        Case(.postgresql, "drop table U&\"\\0075sers\"", dropsUsers),
        Case(.postgresql, "drop table U&\"\\+000075sers\"", dropsUsers),
        Case(.mysql, "drop table `users`", dropsUsers),
        Case(.sqlite, "drop table [users]", dropsUsers),
        Case(.postgresql, "drop table if exists users cascade", dropsUsers + " force"),
        Case(.postgresql, "drop table USERS", dropsUsers),
        Case(.postgresql, "drop table users, roles", "database.schema drop table users,roles"),
        Case(.mysql, "/*! drop table users */", dropsUsers),
        Case(.mysql, "/*!50000 drop table users */", dropsUsers),
        Case(.mysql, "/*!50000drop*/ /*!50000table*/ users", dropsUsers),
        Case(.mysql, "/*M!100100 drop table users */", dropsUsers),
        Case(.mysql, "select 1 /*!; drop table users */", dropsUsers),
        Case(.mysql, "/*!99999 ' */ drop table users; -- ' */", "open"),
        Case(
            .mysql,
            "delete from users /*!99999 where id = 1 */",
            "database.write delete users unbounded"
        ),
        Case(.mysql, "delete from users -- where id = 1", "database.write delete users unbounded"),
        Case(
            .postgresql,
            "delete from users /* where id = 1 */",
            "database.write delete users unbounded"
        ),
        Case(.mssql, "select 1 drop table users", dropsUsers),
        Case(
            .mssql,
            "delete from users select 1 where 1 = 2",
            "database.write delete users unbounded"
        ),
        Case(.mssql, "select 1\nGO\ndrop table users\nGO\n", dropsUsers),
        Case(.generic, "select '\\'; drop table users; --'", dropsUsers + " ?"),
        Case(.generic, "select '\\''; drop table users; -- '", dropsUsers + " ?"),
        Case(
            .postgresql,
            "with d as (delete from users returning *) select * from d",
            "database.write delete users unbounded"
        ),
        Case(
            .postgresql,
            "with d as materialized (update users set a = 1 returning a) table d",
            "database.write update users unbounded"
        ),
        Case(
            .postgresql,
            "with a as (select 1) delete from users",
            "database.write delete users unbounded"
        ),
        Case(
            .postgresql,
            "explain analyze delete from users",
            "database.write delete users unbounded"
        ),
        Case(
            .postgresql,
            "explain (verbose, analyze true) delete from users",
            "database.write delete users unbounded"
        ),
        Case(
            .postgresql,
            "explain (costs off, analyze) truncate users",
            "database.schema truncate table users unbounded"
        ),
        Case(.postgresql, "truncate users", "database.schema truncate table users unbounded"),
        Case(
            .postgresql,
            "TRUNCATE TABLE ONLY users RESTART IDENTITY CASCADE",
            "database.schema truncate table users unbounded force"
        ),
        Case(.postgresql, "drop database app", "database.schema drop database app"),
        Case(.mysql, "drop schema app", "database.schema drop database app"),
        Case(.postgresql, "drop schema app cascade", "database.schema drop schema app force"),
        Case(.postgresql, "drop owned by app", "database.schema drop owned unbounded"),
        Case(
            .postgresql,
            "alter table users drop column email",
            "database.schema drop column email"
        ),
        Case(.postgresql, "alter table users drop email", "database.schema drop column email"),
        Case(.mysql, "alter table users drop partition p0", "database.schema drop partition p0"),
        Case(.mysql, "alter table users engine=blackhole", dropsUsers),
        Case(.postgresql, "do $$ begin drop table users; end $$", dropsUsers),
        Case(
            .postgresql,
            "do language plpgsql $x$ begin if true then drop table users; end if; end $x$",
            dropsUsers
        ),
        Case(.postgresql, "do $$ begin execute 'drop table users'; end $$", dropsUsers),
        Case(.postgresql, "do $$ begin execute 'drop table ' || 'users'; end $$", dropsUsers),
        Case(
            .postgresql,
            "do $$ begin execute format('drop table %I', 'users'); end $$",
            "database.schema drop table {name}"
        ),
        Case(
            .postgresql,
            "do $$ begin for r in select 1 loop execute 'drop table ' || r.t; end loop; end $$",
            "database.schema drop table {text} ?"
        ),
        Case(.postgresql, "prepare p as drop table users; execute p", dropsUsers),
        Case(.mysql, "prepare p from 'drop table users'; execute p", dropsUsers),
        Case(.mysql, "set @s = 'drop table users'; prepare p from @s; execute p", dropsUsers),
        Case(
            .mysql,
            "set @s = concat('drop ', 'table users'); prepare p from @s; execute p",
            dropsUsers
        ),
        Case(.mysql, "analyze delete from users", "database.write delete users unbounded"),
        Case(
            .mysql,
            "analyze format=json delete from users",
            "database.write delete users unbounded"
        ),
        Case(.mysql, "begin not atomic drop table users; end", dropsUsers),
        Case(.mysql, "set @x = (select cleanup())", "database.write call cleanup ?"),
        Case(.postgresql, "select 1 \\! rm -r /data", "open"),
        Case(.mysql, "execute immediate 'drop table users'", dropsUsers),
        Case(.mssql, "exec('drop table users')", dropsUsers),
        Case(.mssql, "exec sp_executesql N'drop table users'", dropsUsers),
        Case(.mssql, "declare @s nvarchar(99) = 'drop table users'; exec(@s)", dropsUsers),
        Case(.mssql, "if exists (select 1 from sys.tables) drop table users", dropsUsers),
        Case(.mssql, "exec xp_cmdshell 'rm -r /data'", "shell rm -r /data"),
        Case(.mssql, "xp_cmdshell 'rm -r /data'", "shell rm -r /data"),
        Case(
            .mysql,
            "delete u from users u join roles r on r.id = u.role",
            "database.write delete users unbounded"
        ),
        Case(
            .mysql,
            "delete low_priority quick from users",
            "database.write delete users unbounded"
        ),
        Case(.sqlite, "update or ignore users set a = 1", "database.write update users unbounded"),
        Case(
            .mysql,
            "replace into users select * from other",
            "database.write replace users unbounded"
        ),
        Case(
            .mssql,
            "merge into users as t using s on 1 = 1 when matched then delete;",
            "database.write merge users unbounded"
        ),
        Case(
            .mssql,
            "merge users t using s on t.id = s.id when not matched by source then delete;",
            "database.write merge users unbounded"
        ),
        Case(.cassandra, "truncate ks.users", "database.schema truncate table ks.users unbounded"),
        Case(.cassandra, "drop keyspace app", "database.schema drop database app"),
        Case(
            .clickhouse,
            "alter table users delete where 1",
            "database.write delete users unbounded"
        ),
        Case(
            .clickhouse,
            "truncate all tables from app",
            "database.schema truncate database app unbounded"
        ),
        Case(.sqlite, "select $a('); drop table users; --')", "open"),
        Case(
            .mysql,
            "set sql_mode = 'NO_BACKSLASH_ESCAPES'; select '\\'; drop table users; -- '",
            "open"
        ),
        Case(
            .postgresql,
            "set standard_conforming_strings = off; select '\\'; drop table users; --'",
            "open"
        ),
        Case(.postgresql, "select query_to_xml('drop table users', true, true, '')", dropsUsers),
        Case(.postgresql, "copy (select 1) to program 'rm -r /data'", "shell rm -r /data"),
        Case(.postgresql, "copy users from program 'curl http://x'", "shell curl http://x"),
        Case(.postgresql, "copy users to '/tmp/x'", "write /tmp/x"),
        Case(.mysql, "select * from users into outfile '/tmp/x'", "write /tmp/x"),
        Case(.mysql, "select 'x' into dumpfile '/usr/lib/x.so'", "write /usr/lib/x.so"),
        Case(.mysql, "select load_file('/etc/passwd')", "read /etc/passwd"),
        Case(.mysql, "load data local infile '/etc/passwd' into table t", "read /etc/passwd"),
        Case(.postgresql, "select pg_read_file('/etc/passwd')", "read /etc/passwd"),
        Case(
            .postgresql,
            "select pg_catalog.pg_terminate_backend(pid) from pg_stat_activity",
            "database.administer pg_terminate_backend"
        ),
        Case(.postgresql, "select \"pg_reload_conf\"()", "database.administer pg_reload_conf"),
        Case(.postgresql, "select lo_export(1, '/tmp/x')", "write /tmp/x"),
        Case(.postgresql, "select * from users for update", "database.administer lock"),
        Case(.postgresql, "select * into backup from users", "database.schema create table backup"),
        Case(.sqlite, "select load_extension('/tmp/x.so')", "code.run"),
        Case(.sqlite, "select writefile('/tmp/x', 'y')", "write /tmp/x"),
        Case(.sqlite, "attach '/etc/cron.d/x' as x", "write /etc/cron.d/x ?"),
        Case(.sqlite, "vacuum into '/tmp/x.db'", "write /tmp/x.db"),
        Case(.postgresql, "select cleanup()", "database.write call cleanup ?"),
        Case(.postgresql, "call cleanup()", "database.write call cleanup ?"),
        Case(.postgresql, "grant all on users to public", "database.administer grant users"),
        Case(.postgresql, "alter system set fsync = off", "database.administer alter system"),
        Case(.mysql, "set global general_log = 0", "database.administer set"),
        Case(.mysql, "set @@global.read_only = 0", "database.administer set"),
        Case(.mysql, "kill 12", "database.administer kill"),
        Case(.mysql, "shutdown", "database.administer shutdown"),
        Case(.mysql, "flush privileges", "database.administer flush privileges"),
        Case(.mysql, "purge binary logs before now()", "database.administer purge binary"),
        Case(.postgresql, "vacuum full users", "database.administer vacuum full"),
        Case(.postgresql, "create role x superuser login", "database.administer create role x"),
        Case(.mysql, "create function sys_exec returns int soname 'x.so'", "code.run"),
        Case(.postgresql, "load '/tmp/x.so'", "code.run"),
        Case(.postgresql, "select * from pg_shadow", "secret.read pg_shadow"),
        Case(.postgresql, "with x as (select * from pg_authid) table x", "secret.read pg_authid"),
        Case(.postgresql, "copy pg_shadow to stdout", "secret.read pg_shadow"),
        Case(.mysql, "select authentication_string from mysql.user", "secret.read mysql.user"),
    ])
    func `is found`(_ sample: Case) {
        let findings = SQLScript.findings(in: abstract(sample.text), engine: sample.engine)
        let lines = FindingsText.lines(findings)
        #expect(lines.contains(sample.finds), "\(lines)")
    }
}
