/// What the process that decides sent back, before it is believed.
package struct DecisionAnswer: Hashable, Sendable {
    package enum Effect: Hashable, Sendable {
        case permit(determiningRules: [RuleID], obligations: [Obligation])
        case deny(Denial)
    }

    /// Of the request that it answers.
    package let digest: [UInt8]
    package let effect: Effect

    package init(digest: [UInt8], effect: Effect) {
        self.digest = digest
        self.effect = effect
    }

    /// The answer that carries a decision to another process.
    package init(_ decision: Decision, digest: [UInt8]) {
        self.digest = digest
        switch decision {
        case .permit(let permitted):
            effect = .permit(
                determiningRules: permitted.determiningRules,
                obligations: permitted.obligations
            )
        case .deny(let denial): effect = .deny(denial)
        }
    }
}

extension Decision {
    /// Believes an answer only where it is for the request that was asked.
    ///
    /// A permit without a determining rule is nobody's permit, so it denies too.
    package init(answer: DecisionAnswer, to request: AuthorizationRequest) {
        guard answer.digest == request.digest else {
            self = .deny(.undecidable(.answerMismatch))
            return
        }
        switch answer.effect {
        case .deny(let denial): self = .deny(denial)
        case .permit(let rules, let obligations):
            guard !rules.isEmpty, rules.count <= PermittedCommand.maximumDeterminingRules,
                obligations.count <= PermittedCommand.maximumObligations
            else {
                self = .deny(.undecidable(.answerMismatch))
                return
            }
            self = .permit(
                PermittedCommand(
                    request: request,
                    determiningRules: rules,
                    obligations: obligations
                )
            )
        }
    }
}
