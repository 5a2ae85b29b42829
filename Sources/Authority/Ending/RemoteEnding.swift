import AuditTrail
import PolicyEngine

/// Ends what an ended session left on its target.
enum RemoteEnding {
    /// What the end record says.
    struct Outcome: Hashable, Sendable {
        let remoteEnd: AuditEvent.RemoteEnd
        let detail: String?
    }

    static func run(
        _ transport: RemoteScript.Transport,
        at address: ResolvedAddress,
        about attribution: Attribution,
        _ services: Services,
        completion: @escaping (Outcome) -> Void
    ) {
        RemoteTask.run(.ending(transport), at: address, about: attribution, services) {
            completion(outcome($0))
        }
    }

    static func outcome(_ outcome: RemoteTask.Outcome) -> Outcome {
        switch outcome {
        case .unreachable(let reason):
            return Outcome(remoteEnd: .unreachable, detail: "ending it failed: \(reason)")
        case .printed(let output):
            guard let (ended, left) = RemoteReport.ending(in: output) else {
                return Outcome(
                    remoteEnd: .unreachable,
                    detail: "ending it failed: the target did not say how it went"
                )
            }
            if left > 0 {
                return Outcome(remoteEnd: .left(processes: left), detail: "\(ended) were ended")
            }
            guard ended > 0 else { return Outcome(remoteEnd: .exited, detail: nil) }
            return Outcome(remoteEnd: .ended, detail: "\(ended) processes were ended")
        }
    }
}
