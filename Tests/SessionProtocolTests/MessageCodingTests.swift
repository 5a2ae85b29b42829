import SSHWire
import Testing

@testable import SessionProtocol

@Suite struct `messages between the processes` {
    static let transport = TransportOrder(
        login: "deploy",
        hostKeyAlgorithms: ["ssh-ed25519"],
        rekeyBytes: 1 << 30,
        rekeySeconds: 3600,
        keepaliveSeconds: 30,
        setupSeconds: 20
    )

    static let requests: [SessionRequest] = [
        .ready(version: 1, library: "0.10.6"),
        .startFailed(reason: "no seam"),
        .signExchangeHash([UInt8](repeating: 7, count: 32)),
        .offerKey(user: "deploy@web1", algorithm: "ssh-ed25519", keyBlob: [1, 2, 3]),
        .signIn(
            SignInProof(
                user: "u",
                algorithm: "a",
                keyBlob: [1],
                signature: [2, 3],
                authenticator: nil
            )
        ),
        .signIn(
            SignInProof(
                user: "u",
                algorithm: "a",
                keyBlob: [1],
                signature: [2, 3],
                authenticator: .init(flags: 5, counter: 9)
            )
        ),
        .openSession(
            SessionOpening(
                number: SessionNumber(3),
                program: .exec(commandLine: [0xff, 0, 0x41]),
                terminal: TerminalRequest(type: "xterm", columns: 80, rows: 24),
                environment: [EnvironmentVariable(name: "LANG", value: [0x43])]
            )
        ),
        .openSession(
            SessionOpening(
                number: SessionNumber(4),
                program: .subsystem(name: "sftp"),
                terminal: nil,
                environment: []
            )
        ),
        .openSession(
            SessionOpening(
                number: SessionNumber(5),
                program: .shell,
                terminal: nil,
                environment: []
            )
        ),
        .proveHostKey(
            HostKeyProof(
                number: SessionNumber(1),
                keyBlob: [1],
                algorithm: "ssh-ed25519",
                exchangeHash: [2],
                signature: [3]
            )
        ),
        .signUserAuthentication(number: SessionNumber(1), request: [9, 9]),
        .targetLost(number: SessionNumber(1), phase: .authentication, reason: "refused"),
        .started(number: SessionNumber(1)),
        .notice(.x11ForwardRefused, detail: ""),
        .signal(number: SessionNumber(1), name: "TERM"),
        .sessionEnded(
            SessionReport(
                number: SessionNumber(1),
                cause: .finished,
                result: .exitSignal(name: "KILL", coreDumped: true, message: "m"),
                inputBytes: 1,
                outputBytes: 2,
                errorBytes: 3,
                recordedBytes: 4
            )
        ),
        .performed(result: .exitStatus(3), output: [1, 2]),
        .performed(result: .none, output: []),
        .connectionEnded(.idle, detail: "d"),
    ]

    static let orders: [SessionOrder] = [
        .serve(
            ServeOrder(
                connection: "c-1",
                hostKey: [1],
                loginGraceSeconds: 60,
                signInTries: 6,
                sessionsAtOnce: 64,
                keepaliveSeconds: 30,
                idleSeconds: 0,
                rekeyBytes: 1,
                rekeySeconds: 2
            )
        ),
        .exchangeHashSignature([1]),
        .keyOfferAnswer(isAccepted: true),
        .signInAnswer(isAccepted: false),
        .permit(
            SessionPermit(
                number: SessionNumber(1),
                session: "s-1",
                transport: transport,
                recording: RecordingOrder(
                    isStrict: true,
                    recordsInput: false,
                    maximumBytes: 5,
                    overflow: .digest,
                    content: .files,
                    startNanoseconds: 8
                ),
                input: .hold(
                    PromisedInput(digest: [1], exitStatus: 77, refusal: "another input")
                )
            )
        ),
        .notify(number: SessionNumber(1), text: "wait"),
        .refuse(number: SessionNumber(1), exitStatus: 77, text: "no"),
        .certificate(number: SessionNumber(1), blob: [1], publicKey: [2]),
        .userAuthenticationSignature(number: SessionNumber(1), signature: [1]),
        .retry(number: SessionNumber(1)),
        .endSession(number: SessionNumber(1), text: "locked"),
        .endConnection(text: "terminated"),
        .perform(transport, .exec(commandLine: [115]), input: [49, 10]),
        .perform(transport, .subsystem(name: "sftp"), input: []),
    ]

