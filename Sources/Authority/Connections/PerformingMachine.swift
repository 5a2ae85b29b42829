import SessionProtocol

/// A session process without a client, which runs one forced command on one target.
struct PerformingMachine: Sendable {
    /// The only session of such a process.
    static let session = SessionNumber(0)

    enum Action: Sendable {
        case issue
        case order(SessionOrder)
        case performed(ProgramResult, output: [UInt8])
        /// In key exchange it may be tried again; later it is the target that refuses.
        case lost(OutboundPhase, reason: String)
        case kill(ProcessLie)
    }

    /// The key that the target proved where it is not the pinned one.
    private(set) var foreignHostKey: String?
    /// How the process said that the target was lost.
    private(set) var lostReason: String?
    /// Whether the target runs the command, or did.
    private(set) var isStarted = false
    private var ledger = ProtocolLedger()
    private var transport: TransportMachine

    init(login: String, pinnedKeys: Set<[UInt8]>) {
        transport = TransportMachine(login: login, pinnedKeys: pinnedKeys)
        ledger.connection = .performing
        ledger.moved(Self.session, to: .connecting)
    }

    mutating func received(
        _ bytes: some Sequence<UInt8>,
        descriptors: Int,
        isUsedExchangeHash: ([UInt8]) -> Bool
    ) -> Action? {
        do throws(ProcessLie) {
            guard descriptors == 0 else { throw .unexpectedDescriptors(descriptors) }
            return try received(bytes, isUsedExchangeHash)
        } catch {
            ledger.connection = .ended
            return .kill(error)
        }
    }

    /// Whether the one signature of its certificate was given.
    var isSigned: Bool { transport.isSigned }

    /// The exchange hash of the transport, once its host key is proved.
    var exchangeHash: [UInt8]? { transport.proven?.exchangeHash }

    /// The certificate is made.
    mutating func issued(_ issued: TransportMachine.Issued) -> Bool {
        guard transport.issued(issued) else { return false }
        ledger.moved(Self.session, to: .proved)
        return true
    }

    private mutating func received(
        _ bytes: some Sequence<UInt8>,
        _ isUsed: ([UInt8]) -> Bool
    ) throws(ProcessLie) -> Action? {
        let request = try admitted(bytes)
        switch request {
        case .proveHostKey(let proof):
            switch try transport.proved(proof, isUsed: isUsed) {
            case .issue: return .issue
            case .refuseHostKey(let fingerprint):
                ledger.connection = .ended
                foreignHostKey = fingerprint
                let reason = "its host key \(fingerprint) is not the pinned one"
                return .lost(.channel, reason: reason)
            }
        case .signUserAuthentication(_, let bytes):
            let signature = try transport.signature(over: bytes)
            ledger.moved(Self.session, to: .signed)
            return .order(
                .userAuthenticationSignature(number: Self.session, signature: signature)
            )
        case .started:
            isStarted = true
            return nil
        case .targetLost(_, let phase, let reason):
            ledger.connection = .ended
            lostReason = PrintableText.escaped(reason)
            return .lost(phase, reason: "lost in phase \(phase): \(PrintableText.escaped(reason))")
        case .performed(let result, let output):
            ledger.connection = .ended
            return .performed(result, output: output)
        case .sessionEnded, .connectionEnded:
            ledger.connection = .ended
            return .lost(.keyExchange, reason: "its process gave up")
        case .ready, .startFailed, .signExchangeHash, .offerKey, .signIn, .openSession, .notice,
            .signal:
            throw .outOfTurn(request.kind)
        }
    }

    private mutating func admitted(
        _ bytes: some Sequence<UInt8>
    ) throws(ProcessLie) -> SessionRequest {
        let request: SessionRequest
        do {
            request = try SessionRequest(decoding: bytes)
        } catch {
            throw .unreadable(error)
        }
        do {
            try ledger.admit(request.kind, session: request.session)
        } catch {
            throw .table(error)
        }
        return request
    }
}
