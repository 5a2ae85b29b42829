// The words by which statements are told apart. All in small letters.
enum SQLWords {
    static let mainVerbs: Set<String> = [
        "select", "insert", "update", "delete", "merge", "replace", "values", "table",
    ]

    /// Words behind which a name stands, so that a name that is not known is one.
    static let beforeNames: Set<String> = [
        "from", "join", "into", "table", "update", "on", "by", "limit", "offset", "where", "and",
        "or",
        "exists", "database", "schema", "view", "index", "as", "to", "use", "describe", "desc",
        "like", "in", "between", "user", "role", "only", "set", "column", "select", "truncate",
        "keyspace", "extension", "sequence", "function", "procedure", "trigger", "vacuum",
        "analyze",
    ]

    /// Words that are no alias of a table.
    static let afterTable: Set<String> = [
        "where", "join", "inner", "left", "right", "full", "cross", "natural", "on", "using",
        "group",
        "order", "limit", "offset", "union", "except", "intersect", "having", "for", "window",
        "fetch", "lock", "into", "set", "values", "returning", "tablesample", "final", "prewhere",
        "settings", "format", "option", "with", "use", "force", "ignore", "partition", "procedure",
        "outer", "straight_join", "indexed", "not", "sample", "array", "qualify", "limit", "allow",
    ]

    /// Words before `INTO` that say what goes into it.
    static let beforeInto: Set<String> = [
        "insert", "replace", "merge", "ignore", "abort", "fail", "rollback", "delayed",
        "low_priority", "high_priority", "fetch", "upsert", "overwrite", "import",
    ]

    static let insertNoise: Set<String> = [
        "into", "ignore", "low_priority", "high_priority", "delayed", "overwrite", "table", "or",
        "replace", "abort", "fail", "rollback", "only", "function",
    ]

    /// What ends a condition.
    static let afterCondition: Set<String> = [
        "returning", "order", "limit", "group", "option", "settings", "if", "having", "window",
        "union", "on", "where", "set", "allow",
    ]

    static let afterBegin: Set<String> = [
        "transaction", "work", "deferred", "immediate", "exclusive", "isolation", "read", "not",
        "tran", "distributed", "batch", "unlogged", "counter", "concurrent",
    ]

    static let explainOptions: Set<String> = [
        "analyze", "analyse", "verbose", "query", "plan", "extended", "partitions", "format", "for",
        "ast", "syntax", "pipeline", "estimate", "json", "tree",
    ]

    // MARK: Objects

    /// Words between the verb and the kind of an object.
    static let beforeKind: Set<String> = [
        "or", "replace", "temp", "temporary", "unlogged", "global", "local", "unique",
        "concurrently",
        "materialized", "recursive", "external", "foreign", "virtual", "clustered", "nonclustered",
        "fulltext", "spatial", "if", "not", "exists", "constraint", "trusted", "procedural",
        "online", "offline", "ignore", "definer", "sql", "security", "invoker", "algorithm",
        "alter",
        "event", "custom", "aggregate", "live", "primary", "columnstore", "partial",
    ]

    /// Words between the kind and the name.
    static let objectNoise: Set<String> = [
        "if", "exists", "not", "only", "concurrently", "temporary",
    ]

    /// Kinds that belong to the server and not to a database.
    static let administeredKinds: Set<String> = [
        "role", "user", "login", "group", "server", "user mapping", "tablespace", "subscription",
        "publication", "policy", "credential", "endpoint", "resource", "quota", "profile",
        "service", "logfile", "undo", "certificate", "audit", "settings", "row", "masking",
    ]

    private static let kinds: Set<String> = administeredKinds.union([
        "table", "tables", "database", "schema", "keyspace", "view", "index", "sequence",
        "function",
        "procedure", "proc", "trigger", "rule", "type", "domain", "extension", "aggregate",
        "operator", "collation", "conversion", "cast", "language", "statistics", "transform",
        "routine", "event", "package", "synonym", "assembly", "library", "dictionary", "column",
        "constraint", "partition", "access", "text", "default", "master", "symmetric",
        "queue", "contract", "message", "named",
    ])

    /// The kind that one word or two name, and how many they are.
    static func objectKind(_ first: String, _ second: String) -> (name: String, length: Int)? {
        switch (first, second) {
        case ("user", "mapping"): ("user mapping", 2)
        case ("event", "trigger"): ("event trigger", 2)
        case ("data", "wrapper"): ("server", 2)
        case ("keyspace", _): ("database", 1)
        case ("tables", _): ("table", 1)
        case ("proc", _): ("procedure", 1)
        default: kinds.contains(first) ? (first, 1) : nil
        }
    }

    /// What `ALTER TABLE … DROP` takes away without rows.
    static let droppedWithoutData: Set<String> = [
        "constraint", "index", "key", "primary", "foreign", "check", "default", "not", "expression",
        "identity", "trigger", "statistics", "projection", "period", "system",
    ]

    static let schemaVerbs: [String: String] = [
        "rename": "rename", "comment": "comment", "exchange": "alter", "undrop": "create",
        "detach": "alter", "security": "comment", "move": "alter",
    ]

