import AuditTrail
import PolicyEngine
import SessionProtocol

/// What the authority leaves to the release that takes its place in the same process: everything that
/// files do not say, of what goes on.
///
/// Instants are nanoseconds of the monotonic clock, which goes on over an `exec`; descriptors are
/// numbers, which are inherited.
struct Handover: Hashable, Sendable, Codable {
    /// The form of all that follows; another release takes over from this one only where it is the same.
    static let format = 2

    var format = Handover.format
    /// What the session processes speak that go on.
    var protocolVersion = ProtocolTable.version
    /// The public half, which the session processes have told their clients.
    let hostKey: RecordedBytes
    let places: HandedPlaces
    var listeners: [HandedListener] = []
    var adminSocket: HandedAdminSocket?
    var connections: [HandedConnection] = []
    var gone: [HandedGone] = []
    /// Sessions that are over, and whose commands may still run on their targets.
    var ends: [HandedEnd] = []
    var penalties: [HandedPenalty] = []
    /// What each principal recorded today, of sessions that are over.
    var recorded: [HandedUse] = []
    /// Children that nobody needs any more; each is to be waited for once.
    var orphans: [Int32] = []

    var sessions: Int { connections.reduce(0) { $0 + $1.sessions.count } }

    /// Every descriptor that goes over.
    var descriptors: [CInt] {
        listeners.map(\.descriptor) + [adminSocket?.descriptor].compactMap { $0 }
            + connections.flatMap { connection in
                [connection.process.control, connection.process.log.descriptor]
                    + connection.sessions.map(\.transport.descriptor)
            }
    }
}

/// Where everything is recorded, which has to stay the same for what goes on.
struct HandedPlaces: Hashable, Sendable, Codable {
    let auditTrail: String
    /// The steps that led to its shape; a release that knows fewer cannot open it.
    let auditTrailSteps: [String]
    let recordings: String

}

extension HandedPlaces {
    init(_ settings: Settings) {
        auditTrail = settings.auditTrailPath
        auditTrailSteps = SQLiteStore.steps
        recordings = settings.recordingsDirectory
    }
}

/// A socket that clients connect to.
struct HandedListener: Hashable, Sendable, Codable {
    let descriptor: CInt
    /// As the settings say it; the kernel chose a port where that is 0.
    let wanted: SocketAddress
}

/// The socket that administrators connect to.
struct HandedAdminSocket: Hashable, Sendable, Codable {
    let descriptor: CInt
    let path: String
}

/// A client that has signed in, and the process that serves it.
struct HandedConnection: Hashable, Sendable, Codable {
    struct Process: Hashable, Sendable, Codable {
        let id: Int32
        let control: CInt
        let log: HandedLog
    }

    /// Who signed in with what, and when; whom that stands for is looked up again.
    struct SignIn: Hashable, Sendable, Codable {
        /// A public key or a certificate.
        let credential: RecordedBytes
        let userName: RecordedBytes
        let moment: Timestamp
        let principal: String
        let onBehalfOf: String?
    }

    /// When it must end.
    struct TimeLimit: Hashable, Sendable, Codable {
        let endsAt: UInt64
        let seconds: Int64
    }

    let id: String
    let peer: SocketAddress
    let process: Process
    let signIn: SignIn
    let timeLimit: TimeLimit?
    /// What its process said so far.
    let counts: MessageCounts
    /// Session numbers that were used, as ranges `[first, one after the last]`.
    let usedNumbers: [[UInt64]]
    /// What its process said and nobody has acted on.
    let held: [RecordedBytes]
    let sessions: [HandedSession]
    /// Recordings of sessions that are over, and which its process may still have.
    var left: [HandedRecording] = []
}

/// What a process writes to its standard error, and what is logged of it so far.
struct HandedLog: Hashable, Sendable, Codable {
    let descriptor: CInt
    let lines: Int
    /// The beginning of the line that goes on.
    let line: RecordedBytes
}

/// A recording to which nobody may write any more, and somebody could.
struct HandedRecording: Hashable, Sendable, Codable {
    let session: String
    /// Relative to the folder of recordings.
    let path: String
    /// What it had when it was seen last; nil where it is not closed yet, or nobody could measure it.
    let bytes: UInt64?
    /// How much of it counts for its principal already.
    let countedBytes: UInt64?
}

/// A session whose program runs.
struct HandedSession: Hashable, Sendable, Codable {
    struct Transport: Hashable, Sendable, Codable {
        let descriptor: CInt
        let local: SocketAddress
        let peer: SocketAddress
        /// When the attempt to connect began, by both clocks.
        let begunAt: TransportAge
    }

    /// When it must end.
    struct TimeLimit: Hashable, Sendable, Codable {
        let endsAt: UInt64
        let seconds: Int64
        /// Whether rules say so, and not the settings.
        let isByRules: Bool
    }

    let id: String
    /// The message by which its process asked for it.
    let opening: RecordedBytes
    let target: String
    let login: String
    let moment: Timestamp
    let transport: Transport
    let exchangeHashes: [RecordedBytes]
    let marks: [String]
    /// The blob of the host key that the target proved.
    let hostKey: RecordedBytes
    let timeLimit: TimeLimit?
    let counts: MessageCounts
    /// How much of its recording is counted for its principal; nil where it was not looked at yet.
    let recordedBytes: UInt64?
}

/// A client whose process is gone, and whose end waits for those of its sessions.
struct HandedGone: Hashable, Sendable, Codable {
    let about: Attribution
    let ended: AuditEvent.ConnectionEnded
}

/// A session that is over, of which is still to be found out what it left on its target.
struct HandedEnd: Hashable, Sendable, Codable {
    let session: String
    let ended: AuditEvent.SessionEnded
    /// Since when its transport was; nothing older is ended for it.
    let age: TransportAge
}

/// What is held against a source, in milliseconds of the monotonic clock.
struct HandedPenalty: Hashable, Sendable, Codable {
    let source: Source
    let penalty: SourcePenalties.Penalty
    let forgottenAt: Int64
}

/// How many bytes a principal recorded on a day, in days since 1970.
struct HandedUse: Hashable, Sendable, Codable {
    let principal: String
    let day: Int64
    let bytes: UInt64
}

/// How often each message of a process came, by its number.
typealias MessageCounts = [Int: Int]
