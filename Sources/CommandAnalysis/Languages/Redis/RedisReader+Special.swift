import ShellSyntax

// Commands that reach beyond the keys: files, code, other servers.

extension RedisReader {
    typealias Reader = @Sendable (inout RedisReader, String, [Argument], Range<Int>?) -> Void

    static let special: [String: Reader] = [
        "config": { $0.readConfig($2, at: $3) },
        "eval": { $0.readScript($2, at: $3) },
        "evalsha": { $0.addCode($1, at: $3) },
        "fcall": { $0.addCode($1, at: $3) },
        "script": { $0.readScripts($1, $2, at: $3) },
        "function": { $0.readScripts($1, $2, at: $3) },
        "module": { $0.readModule($2, at: $3) },
        "slaveof": { $0.readReplication($1, $2, at: $3) },
        "replicaof": { $0.readReplication($1, $2, at: $3) },
        "migrate": { $0.readMigrate($2, at: $3) },
        "sort": { $0.readStoring($1, $2, at: $3) },
        "georadius": { $0.readStoring($1, $2, at: $3) },
        "georadiusbymember": { $0.readStoring($1, $2, at: $3) },
        "acl": { $0.readAccounts($2, at: $3) },
        "command": { $0.readCommand($2, at: $3) },
        "connect": { $0.add(.connect(host: Self.text($2.first)), at: $3) },
    ]

    /// Settings by which the server writes files of any name, or runs what others wrote.
    private static let pathSettings: Set<String> = [
        "dir", "dbfilename", "appenddirname", "appendfilename", "logfile", "aclfile", "unixsocket",
        "pidfile", "tls-cert-file", "tls-key-file", "cluster-config-file",
    ]

    private mutating func readConfig(_ operands: [Argument], at place: Range<Int>?) {
        switch Self.keyword(operands.first) {
        case "get":
            add(.read, "config get", operands, at: place)
            for operand in operands.dropFirst() {
                if Self.maySaySecret(Self.keyword(operand)) {
                    add(
                        .action(.secretRead, [.init(.name, .texts([Self.text(operand)]))]),
                        at: place
                    )
                }
            }
        case "set": readSettings(operands.dropFirst(), at: place)
        case "help": add(.read, "config help", [], at: place)
        case "": addUnreadable(at: place)
        case let name: add(.administer, "config \(name)", [], at: place)
        }
    }

    /// Whether a secret is among the settings of that name, or of one that the pattern matches.
    private static func maySaySecret(_ name: String) -> Bool {
        if name.isEmpty || name.utf8.contains(where: { "?[\\".utf8.contains($0) }) { return true }
        return ["requirepass", "masterauth", "masteruser", "tls-key-file-pass"].contains {
            ShellText(name).matchesStars($0)
        }
    }

    private mutating func readSettings(_ settings: ArraySlice<Argument>, at place: Range<Int>?) {
        var rest = settings
        while let setting = rest.popFirst() {
            let value = Self.text(rest.popFirst())
            var effect = DatabaseEffect(
                .databaseAdminister,
                engine: RedisCommands.engine,
                "config set"
            )
            effect.object = [Self.text(setting)]
            add(effect.kind, at: place)
            let name = Self.keyword(setting)
            guard name.isEmpty || Self.pathSettings.contains(name) else { continue }
            let certainty: Certainty = name.isEmpty ? .possible : .certain
            add(.action(.guardEscape, [.init(.verb, text: "config set")]), at: place, certainty)
            let isDirectory = name == "dir"
            let file = AbstractText(UnknownText(.name, from: .notComputed))
            add(.writeFile(isDirectory ? value + "/" + file : value), at: place, .possible)
        }
    }

    // MARK: - Code

    private mutating func addCode(_ verb: String, at place: Range<Int>?) {
        let attributes = [
            ForeseenAction.Attribute(.language, text: "lua"),
            ForeseenAction.Attribute(.verb, text: verb),
        ]
        add(.action(.codeRun, attributes), at: place)
        addUnreadable(at: place)
    }

    /// `EVAL script numkeys key…`: the commands that the script names are possible.
    private mutating func readScript(_ operands: [Argument], at place: Range<Int>?) {
        addCode("eval", at: place)
        guard let script = operands.first?.literal else { return }
        var inner = RedisReader()
        for name in RedisScript.commands(in: script) {
            inner.read([.one(AbstractText(ShellText(name)))], at: nil)
        }
        for effect in inner.collector.effects { add(effect.kind, at: place, .possible) }
    }

