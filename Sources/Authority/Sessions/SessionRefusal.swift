import AuditTrail
import PolicyEngine

/// Why a session does not begin.
struct SessionRefusal: Hashable, Sendable {
    /// Whether an approval would help.
    enum Approval: Hashable, Sendable {
        case none
        /// It is asked for by this.
        case requested(String)
        /// It can be asked for once the client says what it sends.
        case ofUnknownInput
    }

    let exitStatus: UInt32
    /// For the client.
    let text: String
    /// For the audit trail.
    let reason: String
    let determiningRules: [String]
    let cause: AuditEvent.SessionEnded.Cause
    /// What the rules say of the command line; nil where it is not about that.
    let explanation: Refusal?
    /// What is recorded of the rules; nil where none was asked.
    let judgement: AuditEvent.Decided.Judgement?
    let approval: Approval

    init(
        exitStatus: UInt32 = ClientText.deniedStatus,
        text: String,
        reason: String,
        determiningRules: [String] = [],
        cause: AuditEvent.SessionEnded.Cause = .denied,
        explanation: Refusal? = nil,
        judgement: AuditEvent.Decided.Judgement? = nil,
        approval: Approval = .none
    ) {
        self.exitStatus = exitStatus
        self.text = text
        self.reason = reason
        self.determiningRules = determiningRules
        self.cause = cause
        self.explanation = explanation
        self.judgement = judgement
        self.approval = approval
    }

    /// Of which the client may know why.
    static func denied(
        _ reason: String,
        cause: AuditEvent.SessionEnded.Cause = .denied
    ) -> SessionRefusal {
        SessionRefusal(text: ClientText.denied(reason), reason: reason, cause: cause)
    }

    /// Where nothing is refused, and it cannot be had: `text` says why, or that is the reason.
    static func unavailable(
        _ reason: String,
        cause: AuditEvent.SessionEnded.Cause = .notStarted,
        saying text: String? = nil
    ) -> SessionRefusal {
        SessionRefusal(
            exitStatus: ClientText.unavailableStatus,
            text: text ?? ClientText.unavailable(reason),
            reason: reason,
            cause: cause
        )
    }

    /// What cannot be recorded does not begin; the client need not know more.
    static func cannotRecord(_ reason: String) -> SessionRefusal {
        .unavailable(reason, cause: .recordingFailed, saying: ClientText.cannotRecord)
    }

    /// One text for an unknown target, a forbidden one and a login that is not granted.
    static func noGrant(_ reason: String, _ rules: [String] = []) -> SessionRefusal {
        SessionRefusal(text: ClientText.noGrant, reason: reason, determiningRules: rules)
    }

    var effect: AuditEvent.Decided.Effect { approval == .none ? .deny : .review }

    /// By which an approval is asked for.
    var approvalRequest: String? {
        guard case .requested(let request) = approval else { return nil }
        return request
    }

    /// What the client is told, in the form that it asked for.
    func answer(to plan: SessionPlan) -> (exitStatus: UInt32, text: String) {
        let status = plan.client.refusalStatus ?? exitStatus
        guard plan.client.answersInJSON else { return (status, text) }
        let isAvailable = exitStatus != ClientText.unavailableStatus
        let envelope = RefusalEnvelope(
            nonce: plan.client.nonce,
            session: plan.session,
            isUnavailable: !isAvailable,
            exitStatus: status,
            approvalRequest: approvalRequest,
            input: approval == .none ? nil : judgement.map { "\($0.input)" }
        )
        let shown = explanation ?? Refusal(ruling: .deny, parts: [], reason: plainReason)
        return (status, shown.line(in: envelope, atMost: ClientText.maximumBytes))
    }

    /// What the text says first, which may be less than what is recorded.
    private var plainReason: String {
        let first = text.prefix { $0 != "\n" }
        for lead in ["sallyport: denied: ", "sallyport: "] where first.hasPrefix(lead) {
            return String(first.dropFirst(lead.count))
        }
        return String(first)
    }
}
