import SSHWire

extension WireReader {
    mutating func answer() throws(WireError) -> DecisionAnswer {
        DecisionAnswer(
            number: try uint64("number"),
            digest: try bytes("digest", limit: FieldLimits.digest),
            effect: try choice("effect"),
            determiningRules: try rules("rules", limit: FieldLimits.determiningRuleCount),
            obligations: try list("obligations", limit: FieldLimits.obligationCount) {
                reader throws(WireError) in
                try reader.obligation()
            },
            reason: try prose("reason"),
            judged: try list("judged actions", limit: FieldLimits.judgedCount) {
                reader throws(WireError) in
                try reader.judged()
            },
            place: try optional("place") { reader throws(WireError) in try reader.place() },
            actions: try list("actions", limit: FieldLimits.actionCount) {
                reader throws(WireError) in
                try reader.text("action", limit: FieldLimits.action)
            },
            mode: try choice("mode"),
            observation: try optional("observation") { reader throws(WireError) in
                DecisionAnswer.Observation(
                    effect: try reader.choice("effect"),
                    reason: try reader.prose("reason")
                )
            },
            ignoresInput: try boolean("input is ignored")
        )
    }

    private mutating func rules(_ field: String, limit: Int) throws(WireError) -> [String] {
        try list(field, limit: limit) { reader throws(WireError) in try reader.prose("rule") }
    }

    private mutating func obligation() throws(WireError) -> DecisionObligation {
        let kind: DecisionObligation.Kind = try choice("obligation")
        return switch kind {
        case .approval:
            .approval(
                quorum: try uint32("quorum"),
                roles: try list("roles", limit: FieldLimits.roleCount) { reader throws(WireError) in
                    try reader.text("role", limit: FieldLimits.principalName)
                }
            )
        case .masking: .masking
        case .timeLimit: .timeLimit(seconds: try uint32("seconds"))
        }
    }

    private mutating func judged() throws(WireError) -> JudgedPart {
        JudgedPart(
            effect: try choice("effect"),
            action: try text("action", limit: FieldLimits.action),
            rules: try rules("rules", limit: FieldLimits.judgedRuleCount),
            undecidedRules: try rules("undecided rules", limit: FieldLimits.judgedRuleCount),
            reason: try advice("reason"),
            instead: try advice("instead"),
            place: try place()
        )
    }

    private mutating func advice(_ field: String) throws(WireError) -> String? {
        try optional(field) { reader throws(WireError) in
            try reader.text(field, limit: FieldLimits.advice)
        }
    }

    private mutating func place() throws(WireError) -> CommandPlace {
        CommandPlace(start: try uint32("start"), end: try uint32("end"))
    }
}

extension WireWriter {
    mutating func answer(_ answer: DecisionAnswer) {
        uint64(answer.number)
        string(answer.digest)
        byte(answer.effect.rawValue)
        texts(answer.determiningRules)
        list(answer.obligations) { writer, obligation in writer.obligation(obligation) }
        text(answer.reason)
        list(answer.judged) { writer, part in writer.judged(part) }
        optional(answer.place) { writer, place in writer.place(place) }
        texts(answer.actions)
        byte(answer.mode.rawValue)
        optional(answer.observation) { writer, observation in
            writer.byte(observation.effect.rawValue)
            writer.text(observation.reason)
        }
        boolean(answer.ignoresInput)
    }

    private mutating func texts(_ texts: [String]) {
        list(texts) { writer, text in writer.text(text) }
    }

    private mutating func obligation(_ obligation: DecisionObligation) {
        byte(obligation.kind.rawValue)
        switch obligation {
        case .approval(let quorum, let roles):
            uint32(quorum)
            texts(roles)
        case .masking: break
        case .timeLimit(let seconds): uint32(seconds)
        }
    }

    private mutating func judged(_ part: JudgedPart) {
        byte(part.effect.rawValue)
        text(part.action)
        texts(part.rules)
        texts(part.undecidedRules)
        optional(part.reason) { writer, reason in writer.text(reason) }
        optional(part.instead) { writer, instead in writer.text(instead) }
        place(part.place)
    }

    private mutating func place(_ place: CommandPlace) {
        uint32(place.start)
        uint32(place.end)
    }
}

extension DecisionObligation {
    fileprivate enum Kind: UInt8 {
        case approval = 1
        case masking = 2
        case timeLimit = 3
    }

    fileprivate var kind: Kind {
        switch self {
        case .approval: .approval
        case .masking: .masking
        case .timeLimit: .timeLimit
        }
    }
}