    @Test(arguments: requests)
    func `come out of their encoding as they went in`(_ request: SessionRequest) throws {
        #expect(try SessionRequest(decoding: request.encoded()) == request)
    }

    @Test(arguments: orders)
    func `from the authority come out as they went in`(_ order: SessionOrder) throws {
        #expect(try SessionOrder(decoding: order.encoded()) == order)
    }

    @Test func `cover every kind`() {
        #expect(Set(Self.requests.map(\.kind)) == Set(SessionRequestKind.allCases))
        #expect(Set(Self.orders.map(\.kind)) == Set(SessionOrderKind.allCases))
    }

    @Test(arguments: requests)
    func `are refused cut short at any byte`(_ request: SessionRequest) {
        let bytes = request.encoded()
        for end in 0..<bytes.count {
            #expect(throws: WireError.self) { try SessionRequest(decoding: bytes[..<end]) }
        }
    }

    @Test func `are refused with a byte too many`() {
        let bytes = SessionRequest.started(number: SessionNumber(1)).encoded() + [0]
        #expect(throws: WireError.trailingBytes(count: 1)) {
            try SessionRequest(decoding: bytes)
        }
    }

    @Test func `bring a command line of the limit, and none above it`() throws {
        func opening(_ count: Int) -> [UInt8] {
            SessionRequest.openSession(
                SessionOpening(
                    number: SessionNumber(1),
                    program: .exec(commandLine: [UInt8](repeating: 65, count: count)),
                    terminal: nil,
                    environment: []
                )
            ).encoded()
        }
        _ = try SessionRequest(decoding: opening(FieldLimits.commandLine))
        #expect(throws: WireError.tooLong(field: "command line", limit: 98_304)) {
            try SessionRequest(decoding: opening(FieldLimits.commandLine + 1))
        }
    }

    @Test func `about decisions come out as they went in`() throws {
        let question = DecisionQuestion(
            number: 7,
            digest: [UInt8](repeating: 1, count: 32),
            principal: "agent:copilot",
            onBehalfOf: "human:alice",
            roles: ["runbook"],
            target: "web1",
            login: "deploy",
            program: .exec(commandLine: [0x69, 0x64]),
            hasTerminal: true,
            environment: [EnvironmentVariable(name: "TZ", value: [])],
            input: .unknown,
            claims: [ClientClaim(name: "ticket", value: "CHG-1")],
            sourceAddress: "192.0.2.1",
            unixSeconds: 1
        )
        for order in [DeciderOrder.load(version: 3), .decide(question)] {
            #expect(try DeciderOrder(decoding: order.encoded()) == order)
        }
        let answer = DecisionAnswer(
            number: 7,
            digest: [1],
            effect: .deny,
            determiningRules: ["a"],
            obligations: [.approval(quorum: 1, roles: ["sre"]), .masking, .timeLimit(seconds: 7)],
            reason: "no grant",
            judged: [
                JudgedPart(
                    effect: .review,
                    action: "file.write x",
                    rules: ["b"],
                    undecidedRules: ["c"],
                    reason: "d",
                    instead: nil,
                    place: CommandPlace(start: 1, end: 2)
                )
            ],
            place: CommandPlace(start: 0, end: 9),
            actions: ["file.write x"],
            mode: .observe,
            observation: DecisionAnswer.Observation(effect: .deny, reason: "e"),
            ignoresInput: true
        )
        for report in [DeciderReport.loaded(version: 3), .loadFailed(reason: "x"), .answer(answer)]
        {
            #expect(try DeciderReport(decoding: report.encoded()) == report)
        }
    }
}

@Suite struct `a session to be opened` {
    private func opening(_ values: [Int]) -> [UInt8] {
        SessionRequest.openSession(
            SessionOpening(
                number: SessionNumber(1),
                program: .exec(commandLine: [UInt8](repeating: 65, count: FieldLimits.commandLine)),
                terminal: nil,
                environment: values.map {
                    EnvironmentVariable(name: "N", value: [UInt8](repeating: 65, count: $0))
                }
            )
        ).encoded()
    }

    @Test func `fits a message with command line and environment at their limits`() throws {
        let full = opening([Int](repeating: FieldLimits.environmentValue - 1, count: 16))
        #expect(full.count <= FieldLimits.message)
        _ = try SessionRequest(decoding: full)
    }

    @Test func `is refused with an environment above its limit as a whole`() {
        let values = [Int](repeating: FieldLimits.environmentValue - 1, count: 16)
        #expect(throws: WireError.tooLong(field: "environment", limit: 65_536)) {
            try SessionRequest(decoding: opening(values + [0]))
        }
    }
}
