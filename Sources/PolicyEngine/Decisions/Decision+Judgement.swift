extension Decision {
    /// What the rules say of a request that these grants allow, with the client's claims seen to.
    package init(
        on judgement: CommandJudgement,
        grants: [RuleID],
        claims: [String: String]
    ) {
        let verdict = judgement.verdict
        let missing = verdict.obligations.compactMap { obligation -> String? in
            guard case .claim(let name) = obligation else { return nil }
            return claims[name]?.isEmpty ?? true ? name : nil
        }
        let denial: Denial? =
            if let undecidable = verdict.undecidable {
                .undecidable(undecidable)
            } else if let rules = judgement.uncheckedTransfer, verdict.ruling == .deny {
                .uncheckedTransfer(rules)
            } else if verdict.ruling == .deny {
                .refused(verdict.judged)
            } else if !missing.isEmpty {
                .missingClaims(missing)
            } else {
                nil
            }
        let rules = (grants + verdict.determiningRules).prefix(Decision.maximumDeterminingRules)
        self.init(
            ruling: denial == nil ? verdict.ruling : .deny,
            denial: denial,
            determiningRules: Array(rules),
            obligations: denial == nil ? verdict.obligations.filter(\.isForTheSession) : [],
            judged: verdict.judged,
            actions: judgement.actions,
            mode: verdict.mode,
            observation: verdict.observation,
            inputUse: judgement.inputUse,
            judgement: judgement
        )
    }
}

extension Obligation {
    /// Whether whoever runs the session must do something; claims are seen to here.
    fileprivate var isForTheSession: Bool {
        switch self {
        case .approval, .masking, .timeLimit: true
        case .claim: false
        }
    }
}
