import ShellSyntax

// Services that do something where they are only asked: a GET of these is as a POST of others.

extension HTTPAddress {
    /// Whether a service does something when it is asked for this.
    var acts: Bool {
        if names.count > 1, asksTomcat || asksJolokia { return true }
        return !query.isEmpty && (query.contains(where: \.isOrder) || asksSolr || asksInflux)
            || port == 8983 && asksSolr
    }

    /// `/manager/text/undeploy?path=/app` of Tomcat.
    private var asksTomcat: Bool {
        guard let manager = names.firstIndex(of: "manager"), manager + 1 < names.count else {
            return false
        }
        switch names[manager + 1] {
        case "text", "html":
            let reads: Set = [
                "list", "serverinfo", "sessions", "resources", "threaddump", "vminfo",
            ]
            return names.dropFirst(manager + 2).first.map { !reads.contains($0) } ?? false
        case "jmxproxy": return parameter("set") != nil || parameter("invoke") != nil
        default: return false
        }
    }

    /// `/jolokia/exec/java.lang:type=Memory/gc`: methods of a Java program.
    private var asksJolokia: Bool {
        guard let jolokia = names.firstIndex(of: "jolokia"), jolokia + 1 < names.count else {
            return false
        }
        return ["exec", "write"].contains(names[jolokia + 1])
    }

    /// `/solr/core/update?stream.body=…`, and orders to Solr's cores.
    private var asksSolr: Bool {
        if ["stream.body", "stream.url", "stream.file"].contains(where: { parameter($0) != nil }) {
            return true
        }
        guard names.contains("solr") || port == 8983 else { return false }
        if names.last == "update" || names.last == "replication" { return true }
        let reads: Set = ["", "status", "list", "clusterstatus", "listaliases", "overseerstatus"]
        if let action = parameter("action") { return !reads.contains(action.keyword) }
        return names.last == "dataimport" && parameter("command")?.keyword != "status"
    }

    /// `/query?q=DROP DATABASE x` of InfluxDB.
    private var asksInflux: Bool {
        guard port == 8086, names == ["query"], let query = parameter("q") else { return false }
        let words = query.keyword.split { " +;\t\n".contains($0) }
        let reads: Set<Substring> = ["select", "show", "explain"]
        return !(words.first.map(reads.contains) ?? false) || words.contains("into")
            || query.keyword.contains(";")
    }
}

extension AbstractText {
    /// Whether it says what is to be done: `action=restart`.
    fileprivate var isOrder: Bool {
        guard let literal, let equals = literal.utf8.firstIndex(of: UInt8(ascii: "=")) else {
            return false
        }
        // Hardly any parameter has one of these names.
        guard Self.ordering.contains(ShellText(literal.utf8[..<equals])) else { return false }
        let value = AbstractText(ShellText(literal.utf8[literal.utf8.index(after: equals)...]))
        return Self.orders.contains(value.keyword)
    }

    private static let ordering: NameSet = [
        "action", "cmd", "command", "do", "op", "operation", "task",
    ]

    private static let orders: Set<String> = [
        "add", "clear", "create", "delete", "deploy", "destroy", "disable", "drop", "enable",
        "exec",
        "execute", "flush", "halt", "insert", "install", "kill", "poweroff", "purge", "quit",
        "reboot",
        "reload", "remove", "reset", "restart", "restore", "rm", "run", "set", "shutdown", "start",
        "stop", "truncate", "undeploy", "uninstall", "unload", "update", "upgrade", "upload",
        "write",
    ]
}
