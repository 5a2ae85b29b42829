import AuditTrail
import SSHWire
import SessionProtocol

extension ServeOrder {
    /// What a session process needs of the settings.
    init(connection: String, hostKey: [UInt8], _ limits: ConnectionLimits) {
        self.init(
            connection: connection,
            hostKey: hostKey,
            loginGraceSeconds: limits.loginGrace.clampedSeconds,
            signInTries: limits.signInTries,
            sessionsAtOnce: limits.sessionsPerConnection,
            keepaliveSeconds: limits.keepalive.clampedSeconds,
            // Zero: an idle connection may stay.
            idleSeconds: limits.idleTimeout?.clampedSeconds ?? 0,
            sessionIdleSeconds: limits.sessionIdleTimeout?.clampedSeconds ?? 0,
            rekeyBytes: limits.rekeyBytes,
            rekeySeconds: limits.rekeyInterval.clampedSeconds
        )
    }
}

extension Duration {
    /// Whole seconds that fit a `uint32`.
    var clampedSeconds: UInt32 { UInt32(clamping: components.seconds) }
}

extension IPAddress {
    /// A connected peer's; the machine was made of the same.
    init(parsingPeer peer: SocketAddress) throws(IdentificationError) {
        do {
            self = try IPAddress(parsing: peer.host)
        } catch {
            throw .malformed(error)
        }
    }
}

extension AuditEvent.ProcessDied {
    static func session(_ end: ChildProcess.End) -> AuditEvent.ProcessDied {
        AuditEvent.ProcessDied(process: .session, detail: end.description)
    }
}

extension AuditEvent.ConnectionEnded.Cause {
    init(_ cause: ConnectionEndCause) {
        self =
            switch cause {
            case .clientClosed: .clientClosed
            case .keyExchangeFailed: .keyExchangeFailed
            case .notSignedIn: .notSignedIn
            case .transportFailed: .transportFailed
            case .terminated: .terminated
            case .idle: .idle
            case .clientSilent: .clientSilent
            }
    }
}

extension AuditEvent.SessionEnded.Cause {
    init(_ cause: SessionEndCause) {
        self =
            switch cause {
            case .finished: .finished
            case .clientClosed: .clientClosed
            case .targetLost: .targetLost
            case .recordingFailed: .recordingFailed
            case .recordingLimit: .recordingLimit
            case .terminated: .terminated
            case .notStarted: .notStarted
            case .clientSilent: .clientSilent
            case .targetSilent: .targetSilent
            case .inputRefused: .inputRefused
            case .idle: .idle
            }
    }

    /// Why a session ends whose connection is ended.
    init(_ cause: AuditEvent.ConnectionEnded.Cause) {
        self =
            switch cause {
            case .clientClosed: .clientClosed
            case .clientSilent: .clientSilent
            case .keyExchangeFailed, .notSignedIn, .transportFailed, .idle, .refused:
                .connectionEnded
            case .terminated: .terminated
            case .timeLimit: .timeLimit
            case .locked: .locked
            case .removed: .removed
            case .drained: .drained
            case .protocolViolation: .protocolViolation
            case .processDied: .processDied
            case .recovered: .recovered
            }
    }
}

extension AuditEvent.ProgramResult {
    /// Nil where the program's end is not known.
    init?(_ result: SessionProtocol.ProgramResult) {
        switch result {
        case .exitStatus(let status): self = .exitStatus(status)
        case .exitSignal(let name, let coreDumped, let message):
            self = .exitSignal(
                name: PrintableText.escaped(name),
                coreDumped: coreDumped,
                message: PrintableText.escaped(message)
            )
        case .none: return nil
        }
    }
}

extension AuditEvent.Notice {
    /// What a session process reports, in the words of the audit trail.
    init(_ kind: NoticeKind, _ detail: String) {
        let topic: Topic =
            switch kind {
            case .directForwardRefused: .directForwardRefused
            case .remoteForwardRefused: .remoteForwardRefused
            case .agentForwardRefused: .agentForwardRefused
            case .x11ForwardRefused: .x11ForwardRefused
            case .unknownRequestRefused: .unknownRequestRefused
            case .environmentRefused: .environmentRefused
            case .loginGraceExceeded: .loginGraceExceeded
            case .tooManyTries: .tooManyTries
            case .userNameChanged: .userNameChanged
            case .tooManySessions: .tooManySessions
            case .recordingLimitReached: .recordingLimitReached
            case .commandLineTooLong: .commandLineTooLong
            case .recordingFailed: .recordingFailed
            case .userNameTooLong: .userNameTooLong
            case .signatureRefused: .signatureRefused
            }
        self.init(topic: topic, detail: PrintableText.escaped(detail))
    }
}
