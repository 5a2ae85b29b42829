import GRDB

/// What each record changes in the tables that lists are read from.
extension RecordAppending {
    func project(_ record: NewAuditRecord, at sequence: Int64) throws {
        switch record.event {
        case .connectionOpened(let opening): try open(opening, record, sequence)
        case .connectionEnded(let end): try endConnection(end, record)
        case .signedIn(let proof): try signIn(proof, record)
        case .sessionOpened(let opening): try open(opening, record, sequence)
        case .decided(let decision): try decide(decision, record)
        case .certificateIssued(let certificate): try issue(certificate, record, sequence)
        case .sessionStarted: try startSession(record)
        case .sessionEnded(let end): try endSession(end, record)
        case .locked(let locking): try lock(locking, record, sequence)
        case .unlocked(let unlocking): try unlock(unlocking)
        case .signInRefused, .notice, .protocolViolation, .processDied, .reloaded, .reloadRefused,
            .terminated, .replayed, .served, .recordingRecovered:
            break
        }
    }

    private func open(
        _ opening: AuditEvent.ConnectionOpened,
        _ record: NewAuditRecord,
        _ sequence: Int64
    ) throws {
        let id = try record.connection()
        try change(
            """
            INSERT INTO connections (sequence, id, peer_address, peer_port, listener, opened_at)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """,
            [
                sequence, id, opening.peerAddress, opening.peerPort, opening.listener,
                record.time.microsecondsSince1970,
            ],
            orRefuse: .connectionAlreadyOpened(id)
        )
    }

    private func signIn(_ proof: AuditEvent.SignedIn, _ record: NewAuditRecord) throws {
        let id = try record.connection()
        try change(
            """
            UPDATE connections SET user_name = ?, principal = ?, on_behalf_of = ?, method = ?,
                fingerprint = ?
            WHERE id = ? AND ended_at IS NULL
            """,
            [
                proof.userName, record.attribution.principal, record.attribution.onBehalfOf,
                proof.method.rawValue, proof.fingerprint, id,
            ],
            orRefuse: .connectionNotOpen(id)
        )
    }

    private func endConnection(
        _ end: AuditEvent.ConnectionEnded,
        _ record: NewAuditRecord
    ) throws {
        let id = try record.connection()
        try change(
            """
            UPDATE connections SET ended_at = ?, cause = ?, detail = ?
            WHERE id = ? AND ended_at IS NULL
            """,
            [record.time.microsecondsSince1970, end.cause.rawValue, end.detail, id],
            orRefuse: .connectionNotOpen(id)
        )
    }

    private func issue(
        _ certificate: AuditEvent.CertificateIssued,
        _ record: NewAuditRecord,
        _ sequence: Int64
    ) throws {
        let about = record.attribution
        try run(
            """
            INSERT INTO certificates (number, authority, sequence, connection, session, principal,
                on_behalf_of, target, login, key_id, fingerprint, valid_after, valid_before,
                purpose, issued_at, local_address, local_port, peer_address, peer_port)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                Int64(certificate.serial.number), certificate.serial.authority, sequence,
                about.connection, about.session, about.principal, about.onBehalfOf, about.target,
                about.login, certificate.keyID, certificate.publicKeyFingerprint,
                certificate.validAfter.microsecondsSince1970,
                certificate.validBefore.microsecondsSince1970, certificate.purpose.rawValue,
                record.time.microsecondsSince1970, certificate.transport?.localAddress,
                certificate.transport?.localPort, certificate.transport?.peerAddress,
                certificate.transport?.peerPort,
            ]
        )
    }

    private func lock(
        _ locking: AuditEvent.Locked,
        _ record: NewAuditRecord,
        _ sequence: Int64
    ) throws {
        // The newer lock counts: it may last longer, or be meant to last less long.
        try run(
            """
            INSERT INTO locks (kind, name, sequence, since, until, "by", reason)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (kind, name) DO UPDATE SET sequence = excluded.sequence,
                since = excluded.since, until = excluded.until, "by" = excluded."by",
                reason = excluded.reason
            """,
            [
                locking.subject.kind, locking.subject.name ?? "", sequence,
                record.time.microsecondsSince1970, locking.until?.microsecondsSince1970, locking.by,
                locking.reason,
            ]
        )
    }

    private func unlock(_ unlocking: AuditEvent.Unlocked) throws {
        try change(
            "DELETE FROM locks WHERE kind = ? AND name = ?",
            [unlocking.subject.kind, unlocking.subject.name ?? ""],
            orRefuse: .notLocked(unlocking.subject)
        )
    }
}
