import SessionProtocol

@testable import Authority

extension DeciderPool.Verdict {
    static func permitted(
        rules: [String],
        obligations: [DecisionObligation] = [],
        mode: DecisionAnswer.Mode = .enforce,
        observation: DecisionAnswer.Observation? = nil,
        actions: [String] = [],
        ignoresInput: Bool = false
    ) -> DeciderPool.Verdict {
        .answered(
            DecisionAnswer(
                number: 1,
                digest: [],
                effect: .permit,
                determiningRules: rules,
                obligations: obligations,
                reason: "permitted",
                actions: actions,
                mode: mode,
                observation: observation,
                ignoresInput: ignoresInput
            )
        )
    }

    /// What is answered to whom no grant lets ask.
    static func withoutGrant(reason: String = "no grant applies") -> DeciderPool.Verdict {
        .answered(
            DecisionAnswer(
                number: 1,
                digest: [],
                effect: .noGrant,
                determiningRules: [],
                obligations: [],
                reason: reason
            )
        )
    }

    /// What is answered to a command line that the rules deny or send to review.
    static func judged(
        _ effect: DecisionAnswer.Effect,
        _ parts: JudgedPart...,
        reason: String = "forbidden by `f`",
        place: CommandPlace? = nil
    ) -> DeciderPool.Verdict {
        .answered(
            DecisionAnswer(
                number: 1,
                digest: [],
                effect: effect,
                determiningRules: ["f (p.yaml:3)"],
                obligations: effect == .review ? [.approval(quorum: 1, roles: [])] : [],
                reason: reason,
                judged: parts,
                place: place
            )
        )
    }
}

extension JudgedPart {
    static func sample(
        _ effect: DecisionAnswer.Effect = .deny,
        action: String = "file.delete /etc",
        reason: String? = "it is gone",
        at place: CommandPlace = CommandPlace(start: 0, end: 6)
    ) -> JudgedPart {
        JudgedPart(
            effect: effect,
            action: action,
            rules: ["f (p.yaml:3)"],
            undecidedRules: [],
            reason: reason,
            instead: "ask",
            place: place
        )
    }
}
