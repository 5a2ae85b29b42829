import AuditTrail
import SSHWire
import SessionProtocol

/// Everything that one session process may make the authority do for the client that it serves.
///
/// It has no clock, no socket and no randomness: a message and its context go in, actions come out.
/// The table of `ProtocolTable` says what is permitted when; what is not, ends the process.
struct ConnectionMachine: Sendable {
    /// LIMIT: sessions beyond those that a client may have at once which are refused and not yet
    /// reported as ended; a process that opens more does not listen to refusals.
    static let refusedSessionsAtOnce = 64

    private let sessionsAtOnce: Int
    private var ledger = ProtocolLedger()
    private var signIn: ClientSignIn
    private(set) var sessions: [SessionNumber: SessionMachine] = [:]
    /// Sessions that are over, and whose commands are being ended on their targets.
    private(set) var endings = 0
    private var usedNumbers = UsedSessionNumbers()

    init(peer: IPAddress, signInTries: UInt32, sessionsAtOnce: UInt32) {
        self.sessionsAtOnce = Int(sessionsAtOnce)
        signIn = ClientSignIn(SignInMachine(peer: peer, tries: signInTries))
        ledger.connection = .signingIn
    }

    /// Goes on where another release of the authority was.
    init(
        peer: IPAddress,
        signedIn identity: Identity,
        as userName: String,
        sessionsAtOnce: UInt32,
        _ handed: HandedConnection
    ) {
        self.sessionsAtOnce = Int(sessionsAtOnce)
        signIn = ClientSignIn(SignInMachine(peer: peer, signedIn: identity, as: userName))
        ledger = ProtocolLedger(.signedIn, counts: SessionRequestKind.counts(handed.counts))
        usedNumbers = UsedSessionNumbers(handed: handed.usedNumbers)
    }

    /// A session that runs goes on.
    mutating func resumed(_ number: SessionNumber, counts: MessageCounts) {
        let session = SessionMachine.resumed()
        sessions[number] = session
        ledger.resumed(
            number,
            in: session.phase,
            counts: SessionRequestKind.counts(counts)
        )
    }

    /// What another release needs to go on with this machine.
    var handed: (counts: MessageCounts, usedNumbers: [[UInt64]]) {
        (ledger.messageCounts.handed, usedNumbers.handed)
    }

    func handedCounts(of number: SessionNumber) -> MessageCounts {
        ledger.messageCounts(of: number).handed
    }

    var identity: Identity? { signIn.identity }
    var userName: String? { signIn.userName }
    var hasFailedTry: Bool { signIn.hasFailedTry }
    var wasHindered: Bool { signIn.wasHindered }
    var phase: ConnectionPhase { ledger.connection }

    // MARK: What the process says

    /// A message arrived.
    mutating func received(
        _ bytes: some Sequence<UInt8>,
        descriptors: Int = 0,
        _ context: MessageContext
    ) -> [ConnectionAction] {
        do throws(ProcessLie) {
            // Only the authority hands descriptors over.
            guard descriptors == 0 else { throw .unexpectedDescriptors(descriptors) }
            let request: SessionRequest
            do throws(WireError) {
                request = try SessionRequest(decoding: bytes)
            } catch {
                throw .unreadable(error)
            }
            return try received(request, context)
        } catch {
            ledger.connection = .ended
            return [.kill(error)]
        }
    }

    private mutating func received(
        _ request: SessionRequest,
        _ context: MessageContext
    ) throws(ProcessLie) -> [ConnectionAction] {
        // A session that is only now asked for has no phase yet.
        let session = request.kind == .openSession ? nil : request.session
        do throws(ProtocolViolation) {
            try ledger.admit(request.kind, session: session)
        } catch {
            if let reason = error.clientLimit { return [.limitReached(reason)] }
            throw .table(error)
        }
        switch request {
        case .ready, .startFailed, .performed: throw .outOfTurn(request.kind)
        case .signExchangeHash(let hash): return try signIn.signedExchangeHash(hash)
        case .offerKey(let user, _, let keyBlob):
            return try signIn.offered(user, keyBlob, context)
        case .signIn(let proof): return try signIn.signed(proof, context)
        case .openSession(let opening): return try opened(opening, context)
        case .proveHostKey(let proof): return try proved(proof, context)
        case .signUserAuthentication(let number, let bytes):
            return try userAuthentication(number, bytes)
        case .targetLost(let number, let phase, let reason):
            return [try lost(number, phase, PrintableText.escaped(reason), context)]
        case .started(let number): return try started(number)
        case .notice(let kind, let detail): return noticed(kind, detail)
        case .signal(let number, let name): return try signalled(number, name)
        case .sessionEnded(let report):
            sessions[report.number] = nil
            ledger.closed(report.number)
            return [.sessionEnded(report)]
        case .connectionEnded(let cause, let detail):
            ledger.connection = .ended
            return [.connectionEnded(cause, detail: PrintableText.escaped(detail))]
        }
    }

    private mutating func noticed(_ kind: NoticeKind, _ detail: String) -> [ConnectionAction] {
        signIn.noticed(kind)
        let note = ConnectionAction.note(AuditEvent.Notice(kind, detail))
        return LimitName(kind).map { [note, .count($0)] } ?? [note]
    }

    // MARK: Signing in

    /// The sign-in is durable.
    mutating func signInRecorded() -> [ConnectionAction] {
        guard ledger.connection == .signingIn else { return [] }
        ledger.connection = .signedIn
        return signIn.recorded()
    }

