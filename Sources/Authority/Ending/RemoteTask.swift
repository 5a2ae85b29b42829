import AuditTrail
import PolicyEngine

/// Runs one script on a target that ends, or signals, what sessions run there.
enum RemoteTask {
    enum Outcome: Hashable, Sendable {
        /// The value is what lines of the script's own report repeat.
        case printed([UInt8], value: String)
        case unreachable(reason: String, mayRetry: Bool)
    }

    /// LIMIT: nobody guesses eight bytes.
    static let valueBytes = 8

    /// What the lines of one script's report repeat, in hexadecimal digits.
    static func makeValue() -> String { Hexadecimal.text(Randomness.bytes(valueBytes)) }

    /// `completion` runs on the loop, once, within the time of a termination.
    static func run(
        _ script: RemoteScript,
        at address: ResolvedAddress,
        about sessions: [Attribution],
        _ services: Services,
        completion: @escaping (Outcome) -> Void
    ) {
        let value = makeValue()
        let command: RemoteCommand
        do throws(WrappingError) {
            command = try RemoteCommand.termination(
                script,
                of: sessions.compactMap(\.session),
                telling: value,
                on: address.target
            )
        } catch {
            let reason = error.description
            return services.reactor.later {
                completion(.unreachable(reason: reason, mayRetry: false))
            }
        }
        RemoteErrand.run(command, at: address, about: common(sessions), services) { outcome in
            switch outcome {
            case .success(let performance):
                completion(.printed(performance.output, value: value))
            case .failure(let error):
                completion(
                    .unreachable(
                        reason: error.failure.description,
                        mayRetry: error.failure.mayPass
                    )
                )
            }
        }
    }

    /// What records of one errand for several sessions are about.
    private static func common(_ sessions: [Attribution]) -> Attribution {
        precondition(!sessions.isEmpty, "an errand is for somebody")
        func shared(_ name: KeyPath<Attribution, String?>) -> String? {
            let names = Set(sessions.map { $0[keyPath: name] })
            return names.count == 1 ? sessions[0][keyPath: name] : nil
        }
        return Attribution(
            connection: shared(\.connection),
            session: shared(\.session),
            principal: shared(\.principal),
            onBehalfOf: shared(\.onBehalfOf),
            target: shared(\.target),
            login: shared(\.login)
        )
    }
}
