/// A limit of the settings that refuses or ends something, by the path of its setting.
///
/// By this name messages, the audit trail and metrics speak of it, so it never changes.
enum LimitName: String, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    case loginGrace = "limits.login-grace"
    case signInTries = "limits.sign-in-tries"
    case pendingConnections = "limits.pending-connections"
    case pendingConnectionsPerSource = "limits.pending-connections-per-source"
    case connections = "limits.connections"
    case connectionsPerPrincipal = "limits.connections-per-principal"
    case sessionsPerConnection = "limits.sessions-per-connection"
    case sessionsPerPrincipal = "limits.sessions-per-principal"
    case idleTimeout = "limits.idle-timeout"
    case sessionIdleTimeout = "limits.session-idle-timeout"
    case connectionTimeLimit = "limits.connection-time-limit"
    case sessionTimeLimit = "limits.session-time-limit"
    case recordingBytes = "recording.maximum-bytes"
    case recordingBytesPerPrincipalAndDay = "recording.bytes-per-principal-and-day"
    case diskReserve = "disk-reserve"
    case penalties = "penalties"
    case proxyProtocol = "proxy-protocol"

    var description: String { rawValue }
}

/// How often each limit refused or ended something since the start.
struct LimitCounts: Hashable, Sendable {
    // INVARIANT: at most as many as there are names.
    private var counts: [LimitName: UInt64] = [:]

    subscript(_ name: LimitName) -> UInt64 { counts[name, default: 0] }

    /// All names in their order, those that never counted too.
    var all: [(name: LimitName, count: UInt64)] {
        LimitName.allCases.map { ($0, self[$0]) }
    }

    mutating func count(_ name: LimitName) { counts[name, default: 0] &+= 1 }
}
