import GRDB

/// The life of a session in the table of sessions.
extension RecordAppending {
    func open(
        _ opening: AuditEvent.SessionOpened,
        _ record: NewAuditRecord,
        _ sequence: Int64
    ) throws {
        let id = try record.session()
        let connection = try record.connection()
        guard try isOpen(connection) else { throw RecordRefusal.connectionNotOpen(connection) }
        let about = record.attribution
        try change(
            """
            INSERT INTO sessions (sequence, id, connection, number, principal, on_behalf_of,
                target, login, request, command, command_bytes, has_terminal, opened_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
            """,
            [
                sequence, id, connection, opening.number, try record.principal(),
                about.onBehalfOf, about.target, about.login, opening.request.rawValue,
                opening.command.listed, opening.command.bytes.count, opening.hasTerminal,
                record.time.microsecondsSince1970,
            ],
            orRefuse: .sessionAlreadyOpened(id)
        )
    }

    func decide(_ decision: AuditEvent.Decided, _ record: NewAuditRecord) throws {
        let id = try record.session()
        try change(
            """
            UPDATE sessions SET effect = ?, recording = coalesce(?, recording)
            WHERE id = ? AND ended_at IS NULL
            """,
            [decision.effect.rawValue, decision.recording, id],
            orRefuse: .sessionNotOpen(id)
        )
    }

    func startSession(_ record: NewAuditRecord) throws {
        let id = try record.session()
        try change(
            """
            UPDATE sessions SET started_at = ?
            WHERE id = ? AND ended_at IS NULL AND started_at IS NULL
            """,
            [record.time.microsecondsSince1970, id],
            orRefuse: .sessionNotOpen(id)
        )
    }

    func endSession(_ end: AuditEvent.SessionEnded, _ record: NewAuditRecord) throws {
        let id = try record.session()
        let result = end.result?.columns
        try change(
            """
            UPDATE sessions SET ended_at = ?, cause = ?, exit_status = ?, exit_signal = ?,
                core_dumped = ?, exit_message = ?, remote_end = ?, remote_processes = ?
            WHERE id = ? AND ended_at IS NULL
            """,
            [
                record.time.microsecondsSince1970, end.cause.rawValue, result?.status,
                result?.signal, result?.coreDumped, result?.message, end.remoteEnd?.state.rawValue,
                end.remoteEnd?.processes, id,
            ],
            orRefuse: .sessionNotOpen(id)
        )
    }

    private func isOpen(_ connection: String) throws -> Bool {
        try Bool.fetchOne(
            database.cachedStatement(
                sql: "SELECT 1 FROM connections WHERE id = ? AND ended_at IS NULL"
            ),
            arguments: StatementArguments(whole: [connection])
        ) ?? false
    }
}

extension AuditEvent.ProgramResult {
    /// The columns of a result: a status, or all that a signal has.
    fileprivate var columns: (status: UInt32?, signal: String?, coreDumped: Bool?, message: String?)
    {
        switch self {
        case .exitStatus(let status): (status, nil, nil, nil)
        case .exitSignal(let name, let coreDumped, let message): (nil, name, coreDumped, message)
        }
    }
}
