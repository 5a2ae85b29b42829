import AuditTrail
import Testing

@Suite struct `an audit record in JSON` {
    @Test(arguments: Golden.events)
    func `has the shape that the format page promises`(event: AuditEvent, payload: String) throws {
        let record = AuditRecord(
            sequence: 7,
            time: Facts.time(0),
            attribution: Attribution(connection: "c-1"),
            event: event
        )
        let line = try CanonicalJSON.line(record)

        #expect(
            line == """
                {"connection":"c-1","event":\(payload),"kind":"\(event.kind.rawValue)",\
                "sequence":7,"time":"2026-07-01T12:00:00.000000Z","version":1}
                """
        )
        #expect(try CanonicalJSON.value(AuditRecord.self, from: line) == record)
    }

    @Test func `has every kind in its golden shapes`() {
        #expect(Set(Golden.events.map(\.0.kind)) == Set(AuditKind.allCases))
    }

    @Test func `of another version is not read`() {
        #expect(throws: StoreError.self) {
            try CanonicalJSON.value(
                AuditRecord.self,
                from: """
                    {"event":{},"kind":"session-started","sequence":7,\
                    "time":"2026-07-01T12:00:00Z","version":2}
                    """
            )
        }
    }
}

/// The payload of each kind, as readers of JSON lines rely on it.
private enum Golden {
    static let events: [(AuditEvent, String)] = connections + sessions + incidents + administration

    private static let connections: [(AuditEvent, String)] = [
        (
            .connectionOpened(.init(peerAddress: "::1", peerPort: 5022, listener: "[::]:22")),
            #"{"listener":"[::]:22","peerAddress":"::1","peerPort":5022}"#
        ),
        (
            .connectionEnded(.init(cause: .keyExchangeFailed, detail: "no common cipher")),
            #"{"cause":"key-exchange-failed","detail":"no common cipher"}"#
        ),
        (
            .signedIn(
                .init(
                    method: .certificate,
                    fingerprint: "SHA256:a/b+",
                    certificate: .init(
                        serial: CertificateSerial(.max),
                        keyID: "alice",
                        authorityFingerprint: "SHA256:ca"
                    ),
                    userName: "deploy@web1"
                )
            ),
            #"{"certificate":{"authorityFingerprint":"SHA256:ca","keyID":"alice","#
                + #""serial":"18446744073709551615"},"fingerprint":"SHA256:a/b+","#
                + #""method":"certificate","userName":"deploy@web1"}"#
        ),
        (
            .signInRefused(.init(reason: "unknown key", userName: "root")),
            #"{"reason":"unknown key","userName":"root"}"#
        ),
    ]

    private static let sessions: [(AuditEvent, String)] = [
        (
            .sessionOpened(
                .init(
                    number: 1,
                    request: .exec,
                    command: RecordedBytes([0xFF]),
                    hasTerminal: true,
                    environment: [.init(name: "LANG", value: RecordedBytes([0x43]))]
                )
            ),
            #"{"command":{"base64":"/w==","text":"\#u{FFFD}"},"environment":[{"name":"LANG","#
                + #""value":{"text":"C"}}],"hasTerminal":true,"number":1,"request":"exec"}"#
        ),
        (
            .decided(
                .init(effect: .deny, reason: "no rule applies", determiningRules: ["r 1"])
            ),
            #"{"determiningRules":["r 1"],"effect":"deny","reason":"no rule applies"}"#
        ),
        (
            .certificateIssued(
                .init(
                    serial: CertificateSerial(authority: 3, number: 9),
                    keyID: "sallyport:v1:session=s-1",
                    publicKeyFingerprint: "SHA256:k",
                    validAfter: Facts.time(-30),
                    validBefore: Facts.time(60),
                    forceCommandDigest: "00",
                    sourceAddress: "192.0.2.1",
                    purpose: .termination,
                    transport: Facts.transport
                )
            ),
            #"{"forceCommandDigest":"00","keyID":"sallyport:v1:session=s-1","#
                + #""publicKeyFingerprint":"SHA256:k","purpose":"termination","#
                + #""serial":"844424930131977","sourceAddress":"192.0.2.1","#
                + #""transport":{"localAddress":"192.0.2.1","localPort":40000,"#
                + #""peerAddress":"192.0.2.10","peerPort":22},"#
                + #""validAfter":"2026-07-01T11:59:30.000000Z","#
                + #""validBefore":"2026-07-01T12:01:00.000000Z"}"#
        ),
        (.sessionStarted, "{}"),
        (
            .sessionEnded(
                .init(
                    cause: .clientClosed,
                    result: .exitSignal(name: "TERM", coreDumped: false, message: ""),
                    remoteEnd: .left(processes: 2),
                    bytes: .init(input: 1, output: 2, error: 3, recorded: 4)
                )
            ),
            #"{"bytes":{"error":3,"input":1,"output":2,"recorded":4},"cause":"client-closed","#
                + #""remoteEnd":{"processes":2,"state":"left"},"#
                + #""result":{"coreDumped":false,"message":"","signal":"TERM"}}"#
        ),
        (
            .sessionEnded(
                .init(cause: .finished, result: .exitStatus(0), remoteEnd: .exited)
            ),
            #"{"cause":"finished","remoteEnd":{"state":"exited"},"result":{"exitStatus":0}}"#
        ),
    ]

    private static let incidents: [(AuditEvent, String)] = [
        (
            .notice(.init(topic: .x11ForwardRefused, detail: "")),
            #"{"detail":"","topic":"x11-forward-refused"}"#
        ),
        (.protocolViolation(.init(detail: "second key")), #"{"detail":"second key"}"#),
        (
            .processDied(.init(process: .session, detail: "signal 11")),
            #"{"detail":"signal 11","process":"session"}"#
        ),
        (.recordingRecovered(.init(bytesCut: 12)), #"{"bytesCut":12}"#),
    ]

    private static let administration: [(AuditEvent, String)] = [
        (
            .locked(
                .init(
                    subject: .principal("agent:copilot"),
                    until: Facts.time(0),
                    by: "human:alice",
                    reason: "drill"
                )
            ),
            #"{"by":"human:alice","reason":"drill","subject":{"kind":"principal","#
                + #""name":"agent:copilot"},"until":"2026-07-01T12:00:00.000000Z"}"#
        ),
        (
            .unlocked(.init(subject: .allAgents, by: "human:alice")),
            #"{"by":"human:alice","subject":{"kind":"all-agents"}}"#
        ),
        (.reloaded(.init(version: 2, digest: "aa")), #"{"digest":"aa","version":2}"#),
        (.reloadRefused(.init(reason: "line 3")), #"{"reason":"line 3"}"#),
        (
            .terminated(.init(by: "human:alice", what: .connection)),
            #"{"by":"human:alice","what":"connection"}"#
        ),
        (.replayed(.init(by: "human:alice")), #"{"by":"human:alice"}"#),
        (.served(.init(state: .started)), #"{"state":"started"}"#),
    ]
}
