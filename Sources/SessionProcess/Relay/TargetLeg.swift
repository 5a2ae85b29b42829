import MessageSockets
import SSH
import SessionProtocol

/// A transport to a target did not come up.
struct TargetLegFailure: Error, Hashable, Sendable {
    let phase: OutboundPhase
    let reason: String
}

/// What is asked of a target once the transport stands; the certificate says what really runs.
enum LegProgram: Hashable, Sendable {
    case exec(String)
    case shell
    case subsystem(String)

    /// Exactly what is ordered: a command of the authority's own, which asks as a client would.
    ///
    /// What runs is what the certificate forces; sshd shows it this command line as
    /// `SSH_ORIGINAL_COMMAND`.
    init(_ program: ProgramRequest) {
        switch program {
        case .exec(let commandLine): self = .exec(String(decoding: commandLine, as: UTF8.self))
        case .shell: self = .shell
        case .subsystem(let name): self = .subsystem(name)
        }
    }
}

/// One transport to a target, from its socket to a running program.
///
/// | state | event | next |
/// |---|---|---|
/// | exchangingKeys | done | awaitingCertificate, host key is sent to be proved |
/// | awaitingCertificate | certificate | authenticating |
/// | authenticating | accepted | openingChannel |
/// | openingChannel | open | requestingTerminal, or requestingProgram |
/// | requestingTerminal | granted | requestingProgram |
/// | requestingProgram | granted | running |
final class TargetLeg {
    private enum State {
        case exchangingKeys
        case awaitingCertificate
        case authenticating
        case openingChannel
        case requestingTerminal
        case requestingProgram
        case running(Channel)
    }

    let number: SessionNumber
    private let program: LegProgram
    private let terminal: TerminalRequest?
    private let link: AuthorityLink
    private let socket: Descriptor
    private let connection: OutboundConnection
    private var state = State.exchangingKeys
    /// When the program must run at the latest.
    private let setupDeadline: UInt64
    private var keepalive: KeepaliveMachine

    init(
        number: SessionNumber,
        socket: Descriptor,
        order: TransportOrder,
        program: LegProgram,
        terminal: TerminalRequest?,
        link: AuthorityLink,
        seam: CryptoSeam,
        loop: EventLoop,
        now: UInt64
    ) throws(TargetLegFailure) {
        self.number = number
        self.socket = socket
        self.program = program
        self.terminal = terminal
        self.link = link
        setupDeadline = now + Clock.seconds(order.setupSeconds)
        keepalive = KeepaliveMachine(seconds: order.keepaliveSeconds, now: now)
        do {
            try SocketTuning.prepare(socket, keepaliveSeconds: order.keepaliveSeconds)
            // libssh closes its own descriptor; ours stays for the options of the socket.
            let copy = try socket.duplicated()
            connection = try OutboundConnection(
                adopting: copy.surrender(),
                login: order.login,
                hostKeyAlgorithms: order.hostKeyAlgorithms,
                rekeyBytes: order.rekeyBytes,
                rekeySeconds: order.rekeySeconds,
                behind: seam,
                in: loop
            )
        } catch {
            throw TargetLegFailure(phase: .keyExchange, reason: "\(error)")
        }
    }

    /// The channel of the running program.
    var channel: Channel? {
        if case .running(let channel) = state { channel } else { nil }
    }

    var isConnected: Bool { connection.isConnected }

    /// Whether it ended the connection without a word.
    var isCutOff: Bool { connection.isCutOff }

    var endReason: String { connection.endReason }

    var misbehaviour: String? { connection.misbehaviour }

    /// Goes as far as the target lets it.
    func step(now: UInt64) throws(TargetLegFailure) {
        if channel == nil {
            SocketTuning.acknowledgeQuickly(socket)
            guard now < setupDeadline else { throw givenUp(because: lateness) }
        }
        if let misbehaviour { throw givenUp(because: misbehaviour) }
        while try advance() {}
    }

    /// What it did not do in time.
    private var lateness: String {
        switch state {
        case .authenticating: "it did not answer the certificate in time"
        case .exchangingKeys, .awaitingCertificate, .openingChannel, .requestingTerminal,
            .requestingProgram, .running:
            "it did not start the program in time"
        }
    }

