import AuditTrail
import Logging
import PolicyEngine
import SSHWire
import SessionProtocol

/// How somebody gets in, and whether they may stay.
extension InboundConnection {
    func sign(_ hash: [UInt8]) {
        signatures += 1
        let answer = delays.began(at: Services.milliseconds())
        services.hostKey.sign(hash, on: services.reactor) { [weak self] in
            guard let self else { return }
            signatures -= 1
            delays.ended(answer, at: Services.milliseconds())
            switch $0 {
            case .success(let signature): send(.exchangeHashSignature(signature.value))
            case .failure(let error):
                logger.error("the host key did not sign", metadata: ["reason": "\(error)"])
                end(.keyExchangeFailed, "the host key did not sign")
            }
        }
    }

    func recordSignIn(_ identity: Identity, _ userName: String) {
        let principal = identity.principal
        let about = Attribution(
            connection: id,
            principal: principal.name.description,
            onBehalfOf: principal.owner?.description
        )
        let event = AuditEvent.SignedIn(
            method: identity.method,
            fingerprint: identity.fingerprint,
            certificate: identity.certificate,
            userName: PrintableText.escaped(userName)
        )
        let answer = delays.began(at: Services.milliseconds())
        services.auditor.record([(.signedIn(event), about)]) { [weak self] result in
            guard let self, !isDone else { return }
            delays.ended(answer, at: Services.milliseconds())
            switch result {
            case .success: signInRecorded()
            case .failure: perform(machine.signInNotRecorded())
            }
        }
    }

    private func signInRecorded() {
        let actions = machine.signInRecorded()
        guard let identity = machine.identity, !actions.isEmpty else { return }
        if let signInTimer { services.reactor.cancel(signInTimer) }
        signInTimer = nil
        signInMoment = .now()
        logger[metadataKey: "principal"] = "\(identity.principal.name)"
        logger.info("signed in")
        perform(actions)
        signedIn?()
        signedIn = nil
        count(for: identity.principal.name)
        // A lock or a reload may have come while the record was on its way.
        recheck()
    }

    func refusedSignIn(
        _ error: IdentificationError,
        _ userName: String,
        _ fingerprint: String?
    ) {
        let event = AuditEvent.SignInRefused(
            reason: error.description,
            userName: userName,
            fingerprint: fingerprint
        )
        services.auditor.note(.signInRefused(event), about: attribution)
        services.metering.measurements.count(.signInFailures, SignInFailure(error).rawValue)
        logger.info("a sign-in was refused", metadata: ["reason": "\(error)"])
    }

    /// Asks again whether this client may be here, after a reload or a lock.
    func recheck() {
        guard let signInMoment, let identity, ending == nil else { return }
        let cause: AuditEvent.ConnectionEnded.Cause
        let reason: String
        do throws(IdentificationError) {
            if let locked = services.locks.reason(against: identity.principal, at: .now()) {
                throw .locked(locked)
            }
            let now = try services.identification.identify(
                again: identity,
                from: try SSHWire.IPAddress(parsingPeer: peer),
                // A certificate that ran out since then was valid when it counted.
                at: signInMoment
            )
            guard now.principal.name == identity.principal.name else { throw .unknownKey }
            // What is asked of the deciders, and recorded from here on, is what holds now.
            machine.identified(again: now)
            for session in sessions.values { session.recheck() }
            return
        } catch {
            switch error {
            case .locked: cause = .locked
            case .malformed, .unusableKey, .algorithmNotForKey, .unknownKey, .revokedKey,
                .certificate,
                .notMapped, .unknownPrincipal, .disabled, .gesture, .userNameChanged,
                .cannotRecord:
                cause = .removed
            }
            reason = error.description
        }
        end(cause, reason)
    }
}
