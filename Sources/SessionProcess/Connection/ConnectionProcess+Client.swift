import SSH
import SSHWire
import SessionProtocol

/// What the client asks for.
extension ConnectionProcess {
    func handle(_ message: InboundMessage, now: UInt64) throws(LinkError) {
        switch message {
        case .service(let pending):
            pending.acceptService()
        case .signIn(let attempt, let pending):
            try attempted(attempt, pending)
        case .openSession(let pending):
            try openSession(pending, now: now)
        case .openOther(let description, let pending):
            try refuseForward(description, pending)
        case .channel(let channel, let request, let pending):
            try requested(request, on: channel, pending, now: now)
        case .global(let description, let isForward, let pending):
            if isForward {
                try context.notices.send(.remoteForwardRefused, description, on: link)
            }
            pending.refuse()
        case .unknown(let pending):
            pending.refuse()
        }
    }

    // MARK: signing in

    private func attempted(
        _ attempt: SignInAttempt,
        _ pending: PendingMessage
    ) throws(LinkError) {
        switch signIn.attempted(attempt) {
        case .askAboutKey(let user, let blob):
            waitingAttempt = pending
            try link.send(
                .offerKey(user: user, algorithm: Self.algorithm(of: blob), keyBlob: blob)
            )
        case .prove(let user, let blob):
            waitingAttempt = pending
            try prove(user: user, blob: blob)
        case .refuse:
            pending.refuseSignIn()
        case .refuseForGood(let notice):
            pending.refuseSignIn()
            try refusedForGood(notice)
        }
    }

    private func prove(user: String, blob: [UInt8]) throws(LinkError) {
        let proof: SignInProof
        do throws(SignInProof.Flaw) {
            proof = try SignInProof(
                user: user,
                keyBlob: blob,
                sessionIdentifier: link.sessionIdentifier ?? [],
                verified: seam.takeVerified()
            )
        } catch {
            switch error {
            case .notSeen:
                waitingAttempt?.refuseSignIn()
                return try end(.notSignedIn, "libssh verified a signature past the seam")
            case .otherAlgorithm:
                let detail = "it is not by the algorithm that is named"
                try context.notices.send(.signatureRefused, detail, on: link)
                return try answered(signIn.signInAnswered(isAccepted: false), isSignIn: true)
            }
        }
        try link.send(.signIn(proof))
    }

    /// Counts the signatures that libssh found bad and tells nobody of, its client included.
    func countFailedSignatures() throws(LinkError) {
        for _ in 0..<seam.takeFailures() where phase != .ended {
            try context.notices.send(.signatureRefused, "it does not verify", on: link)
            switch signIn.signatureFailed() {
            case .accept, .refuse: continue
            case .refuseForGood(let notice): try refusedForGood(notice)
            }
        }
    }

    private func refusedForGood(_ notice: NoticeKind) throws(LinkError) {
        try context.notices.send(notice, "", on: link)
        let reason =
            if notice == .userNameChanged {
                "the user name changed within the connection"
            } else if notice == .userNameTooLong {
                "the user name is too long"
            } else {
                "too many tries to sign in (`limits.sign-in-tries`)"
            }
        disconnectWithReason("sallyport: \(reason)")
        try end(.notSignedIn, reason)
    }

    private static func algorithm(of blob: [UInt8]) -> String {
        var reader = WireReader(blob)
        do throws(WireError) {
            return try reader.text("algorithm", limit: FieldLimits.algorithm)
        } catch {
            return ""
        }
    }

    func answered(_ action: SignInMachine.AnswerAction?, isSignIn: Bool) throws(LinkError) {
        guard let action, let pending = waitingAttempt else { return }
        waitingAttempt = nil
        switch action {
        case .accept where isSignIn:
            pending.acceptSignIn()
            phase = .signedIn
            seam.stopsAtFailure = false
        case .accept:
            pending.acceptKeyOffer()
        case .refuse:
            pending.refuseSignIn()
        case .refuseForGood(let notice):
            pending.refuseSignIn()
            try refusedForGood(notice)
        }
    }

    // MARK: channels

    private func openSession(_ pending: PendingMessage, now: UInt64) throws(LinkError) {
        guard phase == .signedIn else { return pending.refuse() }
        guard max(sessions.count, client.openChannels) < Int(order.sessionsAtOnce) else {
            try context.notices.send(.tooManySessions, "\(order.sessionsAtOnce)", on: link)
            let limit =
                "the limit of \(order.sessionsAtOnce) sessions (`limits.sessions-per-connection`)"
            return client.refuse(pending, because: "sallyport: this connection is at \(limit)")
        }
        guard let channel = client.accept(pending) else { return }
        sessions.append(
            RelaySession(
                number: SessionNumber(nextNumber),
                client: channel,
                context: context,
                now: now
            )
        )
        nextNumber += 1
    }

    /// Says the same of every destination: what is reachable from here is not the client's to learn.
    private static let forwardRefusal =
        "sallyport: forwarding is not permitted; connect with ssh LOGIN@TARGET@BASTION"

    private func refuseForward(
        _ description: String,
        _ pending: PendingMessage
    ) throws(LinkError) {
        guard phase == .signedIn else { return pending.refuse() }
        try context.notices.send(.directForwardRefused, description, on: link)
        client.refuse(pending, because: Self.forwardRefusal)
    }

    private func requested(
        _ request: ChannelRequest,
        on channel: Channel,
        _ pending: PendingMessage,
        now: UInt64
    ) throws(LinkError) {
        // Nothing is answered on a channel that we closed.
        guard let session = sessions.first(where: { $0.client === channel }) else { return }
        if try session.requested(request, now: now) {
            pending.acceptChannelRequest()
        } else {
            pending.refuse()
        }
    }
}
