import AuditTrail
import PolicyEngine
import SessionProtocol

/// What is to run on a target without a client, under which certificate.
struct RemoteCommand: Hashable, Sendable {
    /// What the certificate forces.
    let forceCommand: [UInt8]
    /// What the channel asks for; the forced command runs all the same.
    let program: ProgramRequest
    /// What it gets on its standard input, before the end of that.
    var input: [UInt8] = []
    /// The sessions that it is for.
    var sessions: [String] = []
    let purpose: AuditEvent.CertificateIssued.Purpose
    /// Where it is to run; nil for wherever the target's address leads now.
    var server: SocketAddress?
    var validity = CertificateValidity.session
    /// For all attempts together.
    let timeout: Duration

    /// LIMIT: no command of an ended session is running ten seconds later; starting the end and
    /// recording it need the rest.
    static let endingTimeout = Duration.seconds(8)

    /// Where to connect to.
    func destination(on target: Target) -> (host: String, port: UInt16) {
        if let server { return (server.host, server.port) }
        return (target.address.host.description, target.address.port)
    }

    /// Whether a refusal keeps sessions from the target for a while: an operator who examines it
    /// knows that it may refuse.
    var countsForBreaker: Bool {
        switch purpose {
        case .session, .termination: true
        case .probe: false
        }
    }

    /// Ends, or signals, what sessions left; `value` is what the script's report repeats.
    static func termination(
        _ script: RemoteScript,
        of sessions: [String],
        telling value: String,
        on target: Target
    ) throws(WrappingError) -> RemoteCommand {
        // As a session's: what runs before it on the target cannot tell it from one by that.
        let name = "sallyport \(Identifier.session(random: Randomness.number()))"
        return RemoteCommand(
            forceCommand: try CommandWrapping.exec(
                Array(script.text.utf8),
                environment: [],
                on: target
            ),
            program: .exec(commandLine: Array(name.utf8)),
            input: Array("\(value)\n".utf8),
            sessions: sessions,
            purpose: .termination,
            server: script.marks[0].transport.server,
            timeout: Self.endingTimeout
        )
    }
}

/// How far a command without a client came.
enum RemoteStep: String, Hashable, Sendable, CaseIterable {
    case connecting
    case exchangingKeys
    /// The host key is proved; certificate and signature are on their way.
    case signingIn
    case running
}

/// What a command without a client did.
struct RemotePerformance: Hashable, Sendable {
    let result: SessionProtocol.ProgramResult
    let output: [UInt8]
    /// Both ends of the transport, as we see them.
    let transport: RemoteScript.Transport
    /// Seconds since 1970 when the command was known to run, and when its end was known.
    let ranSeconds: ClosedRange<UInt64>
    /// Milliseconds from the start of the attempt to each step that was reached, and to the end.
    let milliseconds: [RemoteStep: UInt64]
    let endMilliseconds: UInt64
    /// Why earlier attempts failed.
    let drops: [String]
}

/// Why a command without a client did not run to its end.
enum RemoteFailure: Hashable, Sendable, CustomStringConvertible {
    case noPinnedKey
    case unreachable(reason: String)
    case timedOut(RemoteStep)
    case noProcess
    case hostKey(fingerprint: String)
    case transport(OutboundPhase, reason: String)
    case notIssued(reason: String)
    case processLied(reason: String)
    case processLost(reason: String)

    /// Whether it may be otherwise soon.
    ///
    /// A target that refuses our certificate or shows another key is not asked again: its sshd
    /// counts that.
    var mayPass: Bool {
        switch self {
        case .unreachable, .timedOut, .noProcess, .notIssued, .processLost: true
        case .transport(let phase, _): phase != .authentication
        case .noPinnedKey, .hostKey, .processLied: false
        }
    }

    var description: String {
        switch self {
        case .noPinnedKey: "no host key is pinned that counts now"
        case .unreachable(let reason): reason
        case .timedOut: "timeout"
        case .noProcess: "no session process is to be had"
        case .hostKey(let fingerprint): "its host key \(fingerprint) is not the pinned one"
        case .transport(let phase, let reason): "lost in phase \(phase): \(reason)"
        case .notIssued(let reason): reason
        case .processLied(let reason): "its process lied: \(reason)"
        case .processLost(let reason): reason
        }
    }
}
