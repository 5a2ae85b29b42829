/// What a spare session process needs to serve one connection.
///
/// The client's socket comes with it.
package struct ServeOrder: Hashable, Sendable {
    package let connection: String
    /// The 32 bytes of the Ed25519 host key's public half.
    package let hostKey: [UInt8]
    package let loginGraceSeconds: UInt32
    package let signInTries: UInt32
    package let sessionsAtOnce: UInt32
    package let keepaliveSeconds: UInt32
    /// Of the connection; zero where it may stay.
    package let idleSeconds: UInt32
    /// Of one session that runs; zero where it may stay.
    package let sessionIdleSeconds: UInt32
    package let rekeyBytes: UInt64
    package let rekeySeconds: UInt32

    package init(
        connection: String,
        hostKey: [UInt8],
        loginGraceSeconds: UInt32,
        signInTries: UInt32,
        sessionsAtOnce: UInt32,
        keepaliveSeconds: UInt32,
        idleSeconds: UInt32,
        sessionIdleSeconds: UInt32,
        rekeyBytes: UInt64,
        rekeySeconds: UInt32
    ) {
        self.connection = connection
        self.hostKey = hostKey
        self.loginGraceSeconds = loginGraceSeconds
        self.signInTries = signInTries
        self.sessionsAtOnce = sessionsAtOnce
        self.keepaliveSeconds = keepaliveSeconds
        self.idleSeconds = idleSeconds
        self.sessionIdleSeconds = sessionIdleSeconds
        self.rekeyBytes = rekeyBytes
        self.rekeySeconds = rekeySeconds
    }
}

/// What of a session is recorded, which follows from what was decided.
package enum RecordedContent: UInt8, Hashable, Sendable, CaseIterable {
    /// Its streams.
    case streams = 1
    /// The files that are moved over SFTP, as size and SHA-256.
    case files = 2
}

/// What is done with a stream when its recording is full.
package enum RecordingOverflow: UInt8, Hashable, Sendable, CaseIterable {
    /// The session ends.
    case end = 1
    /// The stream goes on and is recorded as its size and SHA-256.
    case digest = 2
}

/// How to reach the target of a session.
///
/// The connected socket comes with it.
package struct TransportOrder: Hashable, Sendable {
    package let login: String
    /// The host key algorithms that the target's pinned keys allow, in order of preference.
    package let hostKeyAlgorithms: [String]
    package let rekeyBytes: UInt64
    package let rekeySeconds: UInt32
    package let keepaliveSeconds: UInt32
    /// For key exchange, authentication and the start of the program together.
    package let setupSeconds: UInt32

    package init(
        login: String,
        hostKeyAlgorithms: [String],
        rekeyBytes: UInt64,
        rekeySeconds: UInt32,
        keepaliveSeconds: UInt32,
        setupSeconds: UInt32
    ) {
        self.login = login
        self.hostKeyAlgorithms = hostKeyAlgorithms
        self.rekeyBytes = rekeyBytes
        self.rekeySeconds = rekeySeconds
        self.keepaliveSeconds = keepaliveSeconds
        self.setupSeconds = setupSeconds
    }
}

/// How a session is recorded.
///
/// The file, open for appending, comes with it; its header is written.
package struct RecordingOrder: Hashable, Sendable {
    /// Record, sync, forward; a recording that fails ends the session.
    package let isStrict: Bool
    package let recordsInput: Bool
    package let maximumBytes: UInt64
    package let overflow: RecordingOverflow
    package let content: RecordedContent
    /// The monotonic clock at the header's time stamp, in nanoseconds.
    package let startNanoseconds: UInt64

    package init(
        isStrict: Bool,
        recordsInput: Bool,
        maximumBytes: UInt64,
        overflow: RecordingOverflow,
        content: RecordedContent,
        startNanoseconds: UInt64
    ) {
        self.isStrict = isStrict
        self.recordsInput = recordsInput
        self.maximumBytes = maximumBytes
        self.overflow = overflow
        self.content = content
        self.startNanoseconds = startNanoseconds
    }
}

/// An input that reaches its program whole, and only if it is the one that was promised.
package struct PromisedInput: Hashable, Sendable {
    /// Its SHA-256.
    package let digest: [UInt8]
    /// What the client is told, and exits with, where it sends another.
    package let exitStatus: UInt32
    package let refusal: String

    package init(digest: [UInt8], exitStatus: UInt32, refusal: String) {
        self.digest = digest
        self.exitStatus = exitStatus
        self.refusal = refusal
    }
}

/// What becomes of what the client sends.
package enum InputOrder: Hashable, Sendable {
    /// It is handed on as it comes.
    case relay
    /// Nothing reaches the program, which reads its end at once.
    case discard
    /// It is held back until its end, and the program starts after that.
    case hold(PromisedInput)
}

/// A permitted session.
///
/// With it come the target's socket and the recording, in this order.
package struct SessionPermit: Hashable, Sendable {
    package let number: SessionNumber
    package let session: String
    package let transport: TransportOrder
    package let recording: RecordingOrder
    package let input: InputOrder

    package init(
        number: SessionNumber,
        session: String,
        transport: TransportOrder,
        recording: RecordingOrder,
        input: InputOrder
    ) {
        self.number = number
        self.session = session
        self.transport = transport
        self.recording = recording
        self.input = input
    }
}

/// What the authority says to a session process.
package enum SessionOrder: Hashable, Sendable {
    /// Serve the client whose socket comes with this.
    case serve(ServeOrder)
    case exchangeHashSignature([UInt8])
    case keyOfferAnswer(isAccepted: Bool)
    case signInAnswer(isAccepted: Bool)
    case permit(SessionPermit)
    /// Tell the client why and end the session with this status.
    case refuse(number: SessionNumber, exitStatus: UInt32, text: String)
    /// The target's host key is proved: sign in with this, whose public key is given beside it.
    case certificate(number: SessionNumber, blob: [UInt8], publicKey: [UInt8])
    case userAuthenticationSignature(number: SessionNumber, signature: [UInt8])
    /// Try again on the socket that comes with this.
    case retry(number: SessionNumber)
    case endSession(number: SessionNumber, text: String)
    case endConnection(text: String)
    /// Without a client: run the forced command of the certificate on the target whose socket comes
    /// with this, report what it printed, and exit. The program is what the channel asks for, the
    /// input what it reads before its end.
    case perform(TransportOrder, ProgramRequest, input: [UInt8])
    /// Tell the client this; the session goes on to wait for its decision.
    case notify(number: SessionNumber, text: String)
}
