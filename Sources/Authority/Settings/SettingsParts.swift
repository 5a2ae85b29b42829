import PolicyEngine
import StrictYAML

/// Reads `limits`.
enum LimitsReader {
    static let keys = [
        "login-grace", "sign-in-tries", "pending-connections", "pending-connections-per-source",
        "connections", "connections-per-principal", "sessions-per-connection",
        "sessions-per-principal", "idle-timeout", "session-idle-timeout", "connection-time-limit",
        "session-time-limit", "keepalive", "rekey-bytes", "rekey-interval", "drain-timeout",
        "setup-timeout",
    ]
    private static let minute: Int64 = 60
    private static let hour: Int64 = 3600
    private static let day: Int64 = 86_400

    static func read(_ field: YAMLField) -> ConnectionLimits? {
        guard let entry = field.mapping(keys) else { return nil }
        var limits = ConnectionLimits()
        func duration(_ key: String, _ range: ClosedRange<Int64>, _ value: inout Duration) {
            let bounds = Duration.seconds(range.lowerBound) ... .seconds(range.upperBound)
            value = entry.optional(key)?.duration(in: bounds) ?? value
        }
        func count<Value: FixedWidthInteger>(
            _ key: String,
            _ range: ClosedRange<Value>,
            _ value: inout Value
        ) {
            value = entry.optional(key)?.integer(in: range) ?? value
        }
        duration("login-grace", 5...10 * minute, &limits.loginGrace)
        count("sign-in-tries", 1...20, &limits.signInTries)
        count("pending-connections", 1...10_000, &limits.pendingConnections)
        limits.pendingConnectionsPerSource = ConnectionLimits.fairShare(
            of: limits.pendingConnections
        )
        count("pending-connections-per-source", 1...10_000, &limits.pendingConnectionsPerSource)
        count("connections", 1...100_000, &limits.connections)
        limits.connectionsPerPrincipal = ConnectionLimits.fairShare(of: limits.connections)
        count("connections-per-principal", 1...100_000, &limits.connectionsPerPrincipal)
        count("sessions-per-principal", 1...100_000, &limits.sessionsPerPrincipal)
        count("sessions-per-connection", 1...1024, &limits.sessionsPerConnection)
        duration("keepalive", 5...hour, &limits.keepalive)
        duration("rekey-interval", minute...day, &limits.rekeyInterval)
        duration("drain-timeout", 0...day, &limits.drainTimeout)
        duration("setup-timeout", 1...5 * minute, &limits.setupTimeout)
        if let bytes = entry.optional("rekey-bytes")?.byteSize(in: 1 << 20...64 << 30) {
            limits.rekeyBytes = bytes
        }
        func optional(_ key: String, _ range: ClosedRange<Int64>, _ value: inout Duration?) {
            guard let field = entry.optional(key) else { return }
            if case .scalar("none", _) = field.node.content {
                value = nil
            } else {
                let bounds = Duration.seconds(range.lowerBound) ... .seconds(range.upperBound)
                value = field.duration(in: bounds)
            }
        }
        optional("idle-timeout", minute...30 * day, &limits.idleTimeout)
        optional("session-idle-timeout", 5...30 * day, &limits.sessionIdleTimeout)
        optional("connection-time-limit", 10...366 * day, &limits.connectionTimeLimit)
        optional("session-time-limit", 10...366 * day, &limits.sessionTimeLimit)
        return limits
    }
}

/// Reads `recording`.
enum RecordingSettingsReader {
    static let keys = [
        "strict", "input", "maximum-bytes", "overflow", "bytes-per-principal-and-day",
    ]

    static func read(_ field: YAMLField) -> RecordingSettings? {
        guard let entry = field.mapping(keys) else { return nil }
        var settings = RecordingSettings()
        settings.isStrict = entry.optional("strict")?.boolean() ?? settings.isStrict
        settings.recordsInput = entry.optional("input")?.boolean() ?? settings.recordsInput
        settings.maximumBytes =
            entry.optional("maximum-bytes")?.byteSize(in: 64 << 10...1 << 40)
            ?? settings.maximumBytes
        settings.overflow = entry.optional("overflow")?.choice() ?? settings.overflow
        if let field = entry.optional("bytes-per-principal-and-day") {
            if case .scalar("none", _) = field.node.content {
                settings.bytesPerPrincipalAndDay = nil
            } else {
                settings.bytesPerPrincipalAndDay = field.byteSize(in: 64 << 10...1 << 50)
            }
        }
        return settings
    }
}

/// Reads one item of `administrators`.
enum AdministratorReader {
    static let keys = accountKeys + ["principal", "role"]
    /// LIMIT: `useradd` allows 32; directories allow longer ones.
    static let maximumUserNameBytes = 64

    static func read(_ item: YAMLField) -> Administrator? {
        guard let entry = item.mapping(keys) else { return nil }
        let account = account(entry)
        let principal = entry.required("principal")?.text(
            "a principal like `human:alice`",
            PrincipalName.init
        )
        let role: Administrator.Role? = entry.required("role")?.choice()
        guard let account, let principal, let role else { return nil }
        return Administrator(account: account, principal: principal, role: role)
    }

    static let accountKeys = ["unix-user", "uid"]

    /// Reads `process-account`.
    static func processAccount(_ field: YAMLField) -> Administrator.Account? {
        guard let entry = field.mapping(accountKeys) else { return nil }
        let account = account(entry)
        if account == .uid(0) { field.refuse("root is what the processes must not be") }
        return account
    }

    private static func account(_ entry: YAMLMapping) -> Administrator.Account? {
        switch (entry.optional("unix-user"), entry.optional("uid")) {
        case (let name?, nil):
            return name.text("the name of a Unix user") { (text: String) -> String? in
                let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && $0 != 0x3A }
                return isPlain && !text.isEmpty && text.utf8.count <= maximumUserNameBytes
                    ? text : nil
            }.map(Administrator.Account.userName)
        case (nil, let uid?):
            // The last one stands for "unchanged" in setuid(2).
            return uid.integer(in: 0...UInt32.max - 1).map(Administrator.Account.uid)
        case (nil, nil), (_?, _?):
            entry.field.refuse("expected either `unix-user` or `uid`")
            return nil
        }
    }
}