    /// A reload changed the roles of who signed in, or on whose behalf that acts.
    mutating func identified(again identity: Identity) { signIn.identified(again: identity) }

    /// The process is gone, and with it whatever its sessions could still do.
    mutating func abandon() {
        ledger.connection = .ended
        sessions = [:]
    }

    /// The sign-in cannot be recorded, so nobody signed in.
    mutating func signInNotRecorded() -> [ConnectionAction] {
        guard ledger.connection == .signingIn else { return [] }
        return signIn.notRecorded()
    }

    // MARK: Sessions

    private mutating func opened(
        _ opening: SessionOpening,
        _ context: MessageContext
    ) throws(ProcessLie) -> [ConnectionAction] {
        let number = opening.number
        guard usedNumbers.use(number) else { throw .sessionNumberUsed(number) }
        let limit = sessionsAtOnce + Self.refusedSessionsAtOnce
        guard ledger.openSessions < limit else { throw .sessionsExceeded(limit: limit) }
        guard sessions.count + endings < sessionsAtOnce else {
            // In the ledger alone: the process has to report its end as for every other one.
            ledger.moved(number, to: .ending)
            let reason =
                "more than \(sessionsAtOnce) sessions in one connection "
                + "(`\(LimitName.sessionsPerConnection)`)"
                + (endings > 0 ? ", \(endings) of which are being ended on their targets" : "")
            return [
                .note(AuditEvent.Notice(.tooManySessions, reason)), .count(.sessionsPerConnection),
                .order(
                    .refuse(
                        number: number,
                        exitStatus: ClientText.deniedStatus,
                        text: ClientText.denied(reason)
                    )
                ),
            ]
        }
        let deadline = context.monotonicMilliseconds + context.setupMilliseconds
        sessions[number] = SessionMachine(retry: ConnectRetry(deadlineMilliseconds: deadline))
        ledger.moved(number, to: .deciding)
        return [.open(opening)]
    }

    /// What a session that is over left on its target is looked for, which takes a process.
    mutating func endingBegan() { endings += 1 }

    mutating func endingFinished() {
        precondition(endings > 0, "only what began is finished")
        endings -= 1
    }

    /// Changes a session, and the table's idea of its phase with it; nil where it is closed.
    mutating func update<Result>(
        _ number: SessionNumber,
        _ change: (inout SessionMachine) throws(ProcessLie) -> Result
    ) throws(ProcessLie) -> Result? {
        guard var session = sessions[number] else { return nil }
        let result = try change(&session)
        sessions[number] = session
        ledger.moved(number, to: session.phase)
        return result
    }

    /// The same for what no process can lie about.
    mutating func update<Result>(
        _ number: SessionNumber,
        _ change: (inout SessionMachine) -> Result
    ) -> Result? {
        guard var session = sessions[number] else { return nil }
        let result = change(&session)
        sessions[number] = session
        ledger.moved(number, to: session.phase)
        return result
    }

    private mutating func proved(
        _ proof: HostKeyProof,
        _ context: MessageContext
    ) throws(ProcessLie) -> [ConnectionAction] {
        let others = sessions.filter { $0.key != proof.number }.values.compactMap {
            $0.proven?.exchangeHash
        }
        let action = try update(proof.number) { session throws(ProcessLie) in
            try session.proved(proof) { hash in
                others.contains(hash) || context.isUsedExchangeHash(hash)
            }
        }
        switch action {
        case .issue(let admitted): return [.issue(proof.number, admitted)]
        case .refuseHostKey(let admitted, let fingerprint):
            return [.refuseHostKey(proof.number, admitted, fingerprint: fingerprint)]
        case .ignore, nil: return []
        }
    }

    private mutating func userAuthentication(
        _ number: SessionNumber,
        _ bytes: [UInt8]
    ) throws(ProcessLie) -> [ConnectionAction] {
        let signature = try update(number) { session throws(ProcessLie) in
            try session.signature(over: bytes)
        }
        guard let signature, let signature else { return [] }
        return [.order(.userAuthenticationSignature(number: number, signature: signature))]
    }

    private mutating func lost(
        _ number: SessionNumber,
        _ phase: OutboundPhase,
        _ reason: String,
        _ context: MessageContext
    ) throws(ProcessLie) -> ConnectionAction {
        // It was lost already, and the next socket is not there yet.
        guard sessions[number]?.isRedialling != true else { throw .outOfTurn(.targetLost) }
        let action = update(number) { session in
            session.lost(phase, at: context.monotonicMilliseconds, jitter: context.jitter)
        }
        return .lost(number, phase, reason: reason, action ?? .ignore)
    }

    private mutating func started(
        _ number: SessionNumber
    ) throws(ProcessLie) -> [ConnectionAction] {
        let isWanted = try update(number) { session throws(ProcessLie) in try session.started() }
        return isWanted == true ? [.started(number)] : []
    }

    private func signalled(
        _ number: SessionNumber,
        _ name: String
    ) throws(ProcessLie) -> [ConnectionAction] {
        // The client may send any name; only those of RFC 4254 can be sent on.
        guard RemoteScript.signals.contains(name) else {
            let detail = "signal \(PrintableText.escaped(name, limit: 32))"
            return [.note(AuditEvent.Notice(.unknownRequestRefused, detail))]
        }
        return ledger[number] == .running ? [.signal(number, name: name)] : []
    }
}
