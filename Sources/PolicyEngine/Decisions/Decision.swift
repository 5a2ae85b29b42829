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

    init(request: AuthorizationRequest, determiningRules: [RuleID], obligations: [Obligation]) {
        self.request = request
        self.determiningRules = Array(determiningRules.prefix(Self.maximumDeterminingRules))
        self.obligations = obligations
    }
}

/// Why a request was refused.
package enum Denial: Hashable, Sendable, CustomStringConvertible {
    case forbidden(rules: [RuleID])
    case noRuleApplies
    case undecidable(UndecidableReason)

    package var description: String {
        switch self {
        case .forbidden(let rules):
            "forbidden by \(rules.map { "`\($0)`" }.joined(separator: ", "))"
        case .noRuleApplies: "no grant or rule applies"
        case .undecidable(let reason): "undecidable: \(reason)"
        }
    }
}

/// What kept the PDP from deciding; each is a denial.
package enum UndecidableReason: Hashable, Sendable, CustomStringConvertible {
    /// The request was made for another version of inventory and policy.
    case snapshotMismatch(asked: UInt64, loaded: UInt64)
    /// Subject, roles or owner are not what the snapshot says.
    case subjectMismatch
    case malformedRequest(String)

    package var description: String {
        switch self {
        case .snapshotMismatch(let asked, let loaded):
            "asked for snapshot \(asked), loaded is \(loaded)"
        case .subjectMismatch: "the subject is not the one of the snapshot"
        case .malformedRequest(let reason): "malformed request: \(reason)"
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
