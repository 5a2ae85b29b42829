package import SSHWire

/// The first byte of a message from the authority to a session process.
package enum SessionOrderKind: UInt8, Hashable, Sendable, CaseIterable {
    case serve = 1
    case exchangeHashSignature = 2
    case keyOfferAnswer = 3
    case signInAnswer = 4
    case permit = 5
    case refuse = 6
    case certificate = 7
    case userAuthenticationSignature = 8
    case retry = 9
    case endSession = 10
    case endConnection = 11
    case perform = 12
    case notify = 13
}

extension SessionOrder {
    package var kind: SessionOrderKind {
        switch self {
        case .serve: .serve
        case .exchangeHashSignature: .exchangeHashSignature
        case .keyOfferAnswer: .keyOfferAnswer
        case .signInAnswer: .signInAnswer
        case .permit: .permit
        case .refuse: .refuse
        case .certificate: .certificate
        case .userAuthenticationSignature: .userAuthenticationSignature
        case .retry: .retry
        case .endSession: .endSession
        case .endConnection: .endConnection
        case .perform: .perform
        case .notify: .notify
        }
    }

    /// How many descriptors come with the message.
    package var descriptorCount: Int {
        switch self {
        case .permit: 2
        case .serve, .retry, .perform: 1
        case .exchangeHashSignature, .keyOfferAnswer, .signInAnswer, .refuse, .certificate,
            .userAuthenticationSignature, .endSession, .endConnection, .notify:
            0
        }
    }

    package func encoded() -> [UInt8] {
        var writer = WireWriter()
        writer.byte(kind.rawValue)
        switch self {
        case .serve(let order):
            writer.serve(order)
        case .exchangeHashSignature(let signature):
            writer.string(signature)
        case .keyOfferAnswer(let isAccepted), .signInAnswer(let isAccepted):
            writer.boolean(isAccepted)
        case .permit(let permit):
            writer.uint32(permit.number.value)
            writer.text(permit.session)
            writer.transport(permit.transport)
            writer.recording(permit.recording)
            writer.input(permit.input)
        case .refuse(let number, let exitStatus, let text):
            writer.uint32(number.value)
            writer.uint32(exitStatus)
            writer.text(text)
        case .certificate(let number, let blob, let publicKey):
            writer.uint32(number.value)
            writer.string(blob)
            writer.string(publicKey)
        case .userAuthenticationSignature(let number, let signature):
            writer.uint32(number.value)
            writer.string(signature)
        case .retry(let number):
            writer.uint32(number.value)
        case .endSession(let number, let text):
            writer.uint32(number.value)
            writer.text(text)
        case .endConnection(let text):
            writer.text(text)
        case .perform(let transport, let program, let input):
            writer.transport(transport)
            writer.program(program)
            writer.string(input)
        case .notify(let number, let text):
            writer.uint32(number.value)
            writer.text(text)
        }
        return writer.bytes
    }

    package init(decoding bytes: some Sequence<UInt8>) throws(WireError) {
        self = try WireReader.message(bytes) { kind, reader throws(WireError) in
            try reader.sessionOrder(kind)
        }
    }
}

extension WireReader {
    fileprivate mutating func sessionOrder(
        _ kind: SessionOrderKind
    ) throws(WireError) -> SessionOrder {
        switch kind {
        case .serve:
            .serve(try serve())
        case .exchangeHashSignature:
            .exchangeHashSignature(try bytes("signature", limit: FieldLimits.signature))
        case .keyOfferAnswer:
            .keyOfferAnswer(isAccepted: try boolean("accepted"))
        case .signInAnswer:
            .signInAnswer(isAccepted: try boolean("accepted"))
        case .permit:
            .permit(
                SessionPermit(
                    number: try number(),
                    session: try text("session", limit: FieldLimits.identifier),
                    transport: try transport(),
                    recording: try recording(),
                    input: try input()
                )
            )
        case .refuse:
            .refuse(
                number: try number(),
                exitStatus: try uint32("exit status"),
                text: try refusal()
            )
        case .certificate:
            .certificate(
                number: try number(),
                blob: try bytes("certificate", limit: FieldLimits.certificate),
                publicKey: try bytes("public key", limit: FieldLimits.keyBlob)
            )
        case .userAuthenticationSignature:
            .userAuthenticationSignature(
                number: try number(),
                signature: try bytes("signature", limit: FieldLimits.signature)
            )
        case .retry:
            .retry(number: try number())
        case .endSession:
            .endSession(number: try number(), text: try refusal())
        case .endConnection:
            .endConnection(text: try refusal())
        case .perform:
            .perform(
                try transport(),
                try program(),
                input: try bytes("input", limit: FieldLimits.commandInput)
            )
        case .notify:
            .notify(number: try number(), text: try refusal())
        }
    }

