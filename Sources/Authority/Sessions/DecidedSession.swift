import AuditTrail
import PolicyEngine
import SessionProtocol

/// What a permit of the decider comes to, once its obligations are understood.
struct DecidedSession: Hashable, Sendable {
    let rules: [String]
    let judgement: AuditEvent.Decided.Judgement
    let input: AdmittedInput
    let timeLimit: Duration?

    enum Outcome: Hashable, Sendable {
        case permitted(DecidedSession)
        case refused(SessionRefusal)
    }
}

extension DecidedSession.Outcome {
    init(
        _ verdict: DeciderPool.Verdict,
        on plan: SessionPlan,
        _ circumstances: Circumstances
    ) {
        switch verdict {
        case .undecidable(let reason):
            let text = plan.address == nil ? ClientText.noGrant : ClientText.undecidable
            self = .refused(SessionRefusal(text: text, reason: "undecidable: \(reason)"))
        case .answered(let answer):
            self = Self.outcome(of: answer, plan, circumstances)
        }
    }

    private static func outcome(
        of answer: DecisionAnswer,
        _ plan: SessionPlan,
        _ circumstances: Circumstances
    ) -> DecidedSession.Outcome {
        let rules = answer.determiningRules.map { PrintableText.escaped($0) }
        let reason = PrintableText.escaped(answer.reason)
        let input = AdmittedInput(of: plan, isIgnored: answer.ignoresInput)
        let judgement = AuditEvent.Decided.Judgement(
            answer,
            policyDigest: circumstances.policyDigest,
            input: input
        )
        let refused = { (ruling: Ruling, approval: SessionRefusal.Approval) in
            DecidedSession.Outcome.refused(
                SessionRefusal(
                    Refusal(answer, ruling: ruling),
                    of: plan,
                    reason: reason,
                    rules: rules,
                    judgement: judgement,
                    approval: approval
                )
            )
        }
        // Nobody can approve of what nobody knows.
        let approval: SessionRefusal.Approval =
            plan.hasPlainInput && input == .unknown
            ? .ofUnknownInput : .requested(circumstances.approvalRequest)
        switch answer.effect {
        case .noGrant:
            // Why the name led nowhere says more than the decider could.
            return .refused(.noGrant(plan.wrongName ?? reason, rules))
        case .deny: return refused(.deny, .none)
        case .review: return refused(.review, approval)
        case .permit: break
        }
        var timeLimit: Duration?
        for obligation in answer.obligations {
            switch obligation {
            case .approval: return refused(.review, approval)
            case .masking:
                let reason = "the rules want masking, which this version does not have"
                let text = ClientText.denied(reason)
                return .refused(
                    SessionRefusal(
                        text: text,
                        reason: reason,
                        determiningRules: rules,
                        judgement: judgement
                    )
                )
            case .timeLimit(let seconds):
                timeLimit = min(timeLimit ?? .seconds(seconds), .seconds(seconds))
            }
        }
        return .permitted(
            DecidedSession(
                rules: rules,
                judgement: judgement,
                input: input,
                timeLimit: timeLimit
            )
        )
    }
}

extension SessionPlan {
    /// Why the name of the target led nowhere; nil where it did not.
    fileprivate var wrongName: String? {
        switch destination {
        case .resolved: nil
        case .nowhere(let refusal): refusal.description
        }
    }
}

extension SessionRefusal {
    /// Of a command line, with all that the rules say of it.
    fileprivate init(
        _ explanation: Refusal,
        of plan: SessionPlan,
        reason: String,
        rules: [String],
        judgement: AuditEvent.Decided.Judgement,
        approval: Approval
    ) {
        let text = explanation.text(of: plan.commandLine) + approval.text(of: plan)
        self.init(
            exitStatus: approval == .none ? ClientText.deniedStatus : ClientText.approvalStatus,
            text: text.clipped(to: ClientText.maximumBytes),
            reason: reason,
            determiningRules: rules,
            explanation: explanation,
            judgement: judgement,
            approval: approval
        )
    }
}

extension SessionRefusal.Approval {
    /// The last line of a refusal.
    fileprivate func text(of plan: SessionPlan) -> String {
        switch self {
        case .none: ClientText.decision(plan.session)
        case .requested(let request): ClientText.waitsForApproval(request)
        case .ofUnknownInput: ClientText.approvalOfUnknownInput
        }
    }
}

extension Refusal {
    /// What a decider says; nothing of it is believed to be fit for a terminal.
    fileprivate init(_ answer: DecisionAnswer, ruling: Ruling) {
        self.init(
            ruling: ruling,
            parts: answer.judged.map(RefusalPart.init),
            reason: PrintableText.escaped(answer.reason),
            place: answer.place.map(\.range)
        )
    }
}

extension RefusalPart {
    fileprivate init(_ part: JudgedPart) {
        self.init(
            ruling: part.effect == .review ? .review : .deny,
            action: PrintableText.escaped(part.action),
            rules: part.rules.map { PrintableText.escaped($0) },
            undecidedRules: part.undecidedRules.map { PrintableText.escaped($0) },
            reason: part.reason.map { PrintableText.escaped($0) },
            instead: part.instead.map { PrintableText.escaped($0) },
            range: part.place.range
        )
    }
}

extension CommandPlace {
    /// Empty where it ends before it begins.
    fileprivate var range: Range<Int> { Int(start)..<Int(max(start, end)) }
}

extension AuditEvent.Decided.Judgement {
    fileprivate init(_ answer: DecisionAnswer, policyDigest: String, input: AdmittedInput) {
        let mode: AuditEvent.Decided.Mode =
            switch answer.mode {
            case .enforce: .enforce
            case .observe: .observe
            case .observeEverything: .observeEverything
            }
        let observed: AuditEvent.Decided.Effect? = answer.observation.map {
            $0.effect == .review ? .review : .deny
        }
        self.init(
            mode: mode,
            policyDigest: policyDigest,
            actions: answer.actions.map { PrintableText.escaped($0) },
            input: AuditEvent.Decided.Input(input),
            observed: observed,
            observedReason: answer.observation.map { PrintableText.escaped($0.reason) }
        )
    }
}
