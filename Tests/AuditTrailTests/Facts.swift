import AuditTrail

/// Facts for tests: the shortest way to say that something happened.
enum Facts {
    static let alice = "human:alice"

    /// The second of a quiet day.
    static func time(_ second: Int64) -> Timestamp {
        Timestamp(microsecondsSince1970: 1_782_907_200_000_000 + second * 1_000_000)
    }

    static func connectionOpened(
        _ id: String,
        from address: String = "192.0.2.7",
        at second: Int64 = 0
    ) -> NewAuditRecord {
        NewAuditRecord(
            time: time(second),
            attribution: Attribution(connection: id),
            event: .connectionOpened(
                AuditEvent.ConnectionOpened(
                    peerAddress: address,
                    peerPort: 50_022,
                    listener: "0.0.0.0:2222"
                )
            )
        )
    }

    static func signedIn(
        _ id: String,
        _ principal: String = alice,
        onBehalfOf human: String? = nil,
        at second: Int64 = 1
    ) -> NewAuditRecord {
        NewAuditRecord(
            time: time(second),
            attribution: Attribution(connection: id, principal: principal, onBehalfOf: human),
            event: .signedIn(
                AuditEvent.SignedIn(
                    method: .publicKey,
                    fingerprint: "SHA256:abc",
                    userName: "deploy@web1"
                )
            )
        )
    }

    static func connectionEnded(_ id: String, at second: Int64 = 9) -> NewAuditRecord {
        NewAuditRecord(
            time: time(second),
            attribution: Attribution(connection: id, principal: alice),
            event: .connectionEnded(AuditEvent.ConnectionEnded(cause: .clientClosed))
        )
    }

    static func sessionOpened(
        _ id: String,
        in connection: String,
        by principal: String = alice,
        onBehalfOf human: String? = nil,
        on target: String = "web1",
        command: [UInt8] = Array("uptime".utf8),
        at second: Int64 = 2
    ) -> NewAuditRecord {
        NewAuditRecord(
            time: time(second),
            attribution: Attribution(
                connection: connection,
                session: id,
                principal: principal,
                onBehalfOf: human,
                target: target,
                login: "deploy"
            ),
            event: .sessionOpened(
                AuditEvent.SessionOpened(
                    number: 1,
                    request: .exec,
                    command: RecordedBytes(command),
                    hasTerminal: false,
                    environment: []
                )
            )
        )
    }

    static func about(session id: String, _ event: AuditEvent, at second: Int64 = 3)
        -> NewAuditRecord
    {
        NewAuditRecord(
            time: time(second),
            attribution: Attribution(session: id, principal: alice, target: "web1"),
            event: event
        )
    }

    static func permitted(_ id: String) -> NewAuditRecord {
        about(
            session: id,
            .decided(
                AuditEvent.Decided(
                    effect: .permit,
                    reason: "granted",
                    determiningRules: ["grant 1"],
                    recording: "2026/07/01/\(id).cast"
                )
            )
        )
    }

    static func sessionEnded(
        _ id: String,
        recordingBytes: UInt64? = nil,
        at second: Int64 = 8
    ) -> NewAuditRecord {
        about(
            session: id,
            .sessionEnded(
                AuditEvent.SessionEnded(
                    cause: .finished,
                    result: .exitStatus(3),
                    remoteEnd: .exited,
                    recordingBytes: recordingBytes
                )
            ),
            at: second
        )
    }

    /// From port 40000 of the bastion to web1.
    static let transport = TransportEnds(
        localAddress: "192.0.2.1",
        localPort: 40_000,
        peerAddress: "192.0.2.10",
        peerPort: 22
    )

    static func certificate(
        authority: UInt16 = 1,
        session: String? = nil,
        for purpose: AuditEvent.CertificateIssued.Purpose = .session,
        over transport: TransportEnds? = transport
    ) -> NewAuditRecord {
        NewAuditRecord(
            time: time(4),
            attribution: Attribution(session: session, principal: alice, target: "web1"),
            event: .certificateIssued(
                AuditEvent.CertificateIssued(
                    serial: .unnumbered(authority: authority),
                    keyID: "sallyport:v1:principal=human",
                    publicKeyFingerprint: "SHA256:def",
                    validAfter: time(-30),
                    validBefore: time(60),
                    forceCommandDigest: "00ff",
                    sourceAddress: "192.0.2.1",
                    purpose: purpose,
                    transport: transport
                )
            )
        )
    }

    static func locked(_ subject: LockSubject, until: Timestamp? = nil) -> NewAuditRecord {
        NewAuditRecord(
            time: time(5),
            attribution: Attribution(),
            event: .locked(
                AuditEvent.Locked(subject: subject, until: until, by: alice, reason: "drill")
            )
        )
    }

    static func unlocked(_ subject: LockSubject) -> NewAuditRecord {
        NewAuditRecord(
            time: time(6),
            attribution: Attribution(),
            event: .unlocked(AuditEvent.Unlocked(subject: subject, by: alice))
        )
    }

    /// A record that stands for itself.
    static func notice(_ detail: String, at second: Int64 = 0) -> NewAuditRecord {
        NewAuditRecord(
            time: time(second),
            attribution: Attribution(connection: "c-any"),
            event: .notice(AuditEvent.Notice(topic: .agentForwardRefused, detail: detail))
        )
    }
}
