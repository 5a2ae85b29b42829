import CommandAnalysis
import StrictYAML

/// What one policy file says, before it is known whether it fits with the others.
struct PolicyDraft {
    let name: Located<String>
    let mode: PolicyMode
    let scope: RuleScope?
    let permitsUncheckedTransfer: Bool
    let rules: [RuleDraft]
}

struct RuleDraft {
    let name: Located<String>
    let effect: RuleEffect
    let selection: ActionSelection
    let isOtherwise: Bool
    let condition: RuleCondition?
    let scope: RuleScope?
    let obligations: [Obligation]
    let reason: String?
    let instead: String?

    func rule(ofDocument document: Int) -> Rule {
        Rule(
            id: RuleID(name: name.value, location: name.location),
            effect: effect,
            actions: selection.actions,
            isOtherwise: isOtherwise,
            condition: condition,
            scope: scope,
            obligations: obligations,
            reason: reason,
            instead: instead,
            document: document
        )
    }
}