    private mutating func readScripts(_ name: String, _ operands: [Argument], at place: Range<Int>?)
    {
        let subcommand = Self.keyword(operands.first)
        switch subcommand {
        case "load", "restore": addCode("\(name) \(subcommand)", at: place)
        case "exists", "show", "list", "dump", "stats", "help", "debug":
            add(.read, "\(name) \(subcommand)", [], at: place)
        case "": addUnreadable(at: place)
        default: add(.administer, "\(name) \(subcommand)", [], at: place)
        }
    }

    private mutating func readModule(_ operands: [Argument], at place: Range<Int>?) {
        let subcommand = Self.keyword(operands.first)
        switch subcommand {
        case "list", "help": add(.read, "module \(subcommand)", [], at: place)
        case "load", "loadex":
            add(.readFile(Self.text(operands.dropFirst().first)), at: place)
            add(.action(.codeRun, [.init(.verb, text: "module \(subcommand)")]), at: place)
            add(.administer, "module \(subcommand)", [], at: place)
        case "": addUnreadable(at: place)
        default: add(.administer, "module \(subcommand)", [], at: place)
        }
    }

    // MARK: - Other servers

    /// The server becomes a copy of another one, and all that it holds is gone.
    private mutating func readReplication(
        _ name: String,
        _ operands: [Argument],
        at place: Range<Int>?
    ) {
        add(.administer, name, [], at: place)
        if Self.keyword(operands.first) == "no", Self.keyword(operands.dropFirst().first) == "one" {
            return
        }
        add(.erase, name, [], at: place)
        add(.connect(host: Self.text(operands.first)), at: place)
    }

    // `MIGRATE host port key|"" db timeout [COPY] [REPLACE] [KEYS key…]`
    private mutating func readMigrate(_ operands: [Argument], at place: Range<Int>?) {
        add(.connect(host: Self.text(operands.first)), at: place)
        let keepsKeys = operands.contains { Self.keyword($0) == "copy" }
        let keys = operands.firstIndex { Self.keyword($0) == "keys" }
        let moved =
            keys.map { Array(operands[($0 + 1)...]) } ?? Array(operands.dropFirst(2).prefix(1))
        add(keepsKeys ? .read : .delete, "migrate", moved, at: place)
    }

    // MARK: - Commands that write in one of their forms

    private mutating func readStoring(_ name: String, _ operands: [Argument], at place: Range<Int>?)
    {
        let store = operands.firstIndex { ["store", "storedist"].contains(Self.keyword($0)) }
        let mayStore = operands.dropFirst().contains { if case .any = $0 { true } else { false } }
        add(.read, name, operands, at: place)
        if let store {
            add(.write, name, Array(operands[(store + 1)...]), at: place)
        } else if mayStore {
            addUnreadable(at: place)
        }
    }

    /// `ACL LOG` shows who was refused, `ACL LOG RESET` forgets it.
    private mutating func readAccounts(_ operands: [Argument], at place: Range<Int>?) {
        let subcommand = Self.keyword(operands.first)
        let forgets =
            subcommand == "log" && operands.count > 1
            && Self.keyword(operands[1]).utf8.first?.isQueryDigit != true
        guard let kind = RedisTable.kind("acl", subcommand) else { return addUnreadable(at: place) }
        add(forgets ? .administer : kind, "acl \(subcommand)", [], at: place)
    }

    private mutating func readCommand(_ operands: [Argument], at place: Range<Int>?) {
        let subcommand = Self.keyword(operands.first)
        add(.read, subcommand.isEmpty ? "command" : "command \(subcommand)", [], at: place)
    }
}

/// The commands that a script in Lua names.
enum RedisScript {
    // LIMIT: commands of one script; the script is code that cannot be read all the same.
    static let maximumCommands = 64

    /// The first argument of each `redis.call` and `redis.pcall`, where it is a text.
    static func commands(in script: ShellText) -> [String] {
        let bytes = Array(script.utf8)
        let call = Array("call".utf8)
        var commands: [String] = []
        var index = 0
        while index + call.count < bytes.count, commands.count < Self.maximumCommands {
            guard bytes[index...].starts(with: call) else {
                index += 1
                continue
            }
            index += call.count
            var start = index
            while start < bytes.count, bytes[start].isQueryBlank || bytes[start] == 0x28 {
                start += 1
            }
            guard start < bytes.count, bytes[start] == 0x27 || bytes[start] == 0x22 else {
                continue
            }
            let name = bytes[(start + 1)...].prefix { $0 != bytes[start] }
            commands.append(String(decoding: name, as: UTF8.self))
            index = start + 1 + name.count
        }
        return commands
    }
}