    /// We do not wait for it any more: a target that has not answered has refused nothing.
    private func givenUp(because reason: String) -> TargetLegFailure {
        let phase: OutboundPhase =
            switch state {
            case .authenticating: .unanswered
            case .exchangingKeys, .awaitingCertificate, .openingChannel, .requestingTerminal,
                .requestingProgram, .running:
                phase
            }
        return TargetLegFailure(phase: phase, reason: reason)
    }

    /// The phase in which a failure now would fall.
    private var phase: OutboundPhase {
        switch state {
        case .exchangingKeys, .awaitingCertificate: .keyExchange
        case .authenticating: connection.isCutOff ? .unanswered : .authentication
        case .openingChannel, .requestingTerminal, .requestingProgram, .running: .channel
        }
    }

    private func failure(_ reason: String) -> TargetLegFailure {
        TargetLegFailure(phase: phase, reason: reason)
    }

    /// One step; true where the next one may follow at once.
    private func advance() throws(TargetLegFailure) -> Bool {
        do throws(SSHError) {
            switch state {
            case .exchangingKeys:
                guard try connection.connect() == .done else { return try awaitMore() }
                try proveHostKey()
                state = .awaitingCertificate
                return false
            case .awaitingCertificate:
                return try awaitMore()
            case .authenticating:
                switch try connection.authenticate() {
                case .again: return try awaitMore()
                case .refused: throw .failed(call: "authentication", reason: "it was refused")
                case .accepted:
                    state = .openingChannel
                    return true
                }
            case .openingChannel:
                guard try connection.openChannel() != nil else { return try awaitMore() }
                state = terminal == nil ? .requestingProgram : .requestingTerminal
                return true
            case .requestingTerminal:
                guard let terminal else { preconditionFailure("no terminal was asked for") }
                let progress = try connection.requestTerminal(
                    type: terminal.type,
                    columns: terminal.columns,
                    rows: terminal.rows
                )
                guard progress == .done else { return try awaitMore() }
                state = .requestingProgram
                return true
            case .requestingProgram:
                guard try requestProgram() == .done, let channel = try connection.openChannel()
                else { return try awaitMore() }
                state = .running(channel)
                return false
            case .running:
                return false
            }
        } catch {
            throw failure("\(error)")
        }
    }

    /// It has not answered yet; a target that is gone will not, and libssh does not say that it is.
    private func awaitMore() throws(SSHError) -> Bool {
        guard connection.isConnected else { throw .disconnected(reason: endReason) }
        return false
    }

    private func requestProgram() throws(SSHError) -> OutboundConnection.Progress {
        switch program {
        case .exec(let commandLine): try connection.requestExec(commandLine)
        case .shell: try connection.requestShell()
        case .subsystem(let name): try connection.requestSubsystem(name)
        }
    }

    private func proveHostKey() throws(SSHError) {
        guard let signature = connection.hostKeySignature else {
            throw .unavailable(reason: "libssh verified the host key past the seam")
        }
        let keyBlob = try connection.hostKey()
        link.register(sessionIdentifier: signature.data, for: number)
        let proof = HostKeyProof(
            number: number,
            keyBlob: keyBlob,
            algorithm: HostKeyProof.algorithm(of: keyBlob, digest: signature.digest),
            exchangeHash: signature.data,
            signature: signature.signature
        )
        do throws(LinkError) {
            try link.send(.proveHostKey(proof))
        } catch {
            throw .unavailable(reason: error.description)
        }
    }

    func certificateArrived(_ blob: [UInt8], publicKey: [UInt8]) throws(TargetLegFailure) {
        guard case .awaitingCertificate = state else {
            throw failure("a certificate came out of place")
        }
        do throws(SSHError) {
            try connection.use(certificate: blob, publicKey: publicKey)
        } catch {
            throw failure("\(error)")
        }
        state = .authenticating
    }

    /// Whether the target is silent for too long; sends keepalives while its program runs.
    ///
    /// Before that the deadline of the setup watches.
    func isSilent(now: UInt64) -> Bool {
        guard channel != nil, connection.isConnected else { return false }
        switch keepalive.passed(to: now, receivedPackets: connection.receivedPackets) {
        case .wait: return false
        case .send:
            connection.sendKeepalive()
            return false
        case .giveUp: return true
        }
    }

    func disconnect() {
        link.unregister(number)
        connection.disconnect()
    }
}
