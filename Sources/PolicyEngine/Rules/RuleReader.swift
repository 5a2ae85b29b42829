import CommandAnalysis
import StrictYAML

/// Reads one item of `rules`.
struct RuleReader {
    static let keys =
        RuleEffect.allCases.map(\.rawValue) + [
            "id", "otherwise", "where", "unless", "applies", "reason", "instead", "approval",
            "masking", "time-limit", "claims",
        ]
    static let approvalKeys = ["roles", "quorum"]
    /// LIMIT: more approvers than any command is worth.
    static let quorum: ClosedRange<Int> = 1...10
    /// LIMIT: a session that runs for a month has left every plan behind.
    static let timeLimit: ClosedRange<Duration> = .seconds(10) ... .seconds(30 * 86_400)
    /// LIMIT: it is shown below a command line, and travels in `FieldLimits.prose`.
    static let maximumProseBytes = 400
    /// LIMIT: `FieldLimits.obligationCount` of the session protocol, with room for the others.
    static let maximumClaims = 8

    let sets: PolicySets

    func read(_ item: YAMLField) -> RuleDraft? {
        guard let entry = item.mapping(Self.keys) else { return nil }
        let name = entry.required("id")?.plainName("a rule's id")
        let (effect, selection) = self.effect(entry, item)
        let isOtherwise = entry.optional("otherwise").map { $0.boolean() ?? false } ?? false
        let scope = entry.optional("applies").flatMap { ScopeReader(sets: sets).read($0) }
        let reason = entry.optional("reason").flatMap(prose)
        let instead = entry.optional("instead").flatMap(prose)
        let obligations = effect.map { self.obligations(entry, $0) }
        // Also where there is no action, so that every finding is shown at once.
        let condition = ConditionReader(selection: selection ?? .all, sets: sets)
            .read(where: entry.optional("where"), unless: entry.optional("unless"))
        guard let name, let effect, let selection, let obligations else { return nil }
        return RuleDraft(
            name: name,
            effect: effect,
            selection: selection,
            isOtherwise: isOtherwise,
            condition: condition,
            scope: scope,
            obligations: obligations,
            reason: reason,
            instead: instead
        )
    }

    private func effect(
        _ entry: YAMLMapping,
        _ item: YAMLField
    ) -> (RuleEffect?, ActionSelection?) {
        let effects = RuleEffect.allCases.filter { entry.optional($0.rawValue) != nil }
        guard effects.count == 1, let field = entry.optional(effects[0].rawValue) else {
            let words = RuleEffect.allCases.map(\.rawValue).quotedList
            let found = effects.map(\.rawValue).quotedList
            item.findings.error(
                "a rule has exactly one of \(words)" + (found.isEmpty ? "" : ", found \(found)"),
                at: item.location
            )
            return (nil, nil)
        }
        return (effects[0], ActionSelection(field))
    }

    private func prose(_ field: YAMLField) -> String? {
        guard let text = field.text(maximumBytes: Self.maximumProseBytes) else { return nil }
        if text.isEmpty || text.utf8.contains(UInt8(ascii: "\n")) {
            field.refuse("expected one line")
        }
        return text
    }

    // MARK: Obligations

    private func obligations(_ entry: YAMLMapping, _ effect: RuleEffect) -> [Obligation] {
        var obligations: [Obligation] = []
        let approval = entry.optional("approval")
        switch effect {
        case .review: obligations.append(self.approval(approval))
        case .permit, .forbid: approval?.refuse("only a `review` asks for an approval")
        }
        if let field = entry.optional("masking"), field.boolean() == true {
            obligations.append(.masking)
        }
        if let limit = entry.optional("time-limit")?.duration(in: Self.timeLimit) {
            obligations.append(.timeLimit(limit))
        }
        if let field = entry.optional("claims") {
            let claims = field.uniqueItems(maximumCount: Self.maximumClaims) {
                $0.plainName("a claim's name")
            }
            obligations += claims.map { .claim($0.value) }
        }
        if effect == .forbid {
            for key in ["masking", "time-limit", "claims"] {
                entry.optional(key)?.refuse("a `forbid` has no obligations")
            }
        }
        return obligations
    }

    /// Anybody who may approve, once, where nothing else is said.
    private func approval(_ field: YAMLField?) -> Obligation {
        guard let entry = field?.mapping(Self.approvalKeys) else {
            return .approval(quorum: 1, roles: [])
        }
        let roles = entry.optional("roles")?.uniqueItems(maximumCount: Role.maximumCount) {
            $0.role()
        }
        let quorum = entry.optional("quorum")?.integer(in: Self.quorum)
        return .approval(quorum: quorum ?? 1, roles: roles?.map(\.value) ?? [])
    }
}

extension ActionSelection {
    /// Every action, so that every attribute is known.
    fileprivate static let all = ActionSelection(actions: Set(Action.allCases))
}
