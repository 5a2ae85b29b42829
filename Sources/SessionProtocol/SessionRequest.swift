/// Number of a session within its connection, chosen by the session process.
package struct SessionNumber: Hashable, Sendable {
    package let value: UInt32

    package init(_ value: UInt32) { self.value = value }
}

/// A variable that the client asked to set with an `env` request (RFC 4254 §6.4).
package struct EnvironmentVariable: Hashable, Sendable {
    package let name: String
    package let value: [UInt8]

    package init(name: String, value: [UInt8]) {
        self.name = name
        self.value = value
    }
}

/// What a `pty-req` asked for (RFC 4254 §6.2), without the modes, which libssh keeps to itself.
package struct TerminalRequest: Hashable, Sendable {
    package var type: String
    package var columns: UInt32
    package var rows: UInt32

    package init(type: String, columns: UInt32, rows: UInt32) {
        self.type = type
        self.columns = columns
        self.rows = rows
    }
}

/// What is to run on the target (RFC 4254 §6.5).
package enum ProgramRequest: Hashable, Sendable {
    case exec(commandLine: [UInt8])
    case shell
    case subsystem(name: String)
}

/// A session channel that the client wants to use, as the session process asks for it.
package struct SessionOpening: Hashable, Sendable {
    package let number: SessionNumber
    package let program: ProgramRequest
    package let terminal: TerminalRequest?
    package let environment: [EnvironmentVariable]

    package init(
        number: SessionNumber,
        program: ProgramRequest,
        terminal: TerminalRequest?,
        environment: [EnvironmentVariable]
    ) {
        self.number = number
        self.program = program
        self.terminal = terminal
        self.environment = environment
    }
}

/// The verified signature of a client's `publickey` request (RFC 4252 §7), without the signed bytes:
/// the authority makes those itself from the session identifier that it signed.
package struct SignInProof: Hashable, Sendable {
    /// What a security key adds to the bytes that it signs.
    package struct Authenticator: Hashable, Sendable {
        package let flags: UInt8
        package let counter: UInt32

        package init(flags: UInt8, counter: UInt32) {
            self.flags = flags
            self.counter = counter
        }
    }

    package let user: String
    package let algorithm: String
    package let keyBlob: [UInt8]
    /// As libcrypto took it: ECDSA in DER, all others raw.
    package let signature: [UInt8]
    package let authenticator: Authenticator?

    package init(
        user: String,
        algorithm: String,
        keyBlob: [UInt8],
        signature: [UInt8],
        authenticator: Authenticator?
    ) {
        self.user = user
        self.algorithm = algorithm
        self.keyBlob = keyBlob
        self.signature = signature
        self.authenticator = authenticator
    }
}

/// The verified host key signature of a target over the exchange hash of its first key exchange.
package struct HostKeyProof: Hashable, Sendable {
    package let number: SessionNumber
    package let keyBlob: [UInt8]
    package let algorithm: String
    package let exchangeHash: [UInt8]
    /// As libcrypto took it: ECDSA in DER, all others raw.
    package let signature: [UInt8]

    package init(
        number: SessionNumber,
        keyBlob: [UInt8],
        algorithm: String,
        exchangeHash: [UInt8],
        signature: [UInt8]
    ) {
        self.number = number
        self.keyBlob = keyBlob
        self.algorithm = algorithm
        self.exchangeHash = exchangeHash
        self.signature = signature
    }
}

/// How far a transport to a target came before it was lost.
package enum OutboundPhase: UInt8, Hashable, Sendable, CaseIterable {
    case keyExchange = 1
    case authentication = 2
    /// The target accepted the certificate, and refused the channel, the terminal or the command.
    case channel = 3
    /// The connection broke while the certificate was shown: it is neither taken nor refused.
    case unanswered = 4
}

/// Something the client tried that is refused, or that an auditor should know of.
package enum NoticeKind: UInt8, Hashable, Sendable, CaseIterable {
    case directForwardRefused = 1
    case remoteForwardRefused = 2
    case agentForwardRefused = 3
    case x11ForwardRefused = 4
    case unknownRequestRefused = 5
    case environmentRefused = 6
    case loginGraceExceeded = 7
    case tooManyTries = 8
    case userNameChanged = 9
    case tooManySessions = 10
    case recordingLimitReached = 11
    case commandLineTooLong = 12
    case recordingFailed = 13
    case userNameTooLong = 14
    case signatureRefused = 15
}

