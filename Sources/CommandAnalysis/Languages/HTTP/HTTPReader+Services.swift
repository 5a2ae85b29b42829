import ShellSyntax

// The metadata of clouds, RabbitMQ and Prometheus.

extension HTTPReader {
    /// What a machine may know of itself without a secret.
    private static let plainMetadata: Set<String> = [
        "instance-id", "instance-type", "hostname", "local-hostname", "local-ipv4", "public-ipv4",
        "public-hostname", "ami-id", "mac", "region", "availability-zone", "availability-zone-id",
        "zone",
        "machine-type", "name", "id", "image", "cpu-platform", "instance-life-cycle", "project-id",
        "numeric-project-id", "preempted", "maintenance-event", "reservation-id",
        "termination-time", "placement", "partition", "domain", "services", "network", "interfaces",
        "macs", "vpc-id", "subnet-id", "owner-id", "device-number", "interface-id", "local-ipv4s",
        "public-ipv4s", "security-groups", "security-group-ids", "ami-launch-index", "profile",
        "block-device-mapping", "group-name", "meta-data", "disks", "network-interfaces", "tags",
    ]

    /// Credentials of the machine, unless it is one of the plain facts.
    mutating func readMetadata() -> Bool {
        guard address.isOfMetadata || isPlaceOfMetadata else { return false }
        let isPlain =
            Self.plainMetadata.contains(name(count - 1)) && address.parameter("recursive") == nil
        let isSecret = address.names.contains { name in
            ["identity", "service-accounts", "attributes", "iam"].contains(name)
        }
        if !isPlain || isSecret { add(.secretRead, [.init(.name, .texts([request.url]))]) }
        return true
    }

    /// Whether no other service has such a path, whatever its host is called.
    private var isPlaceOfMetadata: Bool {
        if name(0) == "computeMetadata" || address.names.contains("meta-data") { return true }
        switch name(0) {
        case "latest": return ["user-data", "dynamic", "api"].contains(name(1))
        case "metadata": return ["identity", "instance"].contains(name(1))
        case "opc": return name(1).hasPrefix("v")
        default: return false
        }
    }

    /// All that a Java program has in its memory, passwords as well.
    mutating func readHeap() -> Bool {
        guard name(count - 1) == "heapdump" else { return false }
        add(.secretRead, [.init(.name, .texts([request.url]))])
        return true
    }

    mutating func readRabbit(_ method: String) -> Bool {
        guard address.port == 15672 || address.port == 15671, name(0) == "api" else { return false }
        let kind = name(1)
        let isRead = method == "GET" || method == "HEAD"
        let object = address.path.last ?? .notComputed
        var effect: DatabaseEffect
        switch (method, kind) {
        case _ where isRead: effect = .init(.databaseRead, engine: "rabbitmq", kind)
        case ("DELETE", "queues") where name(count - 1) == "contents":
            effect = .init(.databaseWrite, engine: "rabbitmq", "purge")
            effect.object = [text(count - 2)]
            effect.isBounded = false
            return finish(effect)
        case ("DELETE", "queues"), ("DELETE", "exchanges"), ("DELETE", "bindings"):
            effect = .init(.databaseSchema, engine: "rabbitmq", "drop")
            effect.resource = String(kind.dropLast())
        case ("DELETE", "vhosts"):
            effect = .init(.databaseSchema, engine: "rabbitmq", "drop")
            effect.resource = "database"
        case (_, "queues") where name(count - 1) == "get",
            (_, "exchanges") where name(count - 1) == "publish":
            effect = .init(.databaseWrite, engine: "rabbitmq", name(count - 1))
            effect.object = [text(count - 2)]
            effect.isBounded = true
            return finish(effect)
        case (_, "queues"), (_, "exchanges"), (_, "bindings"), (_, "vhosts"):
            effect = .init(.databaseSchema, engine: "rabbitmq", "create")
            effect.resource = kind == "vhosts" ? "database" : String(kind.dropLast())
        default: effect = .init(.databaseAdminister, engine: "rabbitmq", kind)
        }
        if !isRead { effect.object = [object] }
        return finish(effect)
    }

    private mutating func finish(_ effect: DatabaseEffect) -> Bool {
        add(effect)
        return true
    }

    mutating func readPrometheus(_ method: String) -> Bool {
        let isWrite = method == "POST" || method == "PUT"
        if name(0) == "-", isWrite, ["reload", "quit"].contains(name(1)) {
            return finish(.init(.databaseAdminister, engine: "prometheus", name(1)))
        }
        guard name(0) == "api", name(1) == "v1" else { return false }
        if name(2) == "admin", name(3) == "tsdb" {
            switch name(4) {
            case "delete_series":
                var effect = DatabaseEffect(.databaseWrite, engine: "prometheus", "delete")
                effect.isBounded = seriesAreNamed
                return finish(effect)
            case "snapshot": add(.backupCreate, [])
            default: return finish(.init(.databaseAdminister, engine: "prometheus", name(4)))
            }
            return true
        }
        let reads: Set = [
            "query", "query_range", "query_exemplars", "series", "labels", "label", "targets",
            "rules",
            "alerts", "status", "metadata", "alertmanagers", "format_query", "parse_query",
        ]
        guard reads.contains(name(2)) else { return false }
        return finish(.init(.databaseRead, engine: "prometheus", name(2)))
    }

    /// Whether each `match[]` names series: `{__name__=~".+"}` names all.
    private var seriesAreNamed: Bool {
        let matches = address.query.filter { $0.knownPrefix.utf8.starts(with: "match[]=".utf8) }
        return !matches.isEmpty
            && matches.allSatisfy { match in
                guard let literal = match.literal else { return false }
                let selector = literal.utf8.dropFirst("match[]=".utf8.count)
                let isOpen = [".+", ".*"].contains { selector.containsSequence($0.utf8) }
                return selector.first != 0x7B || !isOpen && selector.contains(0x3D)
            }
    }
}

extension HTTPAddress {
    private static let metadataHosts: Set<String> = [
        "169.254.169.254", "metadata.google.internal", "metadata", "100.100.100.200",
        "169.254.170.2", "169.254.170.23", "instance-data", "instance-data.ec2.internal",
        "[fd00:ec2::254]", "fd00:ec2::254", "169.254.0.23", "metadata.tencentyun.com",
        "192.0.0.192",
    ]

    /// Whether a cloud tells a machine there what it is and may do.
    var isOfMetadata: Bool {
        if host.literal != nil { return Self.metadataHosts.contains(host.keyword) }
        // `169.254.170.2$PATH`
        return Self.metadataHosts.contains(AbstractText(host.knownPrefix).keyword)
    }
}
