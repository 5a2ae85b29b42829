import AuditTrail
import Logging
import PolicyEngine

/// The signals that the client of one session sends, one at a time.
final class ClientSignals {
    private(set) var isSending = false

    /// Runs a script that sends one; nothing where another one is under way.
    func send(
        _ script: RemoteScript,
        to place: ResolvedAddress,
        about attribution: Attribution,
        _ services: Services,
        _ logger: Logger
    ) {
        // Unlike an end, a signal is not worth a sign-in that is refused and counted.
        let pause = services.breaker.remainingMilliseconds(for: place, at: Services.milliseconds())
        guard !isSending, pause == nil else { return }
        isSending = true
        RemoteTask.run(script, at: place, about: [attribution], services) { [weak self] outcome in
            guard let self else { return }
            isSending = false
            switch outcome {
            case .printed(let output, let value):
                let sent = RemoteReport.signalling(in: output, value: value) ?? 0
                logger.info("a signal was sent", metadata: ["processes": "\(sent)"])
            case .unreachable(let reason, _):
                logger.warning("a signal was not sent", metadata: ["reason": "\(reason)"])
            }
        }
    }
}
