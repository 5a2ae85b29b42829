import AuditTrail
import PolicyEngine

/// Runs one script on a target that ends, or signals, what a session runs there.
enum RemoteTask {
    enum Outcome: Hashable, Sendable {
        case printed([UInt8])
        case unreachable(reason: String)
    }

    /// `completion` runs on the loop, once, within the time of a termination.
    static func run(
        _ script: RemoteScript,
        at address: ResolvedAddress,
        about attribution: Attribution,
        _ services: Services,
        completion: @escaping (Outcome) -> Void
    ) {
        let command: RemoteCommand
        do throws(WrappingError) {
            command = try RemoteCommand.termination(script, on: address.target)
        } catch {
            let reason = error.description
            return services.reactor.later { completion(.unreachable(reason: reason)) }
        }
        RemoteErrand.run(command, at: address, about: attribution, services) { outcome in
            switch outcome {
            case .success(let performance): completion(.printed(performance.output))
            case .failure(let error):
                completion(.unreachable(reason: error.failure.description))
            }
        }
    }
}
