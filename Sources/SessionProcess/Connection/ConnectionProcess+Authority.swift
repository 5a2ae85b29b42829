import SessionProtocol

/// What the authority orders.
extension ConnectionProcess {
    func obey(_ received: AuthorityLink.Received, now: UInt64) throws(LinkError) {
        switch received.order {
        case .keyOfferAnswer(let isAccepted):
            try answered(signIn.keyAnswered(isAccepted: isAccepted), isSignIn: false)
        case .signInAnswer(let isAccepted):
            try answered(signIn.signInAnswered(isAccepted: isAccepted), isSignIn: true)
        case .permit(let permit):
            try session(permit.number)?.permitted(
                permit,
                socket: received.descriptors[0],
                recording: received.descriptors[1],
                now: now
            )
        case .notify(let number, let text): session(number)?.notified(text)
        case .refuse(let number, let exitStatus, let text):
            try session(number)?.refused(exitStatus: exitStatus, text: text, now: now)
        case .certificate(let number, let blob, let publicKey):
            try session(number)?.certificateArrived(blob, publicKey: publicKey)
        case .retry(let number):
            try session(number)?.retried(on: received.descriptors[0], now: now)
        case .endSession(let number, let text):
            try session(number)?.end(.terminated, text: text, now: now)
        case .endConnection(let text):
            try endByOrder(text, now: now)
        case .serve, .perform, .exchangeHashSignature, .userAuthenticationSignature:
            throw .unexpected(received.order.kind)
        }
    }

    /// Nil where the session ended while the order was on its way.
    private func session(_ number: SessionNumber) -> RelaySession? {
        sessions.first { $0.number == number }
    }
}
