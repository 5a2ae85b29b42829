import ShellSyntax

// Consul, Vault and etcd.

extension HTTPReader {
    private func effect(
        _ action: Action,
        _ engine: String,
        _ statement: String,
        _ object: [AbstractText] = [],
        bounded: Bool? = nil
    ) -> DatabaseEffect {
        var effect = DatabaseEffect(action, engine: engine, statement)
        effect.object = object.filter { !$0.pieces.isEmpty }
        effect.isBounded = bounded
        return effect
    }

    /// The components from one on, with slashes.
    private func key(from index: Int) -> AbstractText {
        var key = AbstractText.empty
        for component in address.path.dropFirst(index) {
            if !key.pieces.isEmpty { key.append(.text("/")) }
            key.append(component)
        }
        return key
    }

    mutating func readConsul(_ method: String) -> Bool {
        let isPort = address.port == 8500 || address.port == 8501
        guard name(0) == "v1", isPort || name(1) == "kv" && address.port != 8200 else {
            return false
        }
        let isRead = method == "GET" || method == "HEAD"
        let section = name(1)
        switch section {
        case "kv":
            let key = key(from: 2)
            let isTree = address.parameter("recurse") != nil
            if isRead {
                add(effect(.databaseRead, "consul", "get", [key]))
            } else {
                let isEverything = key.pieces.isEmpty && isTree
                let statement = method == "DELETE" ? "delete" : "put"
                add(effect(.databaseWrite, "consul", statement, [key], bounded: !isEverything))
            }
        case "snapshot": add(isRead ? .backupCreate : .backupRestore, [])
        case "acl" where isRead: add(.secretRead, [.init(.name, text: "consul acl")])
        case _ where isRead: add(effect(.databaseRead, "consul", section))
        case "txn":
            add(effect(.databaseWrite, "consul", section))
        default:
            add(effect(.databaseAdminister, "consul", section))
            // A check may be a script that the agent runs.
            if name(2) == "check" || name(2) == "service" { add(.codeRun, [], .possible) }
        }
        return true
    }

    mutating func readVault(_ method: String) -> Bool {
        let isHost = address.host.keyword.hasPrefix("vault")
        guard name(0) == "v1", count > 1, address.port == 8200 || isHost else { return false }
        let path = key(from: 1)
        let isRead = ["GET", "HEAD", "LIST"].contains(method)
        if name(1) == "sys" {
            if isRead {
                add(effect(.databaseRead, "vault", "read", [path]))
            } else if name(2) == "mounts", method == "DELETE" {
                // All secrets below are gone.
                add(effect(.databaseSchema, "vault", "drop", [path]))
            } else {
                add(effect(.databaseAdminister, "vault", "write", [path]))
            }
        } else if isRead {
            add(.secretRead, [.init(.name, .texts([path]))])
        } else if name(1) == "auth" {
            add(effect(.databaseAdminister, "vault", "auth", [path]))
            if name(count - 1) == "login" { add(.secretRead, [.init(.name, .texts([path]))]) }
        } else {
            let statement = method == "DELETE" ? "delete" : "write"
            add(effect(.databaseWrite, "vault", statement, [path], bounded: true))
        }
        return true
    }

    mutating func readEtcd(_ method: String) -> Bool {
        if name(0) == "v2", name(1) == "keys" {
            let key = key(from: 2)
            if method == "GET" || method == "HEAD" {
                add(effect(.databaseRead, "etcd", "get", [key]))
            } else {
                let statement = method == "DELETE" ? "delete" : "put"
                add(effect(.databaseWrite, "etcd", statement, [key], bounded: !key.pieces.isEmpty))
            }
            return true
        }
        guard ["v3", "v3beta", "v3alpha"].contains(name(0)), count > 2 else { return false }
        switch (name(1), name(2)) {
        case ("kv", "range"): add(effect(.databaseRead, "etcd", "range"))
        case ("kv", "put"): add(effect(.databaseWrite, "etcd", "put", bounded: true))
        case ("kv", "deleterange"):
            add(effect(.databaseWrite, "etcd", "delete", bounded: isClosedRange))
        case ("kv", "txn"): add(effect(.databaseWrite, "etcd", "txn"))
        case ("lease", "grant"), ("lease", "keepalive"), ("watch", _):
            add(effect(.databaseRead, "etcd", "\(name(1)) \(name(2))"))
        case ("maintenance", "snapshot"): add(.backupCreate, [])
        case ("maintenance", "status"),
            ("cluster", "member") where name(3) == "list":
            add(effect(.databaseRead, "etcd", "status"))
        case ("auth", "authenticate"): add(.secretRead, [.init(.name, text: "etcd token")])
        case ("lease", _): add(effect(.databaseWrite, "etcd", "lease", bounded: true))
        case ("kv", _), ("cluster", _), ("maintenance", _), ("auth", _):
            add(effect(.databaseAdminister, "etcd", "\(name(1)) \(name(2))"))
        default: return false
        }
        return true
    }

    /// One key, or a range with an end; `AA==` is the end of everything.
    private var isClosedRange: Bool {
        guard let json, case .string(let key) = json["key"], key != "AA==" else { return false }
        switch json["range_end"] {
        case nil: return true
        case .string(let end): return end != "AA=="
        case .object, .array, .regex, .plain, .unknown: return false
        }
    }
}
