import PolicyEngine
import SessionProtocol

/// One session of a client, from its request to its end.
///
/// | state | decided | recorded | dialled | recording | proved … signed | lost | started | told |
/// |---|---|---|---|---|---|---|---|---|
/// | deciding | recording denial, admitting | | | | | | | ending |
/// | recording denial | | ending | | | | | | ending |
/// | admitting | | preparing | | | | | | ending |
/// | preparing | | | preparing, connected | same | | dials again, ending | | ending |
/// | connected | | | | | connected | redialling, ending | | ending |
/// | redialling | | | connected | | | dials again, ending | | ending |
/// | running | | | | | | | | ending |
///
/// *Lost* is a connection that failed or a transport that broke; *connected* covers the phases
/// connecting, proved and signed of the protocol, which the transport tells apart. A state without
/// an entry ignores the event: it came too late.
struct SessionMachine: Sendable {
    private enum State: Sendable {
        case deciding
        case recordingDenial(SessionRefusal)
        case admitting(AdmittedSession)
        case preparing(AdmittedSession, hasSocket: Bool, hasRecording: Bool)
        case connected(AdmittedSession, TransportMachine)
        case redialling(AdmittedSession)
        case running
        case ending
    }

    private var state = State.deciding
    private var retry: ConnectRetry

    init(retry: ConnectRetry) { self.retry = retry }

    /// A session that runs already.
    static func resumed() -> SessionMachine {
        var machine = SessionMachine(retry: ConnectRetry(deadlineMilliseconds: 0))
        machine.state = .running
        return machine
    }

    /// The phase of the session for the table of messages.
    var phase: SessionPhase {
        switch state {
        case .deciding, .recordingDenial, .admitting, .preparing: .deciding
        case .connected(_, let transport):
            transport.isSigned ? .signed : (transport.hasCertificate ? .proved : .connecting)
        // The process was told nothing yet: it may still say that this transport is lost.
        case .redialling: .connecting
        case .running: .running
        case .ending: .ending
        }
    }

    /// Whether a transport was lost and the next one is not there yet.
    var isRedialling: Bool {
        switch state {
        case .redialling: true
        case .deciding, .recordingDenial, .admitting, .preparing, .connected, .running, .ending:
            false
        }
    }

    /// What is known of the present transport, once its host key is proved.
    var proven: TransportMachine.Proven? {
        switch state {
        case .connected(_, let transport): transport.proven
        case .deciding, .recordingDenial, .admitting, .preparing, .redialling, .running, .ending:
            nil
        }
    }

    // MARK: Deciding

    enum DecidedAction: Hashable {
        case recordDenial(SessionRefusal)
        case recordAdmission(AdmittedSession)
        case ignore
    }

    mutating func decided(_ judgement: SessionJudgement) -> DecidedAction {
        switch state {
        case .deciding:
            switch judgement {
            case .refused(let refusal):
                state = .recordingDenial(refusal)
                return .recordDenial(refusal)
            case .admitted(let admitted):
                state = .admitting(admitted)
                return .recordAdmission(admitted)
            }
        case .recordingDenial, .admitting, .preparing, .connected, .redialling, .running, .ending:
            return .ignore
        }
    }

    enum RecordedAction: Hashable {
        case refuse(SessionRefusal)
        /// Dial the target and create the recording.
        case prepare(AdmittedSession)
        case ignore
    }

    /// The decision is durable.
    mutating func recorded() -> RecordedAction {
        switch state {
        case .recordingDenial(let refusal):
            state = .ending
            return .refuse(refusal)
        case .admitting(let admitted):
            state = .preparing(admitted, hasSocket: false, hasRecording: false)
            return .prepare(admitted)
        case .deciding, .preparing, .connected, .redialling, .running, .ending: return .ignore
        }
    }

    // MARK: Preparing

    enum ReadyAction: Hashable {
        /// The process gets the socket and the recording.
        case permit(AdmittedSession)
        /// The process gets another socket.
        case retry
        case wait
        /// Nobody wants it any more: close it.
        case discard
    }

    mutating func recordingCreated() -> ReadyAction {
        switch state {
        case .preparing(let admitted, let hasSocket, _):
            return prepared(admitted, hasSocket: hasSocket, hasRecording: true)
        case .deciding, .recordingDenial, .admitting, .connected, .redialling, .running, .ending:
            return .discard
        }
    }

    mutating func dialled() -> ReadyAction {
        switch state {
        case .preparing(let admitted, _, let hasRecording):
            return prepared(admitted, hasSocket: true, hasRecording: hasRecording)
        case .redialling(let admitted):
            state = .connected(admitted, Self.transport(admitted))
            return .retry
        case .deciding, .recordingDenial, .admitting, .connected, .running, .ending:
            return .discard
        }
    }

