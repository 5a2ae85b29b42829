import CommandAnalysis
import PolicyEngine
import SessionProtocol

/// A decision as the protocol has it: what is too long is cut, and what is too much left out.
extension Decision {
    func answer(
        to question: SessionProtocol.DecisionQuestion
    ) -> SessionProtocol.DecisionAnswer {
        let refusal = self.refusal
        return SessionProtocol.DecisionAnswer(
            number: question.number,
            digest: question.digest,
            effect: effect,
            determiningRules: determiningRules.prefix(FieldLimits.determiningRuleCount)
                .map(\.text.clippedProse),
            obligations: obligations.compactMap(\.duty),
            reason: (refusal?.reason ?? "permitted").clippedProse,
            judged: (refusal?.parts ?? []).prefix(FieldLimits.judgedCount).map(\.judgedPart),
            place: refusal?.place.map(CommandPlace.init),
            actions: shownActions,
            mode: answeredMode,
            observation: observed,
            ignoresInput: inputUse == .ignored
        )
    }

    private var effect: SessionProtocol.DecisionAnswer.Effect {
        switch ruling {
        case .permit: .permit
        case .review: .review
        case .deny: denial == .noGrant ? .noGrant : .deny
        }
    }

    private var answeredMode: SessionProtocol.DecisionAnswer.Mode {
        switch mode {
        case .enforce: .enforce
        case .observe: .observe
        case .observeEverything: .observeEverything
        }
    }

    /// Each action once.
    private var shownActions: [String] {
        var shown: [String] = []
        for action in actions {
            guard shown.count < FieldLimits.actionCount else { break }
            let text = action.shown.clipped(to: FieldLimits.action)
            if !shown.contains(text) { shown.append(text) }
        }
        return shown
    }

    private var observed: SessionProtocol.DecisionAnswer.Observation? {
        observation.map { observation in
            SessionProtocol.DecisionAnswer.Observation(
                effect: observation.ruling == .deny ? .deny : .review,
                reason: observation.reason.clippedProse
            )
        }
    }
}

extension Obligation {
    /// What the authority must do for it; what was seen to here is nothing to it.
    fileprivate var duty: DecisionObligation? {
        switch self {
        case .approval(let quorum, let roles):
            .approval(quorum: UInt32(quorum), roles: roles.map(\.name))
        case .masking: .masking
        case .timeLimit(let limit): .timeLimit(seconds: UInt32(limit.components.seconds))
        case .claim: nil
        }
    }
}

extension RefusalPart {
    fileprivate var judgedPart: JudgedPart {
        JudgedPart(
            effect: ruling == .deny ? .deny : .review,
            action: action.clipped(to: FieldLimits.action),
            rules: rules.prefix(FieldLimits.judgedRuleCount).map(\.clippedProse),
            undecidedRules: undecidedRules.prefix(FieldLimits.judgedRuleCount).map(\.clippedProse),
            reason: reason?.clipped(to: FieldLimits.advice),
            instead: instead?.clipped(to: FieldLimits.advice),
            place: CommandPlace(range)
        )
    }
}

extension CommandPlace {
    fileprivate init(_ range: Range<Int>) {
        self.init(start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
    }
}
