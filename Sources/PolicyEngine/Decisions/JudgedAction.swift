package import CommandAnalysis

/// What a request comes to; of several actions the worst one counts.
package enum Ruling: UInt8, Hashable, Sendable, CaseIterable, Comparable {
    case permit
    /// A permit that needs an approval.
    case review
    case deny

    package static func < (left: Ruling, right: Ruling) -> Bool { left.rawValue < right.rawValue }
}

/// One action that is denied or wants an approval, and why.
package struct JudgedAction: Hashable, Sendable {
    /// With the one value of each attribute for which it was judged.
    package let action: ForeseenAction
    package let ruling: Ruling
    /// The rules that hold; empty where the action is denied because none does.
    package let rules: [RuleID]
    /// Forbids of which nobody can tell whether they hold, so that no permit does.
    package let undecidedRules: [RuleID]
    package let reason: String?
    package let instead: String?
}
