/// The first line of a recording.
package struct RecordingHeader: Hashable, Sendable {
    package var columns: UInt16
    package var rows: UInt16
    /// Seconds since 1970.
    package var timestamp: Int64
    package var title: String?
    /// The command line as received; no UTF-8 is demanded.
    package var command: [UInt8]?
    /// `TERM`.
    package var terminalType: String?
    /// `SHELL`.
    package var shell: String?
    /// Whether a CR stands in front of every LF that has none of its own: without a terminal.
    package var addsCarriageReturns: Bool
    /// What only our recordings say.
    package var session: RecordedSession?

    /// A header of ours.
    ///
    /// - Parameters:
    ///   - columns: Of the terminal, or 80.
    ///   - rows: Of the terminal, or 24.
    ///   - timestamp: Seconds since 1970.
    ///   - hasTerminal: Whether the client asked for one.
    ///   - session: What was asked for, and by whom.
    package init(
        columns: UInt32 = 80,
        rows: UInt32 = 24,
        timestamp: Int64,
        hasTerminal: Bool,
        session: RecordedSession?
    ) {
        self.columns = UInt16(clamping: max(columns, 1))
        self.rows = UInt16(clamping: max(rows, 1))
        self.timestamp = timestamp
        self.addsCarriageReturns = !hasTerminal
        self.session = session
    }
}

/// What our header says of a session.
package struct RecordedSession: Hashable, Sendable {
    package enum Request: Hashable, Sendable {
        case exec
        case shell
        case subsystem(name: String)
    }

    package var connection: String
    package var session: String
    package var principal: String
    package var onBehalfOf: String?
    package var target: String
    package var login: String
    package var request: Request

    package init(
        connection: String,
        session: String,
        principal: String,
        onBehalfOf: String?,
        target: String,
        login: String,
        request: Request
    ) {
        self.connection = connection
        self.session = session
        self.principal = principal
        self.onBehalfOf = onBehalfOf
        self.target = target
        self.login = login
        self.request = request
    }
}