    private mutating func prepared(
        _ admitted: AdmittedSession,
        hasSocket: Bool,
        hasRecording: Bool
    ) -> ReadyAction {
        guard hasSocket, hasRecording else {
            state = .preparing(admitted, hasSocket: hasSocket, hasRecording: hasRecording)
            return .wait
        }
        state = .connected(admitted, Self.transport(admitted))
        return .permit(admitted)
    }

    private static func transport(_ admitted: AdmittedSession) -> TransportMachine {
        TransportMachine(
            login: admitted.address.login.name,
            pinnedKeys: admitted.pinnedKeys
        )
    }

    // MARK: The transport

    enum ProvedAction: Hashable {
        case issue(AdmittedSession)
        case refuseHostKey(AdmittedSession, fingerprint: String)
        case ignore
    }

    mutating func proved(
        _ proof: HostKeyProof,
        isUsed: ([UInt8]) -> Bool
    ) throws(ProcessLie) -> ProvedAction {
        switch state {
        case .connected(let admitted, var transport):
            let action = try transport.proved(proof, isUsed: isUsed)
            state = .connected(admitted, transport)
            switch action {
            case .issue: return .issue(admitted)
            case .refuseHostKey(let fingerprint):
                state = .ending
                return .refuseHostKey(admitted, fingerprint: fingerprint)
            }
        case .ending: return .ignore
        case .deciding, .recordingDenial, .admitting, .preparing, .redialling, .running:
            throw .outOfTurn(.proveHostKey)
        }
    }

    /// The certificate is made; false where nobody waits for it any more.
    mutating func issued(_ issued: TransportMachine.Issued) -> Bool {
        switch state {
        case .connected(let admitted, var transport):
            let isWanted = transport.issued(issued)
            state = .connected(admitted, transport)
            return isWanted
        case .deciding, .recordingDenial, .admitting, .preparing, .redialling, .running, .ending:
            return false
        }
    }

    /// The one signature, or nil where the session ends anyway.
    mutating func signature(over request: [UInt8]) throws(ProcessLie) -> [UInt8]? {
        switch state {
        case .connected(let admitted, var transport):
            let signature = try transport.signature(over: request)
            state = .connected(admitted, transport)
            return signature
        case .ending: return nil
        case .deciding, .recordingDenial, .admitting, .preparing, .redialling, .running:
            throw .outOfTurn(.signUserAuthentication)
        }
    }

    // MARK: Losing it

    enum LostAction: Hashable {
        case dialAgain(AdmittedSession, afterMilliseconds: UInt64)
        /// `wasSigned` where the authority had signed with the key of the certificate.
        case giveUp(AdmittedSession, wasSigned: Bool)
        case ignore
    }

    /// The target could not be connected to, or the transport broke before the program ran.
    mutating func lost(
        _ phase: OutboundPhase,
        at nowMilliseconds: UInt64,
        jitter: UInt64
    ) -> LostAction {
        let admitted: AdmittedSession
        let isPreparing: Bool
        let hasRecording: Bool
        switch state {
        case .preparing(let session, _, let recording):
            (admitted, isPreparing, hasRecording) = (session, true, recording)
        case .connected(let session, let transport) where transport.isSigned:
            // The command may run on this transport, whatever the process says. Another one would be
            // a second chance to run it, and would hide the first from its ending.
            state = .ending
            return .giveUp(session, wasSigned: true)
        case .connected(let session, _), .redialling(let session):
            (admitted, isPreparing, hasRecording) = (session, false, true)
        case .deciding, .recordingDenial, .admitting, .running, .ending: return .ignore
        }
        switch phase {
        case .channel:
            // No channel before a signature: trying again changes nothing.
            state = .ending
            return .giveUp(admitted, wasSigned: false)
        case .keyExchange, .authentication, .unanswered: break
        }
        switch retry.lost(at: nowMilliseconds, jitter: jitter) {
        case .giveUp:
            state = .ending
            return .giveUp(admitted, wasSigned: false)
        case .retry(let pause):
            state =
                isPreparing
                ? .preparing(admitted, hasSocket: false, hasRecording: hasRecording)
                : .redialling(admitted)
            return .dialAgain(admitted, afterMilliseconds: pause)
        }
    }

    // MARK: Running and ending

    /// The target runs the program; false where the session ends anyway.
    mutating func started() throws(ProcessLie) -> Bool {
        switch state {
        case .connected(_, let transport):
            guard transport.isSigned else { throw .outOfTurn(.started) }
            state = .running
            return true
        case .ending: return false
        case .deciding, .recordingDenial, .admitting, .preparing, .redialling, .running:
            throw .outOfTurn(.started)
        }
    }

    /// The authority wants it to end; false where it ends already.
    mutating func told() -> Bool {
        switch state {
        case .ending: return false
        case .deciding, .recordingDenial, .admitting, .preparing, .connected, .redialling,
            .running:
            state = .ending
            return true
        }
    }
}