/// What the remote program left behind (RFC 4254 §6.10).
package enum ProgramResult: Hashable, Sendable {
    case exitStatus(UInt32)
    /// `name` without `SIG`.
    case exitSignal(name: String, coreDumped: Bool, message: String)
    /// The session ended before the program did, or before it was known to.
    case none
}

/// Why a session ended.
package enum SessionEndCause: UInt8, Hashable, Sendable, CaseIterable {
    /// The program ended and everything it wrote was handed on.
    case finished = 1
    case clientClosed = 2
    case targetLost = 3
    case recordingFailed = 4
    case recordingLimit = 5
    /// The authority asked for it.
    case terminated = 6
    /// The target could not be reached, proved or signed in to.
    case notStarted = 7
    /// The client left keepalives unanswered.
    case clientSilent = 8
    /// The target did.
    case targetSilent = 9
    /// The client sent another input than it promised.
    case inputRefused = 10
    /// Nothing crossed it for too long.
    case idle = 11

    /// As the audit trail and recordings spell it.
    package var name: String {
        switch self {
        case .finished: "finished"
        case .clientClosed: "client-closed"
        case .targetLost: "target-lost"
        case .recordingFailed: "recording-failed"
        case .recordingLimit: "recording-limit"
        case .terminated: "terminated"
        case .notStarted: "not-started"
        case .clientSilent: "client-silent"
        case .targetSilent: "target-silent"
        case .inputRefused: "input-refused"
        case .idle: "idle"
        }
    }
}

/// The last word of a session process about a session.
package struct SessionReport: Hashable, Sendable {
    package let number: SessionNumber
    package let cause: SessionEndCause
    package let result: ProgramResult
    /// Bytes from the client to the program.
    package let inputBytes: UInt64
    /// Bytes from the program's standard output to the client.
    package let outputBytes: UInt64
    package let errorBytes: UInt64
    package let recordedBytes: UInt64

    package init(
        number: SessionNumber,
        cause: SessionEndCause,
        result: ProgramResult,
        inputBytes: UInt64,
        outputBytes: UInt64,
        errorBytes: UInt64,
        recordedBytes: UInt64
    ) {
        self.number = number
        self.cause = cause
        self.result = result
        self.inputBytes = inputBytes
        self.outputBytes = outputBytes
        self.errorBytes = errorBytes
        self.recordedBytes = recordedBytes
    }
}

/// Why a connection ended, as its session process saw it.
package enum ConnectionEndCause: UInt8, Hashable, Sendable, CaseIterable {
    case clientClosed = 1
    case keyExchangeFailed = 2
    case notSignedIn = 3
    case transportFailed = 4
    case terminated = 5
    case idle = 6
    /// The client left keepalives unanswered.
    case clientSilent = 7
}

/// What a session process says to the authority.
///
/// Who owns that process may lie in each of them.
package enum SessionRequest: Hashable, Sendable {
    /// The process is started, warm, and its libcrypto seam is in force.
    case ready(version: UInt32, library: String)
    case startFailed(reason: String)
    /// Sign the exchange hash with the host key.
    ///
    /// The first one is the session identifier.
    case signExchangeHash([UInt8])
    /// May this key sign in? (RFC 4252 §7, without a signature.)
    case offerKey(user: String, algorithm: String, keyBlob: [UInt8])
    case signIn(SignInProof)
    case openSession(SessionOpening)
    case proveHostKey(HostKeyProof)
    case signUserAuthentication(number: SessionNumber, request: [UInt8])
    case targetLost(number: SessionNumber, phase: OutboundPhase, reason: String)
    /// The target runs the program.
    case started(number: SessionNumber)
    case notice(NoticeKind, detail: String)
    /// The client's `signal` request (RFC 4254 §6.9); `name` without `SIG`.
    case signal(number: SessionNumber, name: String)
    case sessionEnded(SessionReport)
    /// What the command of a `perform` order printed, and how it ended.
    case performed(result: ProgramResult, output: [UInt8])
    case connectionEnded(ConnectionEndCause, detail: String)
}
