import CommandAnalysis
import ShellSyntax
import Testing

@Suite struct `a command of Redis` {
    @Test(arguments: [
        ("GET user:1", ["database.read get user:1"]),
        ("get user:1", ["database.read get user:1"]),
        ("MGET a b", ["database.read mget a"]),
        ("KEYS *", ["database.read keys"]),
        ("SCAN 0 MATCH x*", ["database.read scan"]),
        ("INFO", ["database.read info"]),
        ("CONFIG GET maxmemory", ["database.read config get"]),
        ("CLIENT LIST", ["database.read client list"]),
        ("SLOWLOG GET 10", ["database.read slowlog get"]),
        ("ACL WHOAMI", ["database.read acl whoami"]),
        ("ACL LOG 10", ["database.read acl log"]),
        ("MEMORY USAGE k", ["database.read memory usage"]),
        ("CLUSTER NODES", ["database.read cluster nodes"]),
        ("OBJECT ENCODING flushall", ["database.read object encoding"]),
        ("GET flushall", ["database.read get flushall"]),
        ("COMMAND", ["database.read command"]),
        ("SORT list", ["database.read sort list"]),
        ("MODULE LIST", ["database.read module list"]),
        ("SCRIPT EXISTS abc", ["database.read script exists"]),
        ("EVAL_RO x 0", ["database.read eval_ro"]),
        ("JSON.GET doc", ["database.read json.get doc"]),
        ("", []),
    ])
    func `reads`(_ sample: (text: String, lines: [String])) {
        #expect(arguments(sample.text) == sample.lines)
        #expect(lines(sample.text) == sample.lines)
    }

    @Test(arguments: [
        ("SET k v", ["database.write set k bounded"]),
        ("SET k flushall", ["database.write set k bounded"]),
        ("DEL a b", ["database.write del a,b bounded"]),
        ("unlink a", ["database.write unlink a bounded"]),
        ("EXPIRE a 10", ["database.write expire a bounded"]),
        ("5 INCR x", ["database.write incr x bounded"]),
        ("FLUSHALL", ["database.write flushall unbounded"]),
        ("fLuShAlL ASYNC", ["database.write flushall unbounded"]),
        ("3 flushdb", ["database.write flushdb unbounded"]),
        ("\"FLUSHALL\"", ["database.write flushall unbounded"]),
        ("\"\\x46LUSHALL\"", ["database.write flushall unbounded"]),
        ("SWAPDB 0 1", ["database.write swapdb unbounded"]),
        ("SORT l STORE d", ["database.read sort l", "database.write sort d bounded"]),
        ("XGROUP DESTROY s g", ["database.write xgroup destroy s bounded"]),
        ("FT.DROPINDEX i DD", ["database.schema ft.dropindex"]),
        ("PUBLISH c m", ["database.write publish c bounded"]),
    ])
    func `writes`(_ sample: (text: String, lines: [String])) {
        #expect(lines(sample.text) == sample.lines)
    }

