import ShellSyntax

// `sql` of GNU parallel: the client of the database that a URL names, with statements as its input.

extension Interpreter {
    /// Runs the client; nil where the URL does not tell which one.
    mutating func sql(
        _ arguments: [Argument],
        _ knowledge: ProgramKnowledge,
        _ program: ShellText,
        _ call: Call,
        _ state: inout ShellState,
        _ frame: Frame
    ) throws(AnalysisProblem) -> AbstractText? {
        let parsed = ArgumentReading.read(arguments, knowledge)
        guard !parsed.isUncertain, !parsed.has(.help), !parsed.has(Tag("otherwise")),
            let first = parsed.operands.first?.literal, let url = DatabaseURL(first),
            let texts = Array(parsed.operands.dropFirst()).texts
        else { return nil }
        var inner = try frame.nested().wrapped(by: program)
        inner.origin = .part(call.range)
        var statements: [AbstractText] = url.query.map { [AbstractText($0)] } ?? []
        statements += texts.map { text in
            text.replacing("\\n", with: "\n").replacing("\\x0a", with: "\n")
        }
        if parsed.has(Tag("list")) {
            inner.input = .nothing
            let engine = ForeseenAction.Attribute(.engine, .texts([AbstractText(url.engine)]))
            emit(.databaseRead, frame, program: program, [engine], at: call.range)
            if statements.isEmpty { return AbstractText(UnknownText(.text, from: .output)) }
        }
        if !statements.isEmpty {
            inner.input = .text((statements.joined(by: "\n") + "\n").followed)
        }
        return try runVector(
            url.client.map { .one(AbstractText($0)) },
            &state,
            inner,
            at: call.range
        )
    }
}

/// `VENDOR://USER:PASSWORD@HOST:PORT/DATABASE?STATEMENT`, with `%` before what is special.
private struct DatabaseURL {
    /// The client and its arguments.
    private(set) var client: [ShellText]
    let engine: ShellText
    let query: ShellText?

    /// Nil where it names no database that is known, or more than that.
    init?(_ text: ShellText) {
        var rest = Array(text.utf8)[...]
        if rest.starts(with: "sql:".utf8) { rest = rest.dropFirst(4) }
        let vendor = rest.prefix { $0 != UInt8(ascii: ":") }
        rest = rest.dropFirst(vendor.count)
        guard rest.starts(with: "://".utf8), let program = Self.clients[ShellText(Array(vendor))]
        else {
            return nil
        }
        rest = rest.dropFirst(3)
        let place = rest.prefix { $0 != UInt8(ascii: "?") }
        // A shell reads what is made of it.
        guard place.allSatisfy({ $0.isLetterOrDigit || "-_.:@/~".utf8.contains($0) }) else {
            return nil
        }
        query = rest.count > place.count ? Self.decoded(rest.dropFirst(place.count + 1)) : nil
        if rest.count > place.count, query == nil { return nil }
        client = [program.client]
        engine = program.engine
        let login = place.prefix { $0 != UInt8(ascii: "/") }
        let host = login.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false).last?
            .prefix { $0 != UInt8(ascii: ":") }
        if let host, !host.isEmpty, program.client == "psql" || program.client == "mysql" {
            client += ["-h", ShellText(Array(host))]
        }
        let database = place.dropFirst(login.count + 1)
        if !database.isEmpty, program.client != "sqlplus" {
            client.append(ShellText(Array(database)))
        }
    }

    /// Nil where `%` stands before anything else than two digits.
    private static func decoded(_ text: ArraySlice<UInt8>) -> ShellText? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        return ShellText(bytes)
    }

    private static let clients: [ShellText: (client: ShellText, engine: ShellText)] = {
        var clients: [ShellText: (ShellText, ShellText)] = [:]
        for name in ["mysql", "mysqls", "mysqlssl"] {
            clients[ShellText(name)] = ("mysql", "mysql")
        }
        for name in [
            "postgresql", "pg", "pgsql", "postgres", "postgresqlssl", "pgs", "pgsqlssl",
            "postgresssl",
            "pgssl", "postgresqls", "pgsqls", "postgress",
        ] {
            clients[ShellText(name)] = ("psql", "postgresql")
        }
        for name in ["sqlite", "sqlite2", "sqlite3"] {
            clients[ShellText(name)] = ("sqlite3", "sqlite")
        }
        for name in ["oracle", "ora"] { clients[ShellText(name)] = ("sqlplus", "oracle") }
        return clients
    }()
}