    // MARK: The server

    /// Verbs that are about the server, its accounts or its other sessions.
    static let administering: Set<String> = [
        "grant", "revoke", "deny", "reassign", "kill", "shutdown", "restart", "flush", "purge",
        "change", "start", "stop", "install", "uninstall", "optimize", "repair", "analyze",
        "analyse", "cluster", "reindex", "checkpoint", "lock", "system", "cache", "binlog", "dbcc",
        "reconfigure", "commit", "rollback", "clone", "refresh", "notify", "alter", "revert",
        "enable",
        "disable", "add", "setuser", "recover", "check",
    ]

    /// Second words that are told with the verb.
    static let secondWords: Set<String> = [
        "owned", "slave", "replica", "master", "replication", "plugin", "component", "binary",
        "logs",
        "privileges", "tables", "prepared", "hosts", "status", "query", "mutation", "connection",
        "shutdown", "instance", "materialized", "group_replication", "soft", "reload", "drop",
    ]

    static let resetsServer: Set<String> = [
        "master", "slave", "replica", "binary", "persist", "query",
    ]

    /// What `SET` changes for more than the session, or for whom it acts.
    static let administeringSettings: Set<String> = [
        "global", "persist", "persist_only", "password",
        "role", "default", "resource",
    ]

    static func isGlobal(variable: String) -> Bool {
        ["@@global.", "@@persist.", "@@persist_only."].contains { variable.hasPrefix($0) }
    }

    // The name of a variable without `@@session.`
    static func plainName(variable: String) -> String {
        guard variable.hasPrefix("@@") else { return "" }
        let name = variable.dropFirst(2)
        guard let dot = name.lastIndex(of: ".") else { return String(name) }
        return String(name[name.index(after: dot)...])
    }

    static let secretTables: Set<String> = [
        "pg_shadow", "pg_authid", "pg_catalog.pg_shadow", "pg_catalog.pg_authid", "mysql.user",
        "mysql.global_priv", "pg_user_mapping", "sys.sql_logins", "master.sys.sql_logins",
        "system_auth.roles",
    ]

    /// What the names of these tables begin with.
    static let beginningsOfSecretTables = Set(
        secretTables.map { name in String(name.prefix { $0 != "." }) }
    )

    static let secretColumns: Set<String> = [
        "passwd", "rolpassword", "password", "authentication_string", "password_hash", "umoptions",
        "salted_hash", "priv",
    ]

    // MARK: SQLite

    /// Settings of the connection alone, and questions that have an argument.
    static let readingPragmas: Set<String> = [
        "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo",
        "foreign_key_list", "foreign_key_check", "integrity_check", "quick_check", "foreign_keys",
        "busy_timeout", "cache_size", "temp_store", "case_sensitive_like", "query_only",
        "read_uncommitted", "recursive_triggers", "reverse_unordered_selects", "threads",
        "mmap_size", "defer_foreign_keys", "automatic_index", "synchronous", "key",
    ]

    /// Those that change the file without a value.
    static let workingPragmas: Set<String> = [
        "incremental_vacuum", "optimize", "wal_checkpoint", "shrink_memory",
    ]

    // MARK: SQL Server

    static let readingProcedures: Set<String> = [
        "sp_who", "sp_who2", "sp_help", "sp_helptext", "sp_helpdb", "sp_helpindex", "sp_helpfile",
        "sp_helpuser", "sp_helprole", "sp_helplogins", "sp_columns", "sp_tables", "sp_databases",
        "sp_spaceused", "sp_lock", "sp_depends", "sp_stored_procedures", "sp_pkeys", "sp_fkeys",
        "sp_statistics", "sp_helpconstraint", "sp_helpsrvrolemember", "sp_monitor",
        "sp_server_info", "xp_msver", "xp_fixeddrives", "sp_whoisactive",
    ]

    /// Words that begin a statement wherever they stand.
    static let beginsWithoutSemicolon: Set<String> = [
        "drop", "truncate", "delete", "insert", "update", "create", "alter", "exec", "execute",
        "merge", "grant", "revoke", "deny", "kill", "shutdown", "backup", "restore", "dbcc", "bulk",
        "reconfigure", "waitfor", "print", "declare", "use", "begin", "commit", "rollback", "if",
        "while", "else", "end",
    ]

    /// Words behind which such a word belongs to the statement.
    static let beforeVerbs: Set<String> = [
        "for", "on", "after", "instead", "then", "no", "with", "as", "of", "or", "exists", "table",
        "drop", "alter", "begin", "case", "in",
    ]

    /// Statements in which a `SELECT` without parentheses is none of theirs.
    static let endedBySelect: Set<String> = [
        "delete", "update", "drop", "truncate", "exec", "execute", "kill", "print", "set",
        "declare",
        "if", "while", "use", "begin", "end", "else", "dbcc", "shutdown", "backup", "restore",
    ]

    /// Words behind which `BEGIN` is a name.
    static let beforeOperand: Set<String> = [
        "select", "and", "or", "not", "where", "by", "set", "from", "as", "end", "table", "into",
    ]
}
