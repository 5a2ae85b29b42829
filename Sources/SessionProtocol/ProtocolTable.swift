/// What a connection is doing, as the authority sees it.
package enum ConnectionPhase: Hashable, Sendable, CaseIterable {
    /// The process was spawned and is not ready.
    case starting
    /// A started process that waits for an order.
    case spare
    /// It serves a client that has not signed in.
    case signingIn
    case signedIn
    /// It has no client and runs one command on a target.
    case performing
    /// It said its last word.
    case ended
}

/// What a session is doing, as the authority sees it.
package enum SessionPhase: Hashable, Sendable, CaseIterable {
    /// Asked for; the decision, the records and the target's socket are on their way.
    case deciding
    /// The process has the target's socket and must prove the host key.
    case connecting
    /// The host key is proved, the certificate is handed over, its signature is not.
    case proved
    /// The one signature of the certificate's key is given.
    case signed
    case running
    /// Told to end, not reported as ended yet.
    case ending
}

/// One row of the table: when a message from a session process is permitted, and how often.
package struct ProtocolRow: Hashable, Sendable {
    package let connection: Set<ConnectionPhase>
    /// The phases of the session that the message names; nil where it names none.
    package let session: Set<SessionPhase>?
    /// Counted for the connection, or for the session where the message names one.
    package let atMost: Int
}

/// The order of the conversation between the authority and a session process.
package enum ProtocolTable {
    package static let version: UInt32 = 1

    /// The row of a message.
    ///
    /// What the table does not permit ends the process, audited.
    package static func row(_ kind: SessionRequestKind) -> ProtocolRow {
        switch kind {
        case .ready: connection([.starting], 1)
        case .startFailed: connection([.starting], 1)
        case .signExchangeHash: connection([.signingIn, .signedIn], 100_000)
        case .offerKey: connection([.signingIn], 64)
        case .signIn: connection([.signingIn], 64)
        case .openSession:
            // The session is new, so it has no phase; how many at once is a setting.
            connection([.signedIn], 1_000_000)
        case .proveHostKey: session([.connecting, .ending], 8)
        case .signUserAuthentication: session([.proved, .ending], 8)
        case .targetLost: session([.connecting, .proved, .signed, .ending], 8)
        case .started: session([.signed, .ending], 1)
        case .notice: connection([.signingIn, .signedIn], 10_000)
        case .signal: session([.running, .ending], 1000)
        case .sessionEnded:
            session([.deciding, .connecting, .proved, .signed, .running, .ending], 1)
        case .performed: connection([.performing], 1)
        case .connectionEnded: connection([.signingIn, .signedIn, .performing], 1)
        }
    }

    private static func connection(_ phases: Set<ConnectionPhase>, _ atMost: Int) -> ProtocolRow {
        ProtocolRow(connection: phases, session: nil, atMost: atMost)
    }

    private static func session(_ phases: Set<SessionPhase>, _ atMost: Int) -> ProtocolRow {
        ProtocolRow(connection: [.signedIn, .performing], session: phases, atMost: atMost)
    }
}