    private mutating func refusal() throws(WireError) -> String {
        try text("text", limit: FieldLimits.refusalText)
    }

    private mutating func serve() throws(WireError) -> ServeOrder {
        ServeOrder(
            connection: try text("connection", limit: FieldLimits.identifier),
            hostKey: try bytes("host key", limit: FieldLimits.keyBlob),
            loginGraceSeconds: try uint32("login grace"),
            signInTries: try uint32("sign-in tries"),
            sessionsAtOnce: try uint32("sessions at once"),
            keepaliveSeconds: try uint32("keepalive"),
            idleSeconds: try uint32("idle"),
            sessionIdleSeconds: try uint32("session idle"),
            rekeyBytes: try uint64("rekey bytes"),
            rekeySeconds: try uint32("rekey seconds")
        )
    }

    private mutating func transport() throws(WireError) -> TransportOrder {
        TransportOrder(
            login: try text("login", limit: FieldLimits.login),
            hostKeyAlgorithms: try list("algorithms", limit: FieldLimits.algorithmCount) {
                reader throws(WireError) in
                try reader.text("algorithm", limit: FieldLimits.algorithm)
            },
            rekeyBytes: try uint64("rekey bytes"),
            rekeySeconds: try uint32("rekey seconds"),
            keepaliveSeconds: try uint32("keepalive"),
            setupSeconds: try uint32("setup")
        )
    }

    private mutating func recording() throws(WireError) -> RecordingOrder {
        RecordingOrder(
            isStrict: try boolean("strict"),
            recordsInput: try boolean("records input"),
            maximumBytes: try uint64("maximum bytes"),
            overflow: try choice("overflow"),
            content: try choice("content"),
            startNanoseconds: try uint64("start")
        )
    }

    private mutating func input() throws(WireError) -> InputOrder {
        switch try choice("input") as InputOrder.Kind {
        case .relay: .relay
        case .discard: .discard
        case .hold:
            .hold(
                PromisedInput(
                    digest: try bytes("digest", limit: FieldLimits.digest),
                    exitStatus: try uint32("exit status"),
                    refusal: try refusal()
                )
            )
        }
    }
}

extension WireWriter {
    fileprivate mutating func serve(_ order: ServeOrder) {
        text(order.connection)
        string(order.hostKey)
        uint32(order.loginGraceSeconds)
        uint32(order.signInTries)
        uint32(order.sessionsAtOnce)
        uint32(order.keepaliveSeconds)
        uint32(order.idleSeconds)
        uint32(order.sessionIdleSeconds)
        uint64(order.rekeyBytes)
        uint32(order.rekeySeconds)
    }

    fileprivate mutating func transport(_ order: TransportOrder) {
        text(order.login)
        list(order.hostKeyAlgorithms) { writer, algorithm in writer.text(algorithm) }
        uint64(order.rekeyBytes)
        uint32(order.rekeySeconds)
        uint32(order.keepaliveSeconds)
        uint32(order.setupSeconds)
    }

    fileprivate mutating func recording(_ order: RecordingOrder) {
        boolean(order.isStrict)
        boolean(order.recordsInput)
        uint64(order.maximumBytes)
        byte(order.overflow.rawValue)
        byte(order.content.rawValue)
        uint64(order.startNanoseconds)
    }

    fileprivate mutating func input(_ order: InputOrder) {
        byte(order.kind.rawValue)
        guard case .hold(let promised) = order else { return }
        string(promised.digest)
        uint32(promised.exitStatus)
        text(promised.refusal)
    }
}

extension InputOrder {
    fileprivate enum Kind: UInt8 {
        case relay = 1
        case discard = 2
        case hold = 3
    }

    fileprivate var kind: Kind {
        switch self {
        case .relay: .relay
        case .discard: .discard
        case .hold: .hold
        }
    }
}
