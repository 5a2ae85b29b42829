/// What a session process said that the table does not permit.
package enum ProtocolViolation: Error, Hashable, Sendable, CustomStringConvertible {
    case notPermitted(SessionRequestKind, in: ConnectionPhase)
    case notPermittedForSession(SessionRequestKind, in: SessionPhase)
    case unknownSession(SessionRequestKind, SessionNumber)
    case tooOften(SessionRequestKind, limit: Int)

    package var description: String {
        switch self {
        case .notPermitted(let kind, let phase):
            "`\(kind)` is not permitted while the connection is in phase `\(phase)`"
        case .notPermittedForSession(let kind, let phase):
            "`\(kind)` is not permitted while the session is in phase `\(phase)`"
        case .unknownSession(let kind, let number):
            "`\(kind)` names session \(number.value), which is not open"
        case .tooOften(let kind, let limit):
            "`\(kind)` came more often than \(limit) times"
        }
    }
}

/// Counts the messages of one session process and admits only what the table permits.
package struct ProtocolLedger: Sendable {
    package var connection = ConnectionPhase.starting
    private var sessions: [SessionNumber: SessionPhase] = [:]
    private var counts: [SessionRequestKind: Int] = [:]
    private var sessionCounts: [SessionNumber: [SessionRequestKind: Int]] = [:]

    package init() {}

    /// Goes on where another one was, of which `counts` says how often each message came.
    package init(_ connection: ConnectionPhase, counts: [SessionRequestKind: Int]) {
        self.connection = connection
        self.counts = counts
    }

    /// How often each message came that names no session.
    package var messageCounts: [SessionRequestKind: Int] { counts }

    /// How often each message came that names this one.
    package func messageCounts(of number: SessionNumber) -> [SessionRequestKind: Int] {
        sessionCounts[number] ?? [:]
    }

    /// Another ledger's session goes on in this one.
    package mutating func resumed(
        _ number: SessionNumber,
        in phase: SessionPhase,
        counts: [SessionRequestKind: Int]
    ) {
        sessions[number] = phase
        sessionCounts[number] = counts
    }

    /// The phase of a session; nil once it is closed.
    package subscript(_ number: SessionNumber) -> SessionPhase? { sessions[number] }

    package var openSessions: Int { sessions.count }

    /// A session came to another phase.
    package mutating func moved(_ number: SessionNumber, to phase: SessionPhase) {
        sessions[number] = phase
    }

    package mutating func closed(_ number: SessionNumber) {
        sessions[number] = nil
        sessionCounts[number] = nil
    }

    /// Counts a message, or throws where the table does not permit it now.
    package mutating func admit(
        _ kind: SessionRequestKind,
        session: SessionNumber?
    ) throws(ProtocolViolation) {
        let row = ProtocolTable.row(kind)
        guard row.connection.contains(connection) else {
            throw .notPermitted(kind, in: connection)
        }
        guard let phases = row.session, let session else {
            counts[kind, default: 0] += 1
            guard counts[kind, default: 0] <= row.atMost else {
                throw .tooOften(kind, limit: row.atMost)
            }
            return
        }
        guard let phase = sessions[session] else { throw .unknownSession(kind, session) }
        guard phases.contains(phase) else { throw .notPermittedForSession(kind, in: phase) }
        sessionCounts[session, default: [:]][kind, default: 0] += 1
        guard sessionCounts[session]?[kind] ?? 0 <= row.atMost else {
            throw .tooOften(kind, limit: row.atMost)
        }
    }
}
