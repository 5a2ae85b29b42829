package import CommandAnalysis

/// What a rule says of the actions that it is about.
package enum RuleEffect: String, Hashable, Sendable, CaseIterable {
    case forbid
    case permit
    /// A permit with the obligation of an approval.
    case review
}

/// One rule of a policy file.
///
/// An object, because each action is held against all rules about it, and copying one takes longer.
package final class Rule: Sendable {
    /// As decisions name it, with its place.
    package let id: RuleID
    package let effect: RuleEffect
    package let actions: Set<Action>
    /// Considered only for an action that no other permit or review holds for.
    package let isOtherwise: Bool
    /// What must hold; nil where the rule is about every such action.
    let condition: RuleCondition?
    /// The same, as it is asked.
    let asked: AskedCondition?
    /// Narrows the scope of the file; nil where it does not.
    let scope: RuleScope?
    /// What the PEP must do where the rule permits.
    package let obligations: [Obligation]
    package let reason: String?
    /// What to do instead, in words.
    package let instead: String?
    /// The number of its file.
    let document: Int

    init(
        id: RuleID,
        effect: RuleEffect,
        actions: Set<Action>,
        isOtherwise: Bool,
        condition: RuleCondition?,
        scope: RuleScope?,
        obligations: [Obligation],
        reason: String?,
        instead: String?,
        document: Int
    ) {
        self.id = id
        self.effect = effect
        self.actions = actions
        self.isOtherwise = isOtherwise
        self.condition = condition
        asked = condition.map(AskedCondition.init)
        self.scope = scope
        self.obligations = obligations
        self.reason = reason
        self.instead = instead
        self.document = document
    }
}
