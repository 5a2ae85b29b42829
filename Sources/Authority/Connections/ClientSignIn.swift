import AuditTrail
import SessionProtocol

/// How the client of a connection signs in: what `SignInMachine` makes of it, as what the authority
/// does, and whether it went wrong.
struct ClientSignIn: Sendable {
    private var machine: SignInMachine
    /// Whether the client tried to sign in with something that is not good.
    private(set) var hasFailedTry = false
    /// Whether it was good enough, and we could not take it.
    private(set) var wasHindered = false

    init(_ machine: SignInMachine) { self.machine = machine }

    var identity: Identity? { machine.identity }
    var userName: String? { machine.userName }

    mutating func signedExchangeHash(_ hash: [UInt8]) throws(ProcessLie) -> [ConnectionAction] {
        try machine.signedExchangeHash(hash)
        return [.signExchangeHash(hash)]
    }

    mutating func offered(
        _ user: String,
        _ keyBlob: [UInt8],
        _ context: MessageContext
    ) throws(ProcessLie) -> [ConnectionAction] {
        let action = try machine.offered(
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

    mutating func signed(
        _ proof: SignInProof,
        _ context: MessageContext
    ) throws(ProcessLie) -> [ConnectionAction] {
        switch try machine.signed(proof, by: context.identification, at: context.moment) {
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

    /// What the process itself refused may have been a try.
    mutating func noticed(_ kind: NoticeKind) {
        if kind == .tooManyTries || kind == .signatureRefused { hasFailedTry = true }
    }

    /// The sign-in is durable.
    mutating func recorded() -> [ConnectionAction] {
        _ = machine.recorded()
        return [.order(.signInAnswer(isAccepted: true))]
    }

    /// The sign-in cannot be recorded, so nobody signed in.
    mutating func notRecorded() -> [ConnectionAction] {
        wasHindered = true
        machine.recordingFailed()
        // Whose key is good is told why, instead of that it is not.
        return [.endUnrecorded]
    }

    /// A reload changed the roles of who signed in, or on whose behalf that acts.
    mutating func identified(again identity: Identity) { machine.identified(again: identity) }
}
