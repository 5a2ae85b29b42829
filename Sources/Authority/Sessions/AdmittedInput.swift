import AuditTrail
import SessionProtocol

/// What a program gets of what the client sends.
enum AdmittedInput: Hashable, Sendable {
    /// As it comes: nobody knew it when it was decided.
    case unknown
    /// Nothing.
    case discarded
    /// What has this SHA-256, or it does not start.
    case promised(digest: [UInt8])

    /// What nothing reads is thrown away, whatever was promised.
    init(of plan: SessionPlan, isIgnored: Bool) {
        if isIgnored, plan.hasPlainInput {
            self = .discarded
            return
        }
        self =
            switch plan.promise {
            case .nothing: .discarded
            case .input(let digest): .promised(digest: digest)
            case nil: .unknown
            }
    }
}

extension InputOrder {
    init(_ input: AdmittedInput, of plan: SessionPlan) {
        switch input {
        case .unknown: self = .relay
        case .discarded: self = .discard
        case .promised(let digest):
            let refusal = SessionRefusal.denied(ClientText.anotherInput, cause: .inputRefused)
                .answer(to: plan)
            self = .hold(
                PromisedInput(
                    digest: digest,
                    exitStatus: refusal.exitStatus,
                    refusal: refusal.text
                )
            )
        }
    }
}

extension AuditEvent.Decided.Input {
    init(_ input: AdmittedInput) {
        self =
            switch input {
            case .unknown: .unknown
            case .discarded: .discarded
            case .promised(let digest): .promised(digest: Hexadecimal.text(digest))
            }
    }
}
