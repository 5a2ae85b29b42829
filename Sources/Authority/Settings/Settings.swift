package import PolicyEngine
package import SSHWire

/// What `sallyport.yaml` says; `docs/formats/settings.md` is its description for operators.
package struct Settings: Hashable, Sendable {
    package var listen: [NetworkAddress]
    /// Absolute, like every path here.
    package var stateDirectory: String
    package var hostKey: KeySource
    package var certificateAuthority: KeySource
    /// The first 16 bits of every certificate's serial.
    package var authorityID: UInt16
    /// Files, and directories whose `*.yaml` are read.
    package var inventoryPaths: [ConfiguredPath]
    /// Of policies and knowledge: files, and directories whose `*.yaml` and those of their folder
    /// `knowledge` are read.
    package var policyPaths: [ConfiguredPath]
    package var clientEnvironment: EnvironmentAllowList
    package var limits: ConnectionLimits
    package var penalties = PenaltySettings()
    /// Who says by the PROXY protocol whose connections it passes on.
    package var proxies: [AddressRange] = []
    package var recording: RecordingSettings
    package var diskReserve = DiskReserveSettings()
    package var export = ExportSettings()
    package var administrators: [Administrator]
    package var adminSocket: AdminSocketPlace
    /// How many session processes wait for a client.
    package var spares: Int
    /// How many processes decide.
    package var deciders: Int
    /// Whose these processes are where the authority is root.
    package var processAccount: Administrator.Account
    package var logLevel: LogLevel

    /// Whoever comes through a proxy is held to account; the proxy is not.
    var penaltiesInForce: PenaltySettings {
        var penalties = penalties
        penalties.exempt += proxies
        return penalties
    }

    package var auditTrailPath: String { stateDirectory + "/audit.db" }
    package var recordingsDirectory: String { stateDirectory + "/recordings" }
}

/// A file or a directory that is read.
package struct ConfiguredPath: Hashable, Sendable {
    package let path: String
    /// Whether it may be absent: only what stands in no file.
    package let isDefault: Bool
}

/// Where a private key is.
package enum KeySource: Hashable, Sendable {
    /// An OpenSSH private key file, readable for its owner alone.
    case file(path: String)
    /// A key in an ssh-agent, by the SHA-256 of its blob (32 bytes).
    case agent(socketPath: String, sha256: [UInt8])
}

/// What one client may take, and for how long.
package struct ConnectionLimits: Hashable, Sendable {
    package var loginGrace = Duration.seconds(60)
    package var signInTries: UInt32 = 6
    /// Connections that have not signed in yet.
    package var pendingConnections = 128
    /// The same from one IPv4 address, or from one IPv6 network of 64 bits.
    package var pendingConnectionsPerSource = Self.fairShare(of: 128)
    /// All connections together: each is a process.
    package var connections = 4096
    /// Of one principal at once.
    package var connectionsPerPrincipal = Self.fairShare(of: 4096)
    package var sessionsPerConnection: UInt32 = 64
    /// Of one principal at once, in all of its connections.
    package var sessionsPerPrincipal = 1024
    /// Nil where an idle connection may stay.
    package var idleTimeout: Duration? = .seconds(12 * 3600)
    /// The same of one session that runs.
    package var sessionIdleTimeout: Duration? = .seconds(12 * 3600)
    /// From the beginning of a connection to its end; nil where it may last.
    package var connectionTimeLimit: Duration? = .seconds(7 * 86_400)
    /// From the start of a session's program to its end; nil where only rules limit it.
    package var sessionTimeLimit: Duration? = .seconds(7 * 86_400)
    package var keepalive = Duration.seconds(30)
    package var rekeyBytes: UInt64 = 1 << 30
    package var rekeyInterval = Duration.seconds(3600)
    /// How long sessions may go on after SIGTERM.
    package var drainTimeout = Duration.seconds(30)
    /// For connecting, key exchange, authentication and the start of a program together.
    package var setupTimeout = Duration.seconds(20)

    package init() {}

    /// Of so many connections, those of one source or principal: a quarter, so that no host keeps the
    /// others out, not even by an address of either kind.
    static func fairShare(of all: Int) -> Int { max(1, all / 4) }
}

/// How sessions are recorded.
package struct RecordingSettings: Hashable, Sendable {
    package enum Overflow: String, Hashable, Sendable, CaseIterable {
        /// The stream goes on and is recorded as its size and SHA-256.
        case digest
        /// The session ends.
        case end
    }

    /// Whether a session ends that cannot be recorded.
    package var isStrict = true
    /// Whether what the client sends is in the recording.
    package var recordsInput = false
    package var maximumBytes: UInt64 = 64 << 20
    package var overflow = Overflow.digest
    /// Of all sessions that a principal opens on one day of UTC; nil where there is no limit.
    package var bytesPerPrincipalAndDay: UInt64? = 16 << 30

    package init() {}
}

/// Who may use the admin socket as whom.
package struct Administrator: Hashable, Sendable {
    package enum Account: Hashable, Sendable, CustomStringConvertible {
        case uid(UInt32)
        case userName(String)

        package var description: String {
            switch self {
            case .uid(let uid): "uid \(uid)"
            case .userName(let name): name
            }
        }
    }

    /// Each role may do what the ones before it may.
    package enum Role: String, Hashable, Sendable, CaseIterable, Comparable {
        /// Sees and replays sessions of its own principal.
        case viewer
        /// Sees and replays everything.
        case auditor
        /// Ends sessions, locks and unlocks.
        case `operator`
        case administrator

        package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .viewer: 0
            case .auditor: 1
            case .operator: 2
            case .administrator: 3
            }
        }
    }

    package let account: Account
    package let principal: PrincipalName
    package let role: Role
}

/// How much is logged, by the names of swift-log.
package enum LogLevel: String, Hashable, Sendable, CaseIterable {
    case trace
    case debug
    case info
    case notice
    case warning
    case error
    case critical
}
