public import ShellSyntax

/// The product that runs statements, as the attribute `engine` names it.
public enum SQLEngine: String, Hashable, Sendable, CaseIterable {
    case postgresql, mysql, sqlite, clickhouse, mssql, cassandra
    /// One that the text does not tell: each statement is read as several products would read it.
    case generic

    /// The product that a program of this base name asks.
    public init(program: ShellText) {
        switch program.description {
        case "pgcli": self = .postgresql
        case "mycli", "mysqlsh": self = .mysql
        case "litecli": self = .sqlite
        case "clickhouse-client", "clickhouse-local", "clickhouse": self = .clickhouse
        default: self = SQLClient(program: program)?.engine ?? .generic
        }
    }

    /// How the products read a text that do not agree with each other.
    var dialects: [SQLDialect] {
        switch self {
        case .postgresql: [.postgresql]
        case .mysql: [.mysql]
        case .sqlite: [.sqlite]
        case .clickhouse: [.clickhouse]
        case .mssql: [.mssql]
        case .cassandra: [.cassandra]
        case .generic: [.postgresql, .mysql, .sqlite, .mssql]
        }
    }
}

/// A program that reads statements and has commands of its own between them.
public enum SQLClient: String, Hashable, Sendable, CaseIterable {
    case psql, mysql, sqlite3, sqlcmd, cqlsh

    /// The client that a program of this base name is.
    public init?(program: ShellText) {
        switch program.description {
        case "psql", "cockroach": self = .psql
        case "mysql", "mariadb": self = .mysql
        case "sqlite3", "sqlite", "sqlcipher": self = .sqlite3
        case "sqlcmd", "osql": self = .sqlcmd
        case "cqlsh": self = .cqlsh
        default: return nil
        }
    }

    public var engine: SQLEngine {
        switch self {
        case .psql: .postgresql
        case .mysql: .mysql
        case .sqlite3: .sqlite
        case .sqlcmd: .mssql
        case .cqlsh: .cassandra
        }
    }
}

/// What products do not agree on when they cut a text into words.
struct SQLDialect: Hashable, Sendable {
    enum Family: Hashable, Sendable {
        case postgresql, mysql, sqlite, clickhouse, mssql, cassandra
    }

    let family: Family

    static let postgresql = SQLDialect(family: .postgresql)
    static let mysql = SQLDialect(family: .mysql)
    static let sqlite = SQLDialect(family: .sqlite)
    static let clickhouse = SQLDialect(family: .clickhouse)
    static let mssql = SQLDialect(family: .mssql)
    static let cassandra = SQLDialect(family: .cassandra)

    // `'it\'s'`
    var backslashEscapes: Bool { family == .mysql || family == .clickhouse }

    /// `/* /* */ */` is one comment.
    var nestsComments: Bool { family == .postgresql || family == .mssql }

    // `# to the end of the line`
    var hasHashComments: Bool { family == .mysql || family == .clickhouse }

    // `// to the end of the line`
    var hasSlashComments: Bool { family == .cassandra }

    /// `--` begins a comment only where a blank follows: `5--1` is six.
    var dashesNeedBlank: Bool { family == .mysql }

    /// `/*! … */` runs.
    var runsComments: Bool { family == .mysql }

    // `$$ … $$` and `$tag$ … $tag$`
    var hasDollarQuotes: Bool {
        family == .postgresql || family == .clickhouse || family == .cassandra
    }

    var hasBackquotedNames: Bool {
        family == .mysql || family == .sqlite || family == .clickhouse
    }

    var hasBracketedNames: Bool { family == .mssql || family == .sqlite }

    /// `"x"` is a text and not a name.
    var hasDoubleQuotedStrings: Bool { family == .mysql }

    /// `DELETE FROM t SELECT 1` is two statements.
    var needsNoSemicolons: Bool { family == .mssql }

    /// Unquoted names mean the same in any case.
    var foldsNames: Bool { family == .postgresql || family == .cassandra }
}
