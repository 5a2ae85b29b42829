import Foundation
import GRDB

extension AuditRecord {
    init(row: RowReader) throws {
        let sequence = try row.value("sequence", Int64.self)
        guard try row.value("version", Int.self) == AuditEvent.version else {
            throw row.unreadable("version")
        }
        self.init(
            sequence: sequence,
            time: try row.time("time"),
            attribution: Attribution(
                connection: try row.optional("connection"),
                session: try row.optional("session"),
                principal: try row.optional("principal"),
                onBehalfOf: try row.optional("on_behalf_of"),
                target: try row.optional("target"),
                login: try row.optional("login")
            ),
            event: try CanonicalJSON.event(
                row.word("kind"),
                from: row.value("payload", Data.self),
                sequence: sequence
            )
        )
    }
}

extension RecordedBytes {
    /// What lists show of a command.
    var listed: Data { Data(prefix(AuditLimits.listedCommandBytes).bytes) }
}

extension SessionEntry {
    init(row: RowReader) throws {
        let endedAt = try row.optionalTime("ended_at")
        self.init(
            id: try row.value("id"),
            sequence: try row.value("sequence"),
            connection: try row.value("connection"),
            number: try row.value("number"),
            principal: try row.value("principal"),
            onBehalfOf: try row.optional("on_behalf_of"),
            target: try row.optional("target"),
            login: try row.optional("login"),
            request: try row.word("request"),
            command: RecordedBytes(Array(try row.value("command", Data.self))),
            commandBytes: try row.value("command_bytes"),
            hasTerminal: try row.value("has_terminal"),
            effect: try row.optionalWord("effect"),
            recording: try row.optional("recording"),
            openedAt: try row.time("opened_at"),
            startedAt: try row.optionalTime("started_at"),
            endedAt: endedAt,
            isLive: endedAt == nil,
            cause: try row.optionalWord("cause"),
            result: try AuditEvent.ProgramResult(row: row),
            remoteEnd: try AuditEvent.RemoteEnd(row: row)
        )
    }
}

extension AuditEvent.ProgramResult {
    fileprivate init?(row: RowReader) throws {
        if let status = try row.optional("exit_status", UInt32.self) {
            self = .exitStatus(status)
            return
        }
        guard let name = try row.optional("exit_signal", String.self) else { return nil }
        self = .exitSignal(
            name: name,
            coreDumped: try row.value("core_dumped"),
            message: try row.value("exit_message")
        )
    }
}

extension AuditEvent.RemoteEnd {
    fileprivate init?(row: RowReader) throws {
        guard let state = try row.optional("remote_end", String.self) else { return nil }
        let processes = try row.optional("remote_processes", UInt32.self)
        guard let end = Self(state: state, processes: processes) else {
            throw row.unreadable("remote_end")
        }
        self = end
    }
}

extension ConnectionEntry {
    init(row: RowReader) throws {
        let endedAt = try row.optionalTime("ended_at")
        self.init(
            id: try row.value("id"),
            sequence: try row.value("sequence"),
            peerAddress: try row.value("peer_address"),
            peerPort: try row.value("peer_port"),
            listener: try row.value("listener"),
            userName: try row.optional("user_name"),
            principal: try row.optional("principal"),
            onBehalfOf: try row.optional("on_behalf_of"),
            method: try row.optionalWord("method"),
            fingerprint: try row.optional("fingerprint"),
            openedAt: try row.time("opened_at"),
            endedAt: endedAt,
            isLive: endedAt == nil,
            cause: try row.optionalWord("cause"),
            detail: try row.optional("detail")
        )
    }
}

extension CertificateEntry {
    init(row: RowReader) throws {
        let number = try row.value("number", UInt64.self)
        guard number <= CertificateSerial.maximumNumber else { throw row.unreadable("number") }
        self.init(
            serial: CertificateSerial(authority: try row.value("authority"), number: number),
            sequence: try row.value("sequence"),
            connection: try row.optional("connection"),
            session: try row.optional("session"),
            principal: try row.optional("principal"),
            onBehalfOf: try row.optional("on_behalf_of"),
            target: try row.optional("target"),
            login: try row.optional("login"),
            keyID: try row.value("key_id"),
            publicKeyFingerprint: try row.value("fingerprint"),
            validAfter: try row.time("valid_after"),
            validBefore: try row.time("valid_before"),
            purpose: try row.word("purpose"),
            issuedAt: try row.time("issued_at"),
            transport: try TransportEnds(row: row)
        )
    }
}

extension TransportEnds {
    fileprivate init?(row: RowReader) throws {
        guard let localAddress = try row.optional("local_address", String.self) else { return nil }
        self.init(
            localAddress: localAddress,
            localPort: try row.value("local_port"),
            peerAddress: try row.value("peer_address"),
            peerPort: try row.value("peer_port")
        )
    }
}

extension LockEntry {
    init(row: RowReader) throws {
        let kind = try row.value("kind", String.self)
        let name = try row.value("name", String.self)
        guard let subject = LockSubject(kind: kind, name: name.isEmpty ? nil : name) else {
            throw row.unreadable("kind")
        }
        self.init(
            subject: subject,
            sequence: try row.value("sequence"),
            since: try row.time("since"),
            until: try row.optionalTime("until"),
            by: try row.value("by"),
            reason: try row.value("reason")
        )
    }
}
