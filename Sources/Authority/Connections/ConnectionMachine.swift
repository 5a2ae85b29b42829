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
    private var signIn: SignInMachine
    private(set) var sessions: [SessionNumber: SessionMachine] = [:]
    /// Sessions that are over, and whose commands are being ended on their targets.
    private(set) var endings = 0
    /// Whether the client tried to sign in with something that is not good.
    private(set) var hasFailedTry = false
    /// Whether it was good enough, and we could not take it.
    private(set) var wasHindered = false
    // INVARIANT: at most a range for each session, and the table limits those.
    private var usedNumbers = RangeSet<UInt64>()

    init(peer: IPAddress, signInTries: UInt32, sessionsAtOnce: UInt32) {
        self.sessionsAtOnce = Int(sessionsAtOnce)
        signIn = SignInMachine(peer: peer, tries: signInTries)
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
        signIn = SignInMachine(peer: peer, signedIn: identity, as: userName)
        ledger = ProtocolLedger(.signedIn, counts: SessionRequestKind.counts(handed.counts))
        for range in handed.usedNumbers where range.count == 2 && range[0] < range[1] {
            usedNumbers.insert(contentsOf: range[0]..<range[1])
        }
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
        (
            ledger.messageCounts.handed,
            usedNumbers.ranges.map { [$0.lowerBound, $0.upperBound] }
        )
    }

    func handedCounts(of number: SessionNumber) -> MessageCounts {
        ledger.messageCounts(of: number).handed
    }

    var identity: Identity? { signIn.identity }
    var userName: String? { signIn.userName }
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
        case .signExchangeHash(let hash):
            try signIn.signedExchangeHash(hash)
            return [.signExchangeHash(hash)]
        case .offerKey(let user, _, let keyBlob):
            return try offered(user, keyBlob, context)
        case .signIn(let proof): return try signed(proof, context)
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
        if kind == .tooManyTries || kind == .signatureRefused { hasFailedTry = true }
        let note = ConnectionAction.note(AuditEvent.Notice(kind, detail))
        return LimitName(kind).map { [note, .count($0)] } ?? [note]
    }

    // MARK: Signing in

    private mutating func offered(
        _ user: String,
        _ keyBlob: [UInt8],
        _ context: MessageContext
    ) throws(ProcessLie) -> [ConnectionAction] {
        let action = try signIn.offered(
            user: user,
            keyBlob: keyBlob,
            by: context.identification,
            at: context.moment
        )
        switch action {
        case .answer(let isAccepted):
            if !isAccepted { hasFailedTry = true }
            return [.order(.keyOfferAnswer(isAccepted: isAccepted))]
        case .answerUserNameChanged:
            hasFailedTry = true
            return [
                .note(AuditEvent.Notice(.userNameChanged, user)),
                .order(.keyOfferAnswer(isAccepted: false)),
            ]
        }
    }

    private mutating func signed(
        _ proof: SignInProof,
        _ context: MessageContext
    ) throws(ProcessLie) -> [ConnectionAction] {
        switch try signIn.signed(proof, by: context.identification, at: context.moment) {
        case .record(let identity, let userName):
            return [.recordSignIn(identity, userName: userName)]
        case .refuse(let error, let user, let fingerprint):
            hasFailedTry = true
            var actions: [ConnectionAction] = []
            if error == .userNameChanged {
                actions.append(.note(AuditEvent.Notice(.userNameChanged, user)))
            }
            actions.append(
                .recordRefusedSignIn(
                    error,
                    userName: PrintableText.escaped(user),
                    fingerprint: fingerprint
                )
            )
            return actions + [.order(.signInAnswer(isAccepted: false))]
        }
    }

    /// The sign-in is durable.
    mutating func signInRecorded() -> [ConnectionAction] {
        guard ledger.connection == .signingIn else { return [] }
        _ = signIn.recorded()
        ledger.connection = .signedIn
        return [.order(.signInAnswer(isAccepted: true))]
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
        wasHindered = true
        signIn.recordingFailed()
        // Whose key is good is told why, instead of that it is not.
        return [.endUnrecorded]
    }

    // MARK: Sessions

    private mutating func opened(
        _ opening: SessionOpening,
        _ context: MessageContext
    ) throws(ProcessLie) -> [ConnectionAction] {
        let number = opening.number
        let value = UInt64(number.value)
        guard !usedNumbers.contains(value) else { throw .sessionNumberUsed(number) }
        usedNumbers.insert(contentsOf: value..<(value + 1))
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
        return [.open(opening)]
    }

    /// What a session that is over left on its target is looked for, which takes a process.
    mutating func endingBegan() { endings += 1 }

    mutating func endingFinished() {
        precondition(endings > 0, "only what began is finished")
        endings -= 1
    }

    /// A session that was asked for is being decided.
    mutating func began(_ number: SessionNumber, _ retry: ConnectRetry) {
        sessions[number] = SessionMachine(retry: retry)
        ledger.moved(number, to: .deciding)
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

extension SessionRequestKind {
    /// What another release handed over, by the kinds that there are.
    fileprivate static func counts(_ handed: MessageCounts) -> [SessionRequestKind: Int] {
        handed.reduce(into: [:]) { counts, entry in
            guard let kind = UInt8(exactly: entry.key).flatMap(SessionRequestKind.init) else {
                return
            }
            counts[kind] = entry.value
        }
    }
}

extension [SessionRequestKind: Int] {
    fileprivate var handed: MessageCounts {
        reduce(into: [:]) { $0[Int($1.key.rawValue)] = $1.value }
    }
}