    @Test(arguments: [
        ("SHUTDOWN NOSAVE", "database.administer shutdown"),
        ("CLIENT KILL ID 3", "database.administer client kill"),
        ("ACL SETUSER x on nopass ~* +@all", "database.administer acl setuser"),
        ("CONFIG SET maxmemory 1gb", "database.administer config set maxmemory"),
        ("CONFIG REWRITE", "database.administer config rewrite"),
        ("CONFIG SET dir /root/.ssh", "guard.escape config set"),
        ("CONFIG SET dir /root/.ssh", "write /root/.ssh/{name} ?"),
        ("CONFIG SET maxmemory 1 dbfilename authorized_keys", "guard.escape config set"),
        ("config set DBFILENAME x", "write x ?"),
        ("CONFIG GET *", "secret.read *"),
        ("CONFIG GET requirepass", "secret.read requirepass"),
        ("SAVE", "database.administer save"),
        ("ACL LOG RESET", "database.administer acl log"),
        ("MONITOR", "database.administer monitor"),
        ("DEBUG SEGFAULT", "database.administer debug"),
        ("SLOWLOG RESET", "database.administer slowlog reset"),
        ("EVAL \"return 1\" 0", "code.run lua eval"),
        ("EVAL \"redis.call('FLUSHALL')\" 0", "database.write flushall unbounded ?"),
        ("EVALSHA abc 0", "open"),
        ("FCALL f 0", "open"),
        ("SCRIPT LOAD x", "code.run lua script load"),
        ("FUNCTION LOAD x", "code.run lua function load"),
        ("SCRIPT FLUSH", "database.administer script flush"),
        ("MODULE LOAD /tmp/x.so", "code.run module load"),
        ("MODULE LOAD /tmp/x.so", "read /tmp/x.so"),
        ("REPLICAOF evil 6379", "database.write replicaof unbounded"),
        ("SLAVEOF evil 6379", "connect evil"),
        ("REPLICAOF NO ONE", "database.administer replicaof"),
        ("MIGRATE h 6379 k 0 10", "connect h"),
        ("MIGRATE h 6379 \"\" 0 10 KEYS a b", "database.write migrate a,b bounded"),
        ("RENAMED_COMMAND", "open"),
        ("CONFIG", "open"),
        ("\"unclosed", "open"),
        ("*1", "open"),
    ])
    func `reaches beyond the keys`(_ sample: (text: String, finds: String)) {
        #expect(lines(sample.text).contains(sample.finds), "\(lines(sample.text))")
    }

    @Test(arguments: [
        ("SET config dir", "guard"), ("CONFIG SET timeout 10", "guard"),
        ("CONFIG GET dir", "secret"),
        ("GET \"EVAL x 0\"", "code"), ("REPLICAOF NO ONE", "connect"), ("MODULE LIST", "code"),
        ("HDEL h f", "database.administer"),
    ])
    func `does not where it only looks so`(_ sample: (text: String, prefix: String)) {
        #expect(!lines(sample.text).contains { $0.hasPrefix(sample.prefix) })
    }

    @Test func `on lines of standard input is each of them`() {
        let found = lines("SET a 1\n\nGET b\r\nFLUSHALL\n")
        #expect(
            found == [
                "database.write set a bounded", "database.read get b",
                "database.write flushall unbounded",
            ]
        )
    }

    @Test(arguments: [
        ("GET {name}", ["database.read get {name}"]),
        ("DEL session:{digits}", ["database.write del session:{digits} bounded"]),
        ("GET {text}", ["database.write ?", "database.read get {text} ?", "open"]),
        ("{name} x", ["database.write ?", "open"]),
    ])
    func `may hold text that is not known`(_ sample: (text: String, lines: [String])) {
        #expect(lines(sample.text) == sample.lines)
    }

    @Test func `as arguments has no more lines, whatever they hold`() {
        let key = Argument.one(AbstractText(UnknownText(.text, from: .input)))
        #expect(found([.one("GET"), key]) == ["database.read get {text}"])
        #expect(found([.one("DEL"), key]) == ["database.write del {text} bounded"])
        let keys = Argument.any(UnknownText(.text, from: .input))
        #expect(found([.one("DEL"), keys]) == ["database.write del {text} unbounded"])
        #expect(found([keys, .one("GET")]) == ["database.write ?", "open"])
    }

    @Test func `that is too long may do anything`() {
        let text = String(repeating: "GET a\n", count: RedisCommands.maximumBytes / 6 + 1)
        #expect(lines(text) == ["database.write ?", "open"])
    }

    private func lines(_ text: String) -> [String] {
        FindingsText.lines(RedisCommands.findings(inLines: abstract(text)))
    }

    private func arguments(_ text: String) -> [String] {
        found(text.split(separator: " ").map { .one(abstract(String($0))) })
    }

    private func found(_ arguments: [Argument]) -> [String] {
        FindingsText.lines(RedisCommands.findings(in: arguments))
    }
}
