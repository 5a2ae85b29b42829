import SSHWire

@testable import SessionProtocol

/// One message of each kind at least: for tests, and for the fuzzer to begin with.
enum SampleMessages {
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
                sessionIdleSeconds: 0,
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

    static let deciderOrders: [DeciderOrder] = [.load(version: 3), .decide(question)]

    static let deciderReports: [DeciderReport] = [
        .loaded(version: 3), .loadFailed(reason: "x"), .answer(answer),
    ]

    static let bundle = SnapshotBundle(files: [
        .init(.inventory, path: "inventory.yaml", bytes: Array("principals:\n".utf8)),
        .init(.rules, path: "policies/a.yaml", bytes: []),
    ])

    private static let question = DecisionQuestion(
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

    private static let answer = DecisionAnswer(
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
}
