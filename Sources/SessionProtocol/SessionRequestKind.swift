/// The first byte of a message from a session process.
package enum SessionRequestKind: UInt8, Hashable, Sendable, CaseIterable {
    case ready = 1
    case startFailed = 2
    case signExchangeHash = 3
    case offerKey = 4
    case signIn = 5
    case openSession = 6
    case proveHostKey = 7
    case signUserAuthentication = 8
    case targetLost = 9
    case started = 10
    case notice = 11
    case signal = 12
    case sessionEnded = 13
    case performed = 14
    case connectionEnded = 15
}

extension SessionRequest {
    package var kind: SessionRequestKind {
        switch self {
        case .ready: .ready
        case .startFailed: .startFailed
        case .signExchangeHash: .signExchangeHash
        case .offerKey: .offerKey
        case .signIn: .signIn
        case .openSession: .openSession
        case .proveHostKey: .proveHostKey
        case .signUserAuthentication: .signUserAuthentication
        case .targetLost: .targetLost
        case .started: .started
        case .notice: .notice
        case .signal: .signal
        case .sessionEnded: .sessionEnded
        case .performed: .performed
        case .connectionEnded: .connectionEnded
        }
    }

    /// The session that the message is about, where it is about one.
    package var session: SessionNumber? {
        switch self {
        case .openSession(let opening): opening.number
        case .proveHostKey(let proof): proof.number
        case .sessionEnded(let report): report.number
        case .signUserAuthentication(let number, _), .targetLost(let number, _, _),
            .started(let number), .signal(let number, _):
            number
        case .ready, .startFailed, .signExchangeHash, .offerKey, .signIn, .notice, .performed,
            .connectionEnded:
            nil
        }
    }
}
