internal import CommandAnalysis

/// The answer to one authorization request.
///
/// XACML's *NotApplicable* and *Indeterminate* are denials with their own reason: the bastion is a
/// deny-biased enforcement point (XACML 3.0 §7.2.2).
package enum Decision: Hashable, Sendable {
    case permit(PermittedCommand)
    case deny(Denial)
}

/// Proof that a request was permitted; its initializer is internal to this module.
package struct PermittedCommand: Hashable, Sendable {
    /// LIMIT: `FieldLimits.determiningRuleCount` of the session protocol; both places must agree.
    package static let maximumDeterminingRules = 64

    package let request: AuthorizationRequest
    package let determiningRules: [RuleID]
    package let obligations: [Obligation]
    /// The actions that want an approval.
    package let judged: [JudgedAction]
    /// What would have been, where a policy only observes.
    package let observation: RuleVerdict.Observation?

    init(
        request: AuthorizationRequest,
        determiningRules: [RuleID],
        obligations: [Obligation],
        judged: [JudgedAction] = [],
        observation: RuleVerdict.Observation? = nil
    ) {
        self.request = request
        self.determiningRules = Array(determiningRules.prefix(Self.maximumDeterminingRules))
        self.obligations = obligations
        self.judged = judged
        self.observation = observation
    }
}

/// Why a request was refused.
package enum Denial: Hashable, Sendable, CustomStringConvertible {
    /// By the rules: because some forbid what the command line does, or none permits it.
    ///
    /// The denied actions come first, then those that would want an approval.
    case refused([JudgedAction])
    case noRuleApplies
    case undecidable(UndecidableReason)

    package var description: String {
        switch self {
        case .refused(let judged): Self.description(of: judged)
        case .noRuleApplies: "no grant or rule applies"
        case .undecidable(let reason): "undecidable: \(reason)"
        }
    }

    /// The rules that forbid something, or the actions that no rule permits.
    private static func description(of judged: [JudgedAction]) -> String {
        let denied = judged.filter { $0.ruling == .deny }
        var rules: [RuleID] = []
        for rule in denied.flatMap(\.rules) where !rules.contains(rule) { rules.append(rule) }
        if !rules.isEmpty {
            return "forbidden by " + rules.map { "`\($0)`" }.joined(separator: ", ")
        }
        let actions = Set(denied.map(\.action.action.rawValue)).sorted()
        return "no rule permits " + actions.map { "`\($0)`" }.joined(separator: ", ")
    }
}

/// What kept the PDP from deciding; each is a denial.
package enum UndecidableReason: Hashable, Sendable, CustomStringConvertible {
    /// The request was made for another version of inventory and policy.
    case snapshotMismatch(asked: UInt64, loaded: UInt64)
    /// Subject, roles or owner are not what the snapshot says.
    case subjectMismatch
    case malformedRequest(String)
    /// The command line does more than is looked at.
    case tooManyActions(limit: Int)
    /// Its texts are too long for so many patterns.
    case tooMuchToMatch(limit: Int)

    package var description: String {
        switch self {
        case .snapshotMismatch(let asked, let loaded):
            "asked for snapshot \(asked), loaded is \(loaded)"
        case .subjectMismatch: "the subject is not the one of the snapshot"
        case .malformedRequest(let reason): "malformed request: \(reason)"
        case .tooManyActions(let limit): "the command line does more than \(limit) things"
        case .tooMuchToMatch(let limit):
            "holding its texts against all rules exceeds the limit of \(limit) bytes"
        }
    }
}

/// What the PEP must do for a permit to hold (XACML 3.0 §7.18); one that it does not know denies.
package enum Obligation: Hashable, Sendable {
    /// Consent of so many other people, each with one of these roles.
    case approval(quorum: Int, roles: [Role])
    /// Secrets are masked on the way back and in the record.
    case masking
    /// The session ends after this time.
    case timeLimit(Duration)
    /// The client must claim something by this name, such as `ticket` or `reason`.
    case claim(String)
}
